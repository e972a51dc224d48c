/** What is known of a date. Null: not written, or not to be read. */
export interface PartialDate {
  readonly day: number | null
  readonly month: number | null
  readonly year: number | null
  /** The year has two digits on the paper; nobody may say which century. */
  readonly shortYear: boolean
  readonly calendar: 'solar' | 'lunar'
  /** The second of two lunar months with one number. */
  readonly leapMonth: boolean
  /** A year by its name, as `giáp tý`; it comes back every sixty years. */
  readonly yearName: string | null
}

export const UNKNOWN_DATE: PartialDate = {
  day: null,
  month: null,
  year: null,
  shortYear: false,
  calendar: 'solar',
  leapMonth: false,
  yearName: null,
}

/** `dd.mm.yyyy`, `mm.yyyy`, `yyyy`; with `?` for what is unknown elsewhere. Reads back as the same date. */
export function writeDate(date: PartialDate): string {
  const words = [
    ...(date.leapMonth ? ['nhuận'] : []),
    ...(date.yearName === null ? [] : [date.yearName]),
    ...(date.calendar === 'lunar' ? ['âm lịch'] : []),
  ]
  const digits = writeDigits(date)
  return [...(digits === '' ? [] : [digits]), ...words].join(' ')
}

function writeDigits({ day, month, year, shortYear }: PartialDate): string {
  const [d, m] = [twoDigits(day), twoDigits(month)]
  if (year !== null && shortYear) {
    return day === null && month === null ? twoDigits(year) : `${d}.${m}.${twoDigits(year)}`
  }
  const y = year === null ? '?' : String(year).padStart(4, '0')
  if (day !== null) return `${d}.${m}.${y}`
  if (month !== null) return year === null ? `?.${m}.?` : `${m}.${y}`
  return year === null ? '' : y
}

function twoDigits(part: number | null): string {
  return part === null ? '?' : String(part).padStart(2, '0')
}

const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const LUNAR_DAYS_MAX = 30

/** Whether the calendar has such a day. Registers have others; those are kept as written. */
export function isPossible({ day, month, year, shortYear, calendar }: PartialDate): boolean {
  if (month !== null && (month < 1 || month > 12)) return false
  if (day === null) return true
  const days = calendar === 'lunar' ? LUNAR_DAYS_MAX : month === null ? 31 : (DAYS[month - 1] ?? 0)
  if (day < 1 || day > days) return false
  const commonYear = year !== null && !shortYear && !isLeap(year)
  return !(calendar === 'solar' && day === 29 && month === 2 && commonYear)
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}
