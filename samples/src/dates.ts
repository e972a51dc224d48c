import { chance, pick, type Random, whole } from './random.ts'

/** How one clerk writes dates: always with the same separator, with or without leading zeros. */
export interface DateHabit {
  readonly separator: string
  readonly padded: boolean
}

export function inventDateHabit(random: Random): DateHabit {
  return { separator: pick(random, ['-', '-', '/', '/', '.']), padded: chance(random, 0.3) }
}

export function writeDate(habit: DateHabit, date: Date): string {
  return written(habit, [date.getUTCDate(), date.getUTCMonth() + 1, date.getUTCFullYear()])
}

/** Parents often know less than the whole date: a month of a year, or the year alone. */
export function writeParentBirth(random: Random, habit: DateHabit, year: number): string {
  const known = random()
  if (known < 0.45) return String(year)
  const month = whole(random, 1, 12)
  return known < 0.6
    ? written(habit, [month, year])
    : written(habit, [whole(random, 1, 28), month, year])
}

export function dayOfYear(year: number, day: number): Date {
  return new Date(Date.UTC(year, 0, day))
}

export function daysBefore(date: Date, days: number): Date {
  return new Date(date.getTime() - days * 86_400_000)
}

function written(habit: DateHabit, parts: readonly number[]): string {
  const width = habit.padded ? 2 : 1
  return parts.map((part) => String(part).padStart(width, '0')).join(habit.separator)
}
