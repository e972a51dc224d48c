import { type FieldDefinition, FormDefinition, Problem } from '@songnhap/contracts'
import { ContractBroken, checkStrictly } from '@songnhap/contracts/check'
import { checkValue } from './check-value.ts'

const checkSchema = checkStrictly('form definition', FormDefinition)

/** The form that an input defines, or Problem FORM_INVALID with everything that is wrong with it. */
export function readFormDefinition(input: unknown): FormDefinition {
  const form = readSchema(input)
  const findings = [
    ...findRepeated(form.fields.map((field) => field.name)).map(
      (name) => `${name}: the name is used for more than one field`,
    ),
    ...form.fields.flatMap((field) =>
      checkOptions(field).map((finding) => `${field.name}: ${finding}`),
    ),
  ]
  if (findings.length > 0) throw new Problem('FORM_INVALID', findings)
  return form
}

function readSchema(input: unknown): FormDefinition {
  try {
    return checkSchema(input)
  } catch (error) {
    if (!(error instanceof ContractBroken)) throw error
    throw new Problem('FORM_INVALID', error.details, { cause: error })
  }
}

function checkOptions({ kind, options, lengthMax }: FieldDefinition): string[] {
  if (kind !== 'choice') return options === undefined ? [] : [`a ${kind} has no options`]
  if (options === undefined) return ['a choice needs options']

  const unusable = options.flatMap(({ value }, index) =>
    checkValue(value, lengthMax).map((finding) => `option ${index + 1}: ${finding}`),
  )
  // Options that look the same but for Unicode form would be taken for one by the comparison.
  const values = options.map(({ value }) => value.normalize('NFC'))
  const repeated = values.flatMap((value, index) => {
    const first = values.indexOf(value)
    return first < index ? [`option ${index + 1}: is the same as option ${first + 1}`] : []
  })
  return [...unusable, ...repeated]
}

function findRepeated(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))]
}
