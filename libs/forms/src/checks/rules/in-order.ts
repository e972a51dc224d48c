import { boundsOf, isAfter } from '../date-bounds.ts'
import { dateIn } from '../read-field.ts'
import type { RuleOf } from '../rule-of.ts'

export const IN_ORDER: RuleOf<'in-order'> = {
  find: ({ earlier, later }, { record }) => {
    const [one, other] = [boundsOf(dateIn(record, earlier)), boundsOf(dateIn(record, later))]
    const broken = one !== undefined && other !== undefined && isAfter(one.first, other.last)
    return broken ? { fields: [earlier, later] } : undefined
  },
}
