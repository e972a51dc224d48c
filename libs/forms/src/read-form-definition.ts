import { type FormDefinition, Problem } from '@songnhap/contracts'
import { findFormProblems } from './find-form-problems.ts'

/** The form that an input defines, or Problem FORM_INVALID with everything that is wrong with it. */
export function readFormDefinition(input: unknown): FormDefinition {
  const findings = findFormProblems(input)
  if (findings.length > 0) {
    throw new Problem(
      'FORM_INVALID',
      findings.map(({ pointer, message }) => `${pointer || '/'} ${message}`),
    )
  }
  return input as FormDefinition
}
