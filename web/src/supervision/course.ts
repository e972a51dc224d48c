/** The days of a campaign without holes, with what was done until each of them. */

import type { Overview } from './campaign-view.ts'
import { dayAfter, daysBetween } from './forecast.ts'

export interface DayOfCourse {
  readonly day: string
  readonly received: number
  readonly keyedTwice: number
  readonly settled: number
  readonly rulings: number
  /** All until the end of this day. */
  readonly keyedTwiceByNow: number
  readonly settledByNow: number
}

/** A chart of more would be no chart. */
const DAYS_MAX = 750

export function courseOf({ keying, settling }: Overview): DayOfCourse[] {
  const keyed = new Map(keying.days.map((one) => [one.day, one]))
  const settled = new Map(settling.days.map((one) => [one.day, one]))
  const named = [...keyed.keys(), ...settled.keys()].sort()
  const first = named[0]
  if (first === undefined) return []
  // What was counted before days were is there from the beginning.
  let keyedTwiceByNow = keying.keyedTwice - sum(keying.days.map((one) => one.keyedTwice))
  let settledByNow = settling.settled - sum(settling.days.map((one) => one.settled))
  const days = Math.min(DAYS_MAX, daysBetween(first, keying.today) + 1)
  return Array.from({ length: days }, (_, index) => {
    const day = dayAfter(keying.today, index - days + 1)
    const amounts = {
      received: keyed.get(day)?.received ?? 0,
      keyedTwice: keyed.get(day)?.keyedTwice ?? 0,
      settled: settled.get(day)?.settled ?? 0,
      rulings: settled.get(day)?.rulings ?? 0,
    }
    keyedTwiceByNow += amounts.keyedTwice
    settledByNow += amounts.settled
    // Pages that were set aside since are counted in their day and not in the sum.
    return {
      day,
      ...amounts,
      keyedTwiceByNow: Math.max(0, keyedTwiceByNow),
      settledByNow: Math.max(0, settledByNow),
    }
  })
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, one) => total + one, 0)
}
