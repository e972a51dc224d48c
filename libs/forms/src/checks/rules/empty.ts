import { presenceIn } from '../read-field.ts'
import type { RuleOf } from '../rule-of.ts'

export const EMPTY: RuleOf<'empty'> = {
  find: ({ fields }, { record }) => {
    const there = fields.filter((field) => presenceIn(record, field) === 'there')
    return there.length > 0 ? { fields: there } : undefined
  },
}
