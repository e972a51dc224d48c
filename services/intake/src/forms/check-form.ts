import { type FormDefinition, type FormFinding, Problem } from '@songnhap/contracts'
import { readFormDefinition } from '@songnhap/forms'

const FINDINGS_MAX = 1_000
const TEXT_LENGTH_MAX = 500
/** What a problem can carry, but for the line that says how many there are. */
const TOLD_MAX = 49
const POINTER_AND_MESSAGE = /^(\/\S*)\s+(.*)$/s

/** What somebody sent as a form: the form, or everything that is wrong with it. */
export type CheckedForm =
  | { readonly form: FormDefinition; readonly errors: readonly [] }
  | { readonly form?: undefined; readonly errors: readonly FormFinding[] }

/** Whatever comes in: a form that people type may have any fault. */
export function checkForm(input: unknown): CheckedForm {
  try {
    return { form: readFormDefinition(input), errors: [] }
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'FORM_INVALID') throw error
    return { errors: error.details.slice(0, FINDINGS_MAX).map(findingOf) }
  }
}

/** The form, or Problem FORM_INVALID with as many of its errors as a problem has room for. */
export function needForm(input: unknown): FormDefinition {
  const { form, errors } = checkForm(input)
  if (form === undefined) throw formInvalid(errors)
  return form
}

export function formInvalid(errors: readonly FormFinding[]): Problem {
  const told = errors
    .slice(0, TOLD_MAX)
    .map(({ pointer, message }) => `${pointer} ${message}`.trim())
  const left = errors.length - told.length
  const more = left > 0 ? [`and ${left} more: POST /api/forms/check tells all`] : []
  return new Problem('FORM_INVALID', [...told, ...more])
}

function findingOf(detail: string): FormFinding {
  const [, pointer = '', message = detail] = POINTER_AND_MESSAGE.exec(detail) ?? []
  return {
    pointer: pointer === '/' ? '' : pointer.slice(0, TEXT_LENGTH_MAX),
    message: message.slice(0, TEXT_LENGTH_MAX),
  }
}
