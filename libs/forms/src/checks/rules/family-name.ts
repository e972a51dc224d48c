import { presenceIn, standardValue } from '../read-field.ts'
import type { RecordOfPage } from '../rule-check.ts'
import type { RuleOf } from '../rule-of.ts'

/** A blank name is nobody's; one that cannot be read might be the one. */
export const FAMILY_NAME: RuleOf<'family-name'> = {
  find: ({ field, sameAsOneOf }, at) => {
    const name = familyName(at, field)
    const others = sameAsOneOf.filter((other) => presenceIn(at.record, other) !== 'nothing')
    const names = others.map((other) => familyName(at, other))
    if (name === undefined || names.length === 0 || names.includes(undefined)) return undefined
    return names.includes(name) ? undefined : { fields: [field, ...others] }
  },
}

function familyName({ form, record }: RecordOfPage, field: string): string | undefined {
  return standardValue(form, record, field)?.split(' ')[0]
}
