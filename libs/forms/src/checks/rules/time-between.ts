import { boundsOf, daysBetween, yearsBetween } from '../date-bounds.ts'
import { dateIn } from '../read-field.ts'
import type { RuleOf } from '../rule-of.ts'

/** Broken only if it is so whatever the unknown parts of the dates are. */
export const TIME_BETWEEN: RuleOf<'time-between'> = {
  find: ({ from, to, daysMin, daysMax, yearsMin, yearsMax }, { record }) => {
    const [start, end] = [boundsOf(dateIn(record, from)), boundsOf(dateIn(record, to))]
    if (start === undefined || end === undefined) return undefined
    const longest = {
      days: daysBetween(start.first, end.last),
      years: yearsBetween(start.first, end.last),
    }
    const shortest = {
      days: daysBetween(start.last, end.first),
      years: yearsBetween(start.last, end.first),
    }
    const detail = [
      ...(longest.days < (daysMin ?? -Infinity) ? ['too-few-days'] : []),
      ...(shortest.days > (daysMax ?? Infinity) ? ['too-many-days'] : []),
      ...(longest.years < (yearsMin ?? -Infinity) ? ['too-few-years'] : []),
      ...(shortest.years > (yearsMax ?? Infinity) ? ['too-many-years'] : []),
    ]
    return detail.length > 0 ? { fields: [from, to], detail } : undefined
  },
}
