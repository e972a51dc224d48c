import type { Contents } from '@songnhap/comparators'
import type { FieldKind, FormDefinition } from '@songnhap/contracts'
import { fieldOf, standardValue } from './read-field.ts'

/**
 * The number at which a standard form says one, by kind of field. A plain `number` is taken only as
 * far as one reads it in one way: whether 1.500 is a thousand, nobody knows.
 */
const PATTERNS: Partial<Record<FieldKind, RegExp>> = {
  integer: /^-?\d{1,15}$/,
  money: /(?<![\d,])\d{1,13}(?:,\d{1,2})?(?![\d,])/,
  number: /^-?\d{1,13}(?:[.,]\d{1,2})?$/,
  /** `24/2018` is the 24th of its year. */
  'registration-number': /^\d{1,15}(?!\d)/,
}

/** What a field counts; undefined where nothing, or nothing clear, is in it. */
export function numberIn(form: FormDefinition, record: Contents, name: string): number | undefined {
  const pattern = PATTERNS[fieldOf(form, name)?.kind ?? 'text']
  const found = pattern?.exec(standardValue(form, record, name) ?? '')?.[0]
  return found === undefined ? undefined : Number(found.replace(',', '.'))
}
