import { readDate } from '@songnhap/comparators'
import type { Language } from '../words/language.svelte.ts'

/** A date as it was understood, in words; undefined when it is none that can be read. */
export function dateInWords(typed: string, language: Language): string | undefined {
  const date = readDate(typed)
  if (date === null) return undefined
  return language === 'vi' ? inVietnamese(date) : inEnglish(date)
}

type PartialDate = NonNullable<ReturnType<typeof readDate>>

function inVietnamese(date: PartialDate): string {
  const { day, month, year, shortYear, calendar, leapMonth, yearName } = date
  const parts = [
    ...(day === null ? [] : [`ngày ${day}`]),
    ...(month === null ? [] : [`tháng ${month}${leapMonth ? ' nhuận' : ''}`]),
    ...(year === null ? [] : [`năm ${yearText(year, shortYear)}`]),
    ...(yearName === null ? [] : [`năm ${yearName}`]),
    ...(calendar === 'lunar' ? ['(âm lịch)'] : []),
  ].join(' ')
  const missing = [
    ...(day === null ? ['ngày'] : []),
    ...(month === null ? ['tháng'] : []),
    ...(year === null && yearName === null ? ['năm'] : []),
  ]
  return missing.length === 0 ? parts : `${parts}, không ghi ${missing.join(', ')}`
}

const MONTHS =
  'January February March April May June July August September October November December'.split(' ')

function inEnglish(date: PartialDate): string {
  const { day, month, year, shortYear, calendar, leapMonth, yearName } = date
  const parts = [
    ...(day === null ? [] : [month === null ? `day ${day}` : String(day)]),
    ...(month === null
      ? []
      : [`${MONTHS[month - 1] ?? `month ${month}`}${leapMonth ? ' (leap)' : ''}`]),
    ...(year === null ? [] : [yearText(year, shortYear)]),
    ...(yearName === null ? [] : [yearName]),
    ...(calendar === 'lunar' ? ['(lunar)'] : []),
  ].join(' ')
  const missing = [
    ...(day === null ? ['day'] : []),
    ...(month === null ? ['month'] : []),
    ...(year === null && yearName === null ? ['year'] : []),
  ]
  return missing.length === 0 ? parts : `${parts}, no ${missing.join(', no ')} given`
}

/** Two digits stay two: nobody may say which century. */
function yearText(year: number, shortYear: boolean): string {
  return shortYear ? `’${String(year).padStart(2, '0')}` : String(year)
}
