import { isPossible, writeDate } from './partial-date.ts'
import { readDate } from './read-date.ts'

/** The date with day and month in each other's place; null for what has not both. */
export function swapDayAndMonth(value: string): string | null {
  const date = readDate(value)
  if (date === null || date.day === null || date.month === null) return null
  return writeDate({ ...date, day: date.month, month: date.day })
}

/** Whether the calendar has the date. */
export function isPossibleDate(value: string): boolean {
  const date = readDate(value)
  return date !== null && isPossible(date)
}
