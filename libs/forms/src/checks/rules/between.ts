import { numberIn } from '../read-number.ts'
import type { RuleOf } from '../rule-of.ts'

export const BETWEEN: RuleOf<'between'> = {
  find: ({ field, min, max }, { form, record }) => {
    const number = numberIn(form, record, field)
    if (number === undefined) return undefined
    const inside = number >= (min ?? -Infinity) && number <= (max ?? Infinity)
    return inside ? undefined : { fields: [field] }
  },
}
