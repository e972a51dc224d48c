import { numberIn } from '../read-number.ts'
import type { RuleOf } from '../rule-of.ts'

export const ASCENDING: RuleOf<'ascending'> = {
  find: ({ field }, { form, record, above }) => {
    if (above === undefined) return undefined
    const [before, number] = [numberIn(form, above, field), numberIn(form, record, field)]
    if (before === undefined || number === undefined) return undefined
    return number === before + 1 ? undefined : { fields: [field] }
  },
}
