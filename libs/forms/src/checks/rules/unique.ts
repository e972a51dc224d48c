import type { Contents } from '@songnhap/comparators'
import { standardValue } from '../read-field.ts'
import type { RuleOf } from '../rule-of.ts'

/** Said of the later of two records that have the same. */
export const UNIQUE: RuleOf<'unique'> = {
  find: ({ field, with: more = [] }, { form, record, before }) => {
    const fields = [field, ...more]
    const keyOf = (one: Contents) => {
      const values = fields.map((name) => standardValue(form, one, name))
      return values.includes(undefined) ? undefined : JSON.stringify(values)
    }
    const key = keyOf(record)
    const repeated = key !== undefined && before.some((other) => keyOf(other) === key)
    return repeated ? { fields } : undefined
  },
}
