import { standardValue } from '../read-field.ts'
import type { RuleOf } from '../rule-of.ts'

export const DIFFER: RuleOf<'differ'> = {
  find: ({ fields: [one, other] }, { form, record }) => {
    const value = standardValue(form, record, one)
    const same = value !== undefined && value === standardValue(form, record, other)
    return same ? { fields: [one, other] } : undefined
  },
}
