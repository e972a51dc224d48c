import { boundsOf, isoDay } from '../date-bounds.ts'
import { dateIn, plainValue } from '../read-field.ts'
import type { RuleOf } from '../rule-of.ts'

export const UNIT_ON_DATE: RuleOf<'unit-on-date'> = {
  find: ({ place, date }, { record, units }) => {
    const [name, bounds] = [plainValue(record, place), boundsOf(dateIn(record, date))]
    if (units === undefined || name === undefined || bounds === undefined) return undefined
    const known = units(name, isoDay(bounds.first), isoDay(bounds.last))
    return known === false ? { fields: [place, date] } : undefined
  },
}
