import type { FieldDefinition } from '@songnhap/contracts'
import { RULES_OF_KIND } from './rules-of-kind.ts'

/**
 * One form for all values that are equivalent in this field: two values are equivalent exactly when
 * their standard forms are the same. Computed beside what was typed, never instead of it.
 */
export function standardForm(field: FieldDefinition, value: string): string {
  return RULES_OF_KIND[field.kind].foldings.reduce((text, { fold }) => fold(text, field), value)
}

/**
 * The form in which two values that are equivalent by a rule are the same, and no further from what
 * was typed than that: where only white space differs, capitals that both wrote stay.
 */
export function commonForm(field: FieldDefinition, value: string, rule: string): string {
  const { foldings } = RULES_OF_KIND[field.kind]
  const last = foldings.findIndex((folding) => folding.rule === rule)
  if (last === -1) throw new Error(`no ${field.kind} is equivalent by the rule ${rule}`)
  return foldings.slice(0, last + 1).reduce((text, { fold }) => fold(text, field), value)
}
