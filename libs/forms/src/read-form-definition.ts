import { type FieldDefinition, type FieldKind, FormDefinition, Problem } from '@songnhap/contracts'
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
      [...checkOptions(field), ...checkComparison(field)].map(
        (finding) => `${field.name}: ${finding}`,
      ),
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

const LENIENCY_OF: Record<'ignoreCase' | 'ignoreLeadingZeros', readonly FieldKind[]> = {
  ignoreCase: ['text', 'choice'],
  ignoreLeadingZeros: ['registration-number', 'book-number'],
}

/** What would have no effect is refused: somebody relied on it. */
function checkComparison({ kind, comparison = {} }: FieldDefinition): string[] {
  return Object.entries(LENIENCY_OF)
    .filter(([name, kinds]) => Object.hasOwn(comparison, name) && !kinds.includes(kind))
    .map(([name]) => `${name} has no meaning for a ${kind}`)
}

function checkOptions({ kind, options, lengthMax }: FieldDefinition): string[] {
  if (kind !== 'choice') return options === undefined ? [] : [`a ${kind} has no options`]
  if (options === undefined) return ['a choice needs options']

  const unusable = options.flatMap(({ value, aliases = [] }, index) =>
    [value, ...aliases]
      .flatMap((way) => checkValue(way, lengthMax))
      .map((finding) => `option ${index + 1}: ${finding}`),
  )
  // Options that look the same but for Unicode form would be taken for one by the comparison.
  const ways = options.flatMap(({ value, aliases = [] }, index) =>
    [value, ...aliases].map((way) => ({ option: index + 1, text: way.normalize('NFC') })),
  )
  const repeated = ways.flatMap(({ option, text }, place) => {
    const first = ways.findIndex((way) => way.text === text)
    return first < place ? [`option ${option}: is the same as option ${ways[first]?.option}`] : []
  })
  return [...unusable, ...repeated]
}

function findRepeated(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))]
}
