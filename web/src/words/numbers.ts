import { language } from './language.svelte.ts'

const MANY = 100

function format(options: Intl.NumberFormatOptions): (amount: number) => string {
  const vi = new Intl.NumberFormat('vi-VN', options)
  const en = new Intl.NumberFormat('en-GB', options)
  return (amount) => (language.current === 'en' ? en : vi).format(amount)
}

export const number = format({ maximumFractionDigits: 0 })
/** Of what is small: to three decimals. */
export const exact = format({ maximumFractionDigits: 3 })
const precise = format({ maximumFractionDigits: 1 })

/** With one decimal where that says something. */
export function rounded(amount: number): string {
  return Math.abs(amount) < MANY ? precise(amount) : number(amount)
}

/** Never 100 % before everything, and never 0 % of something. */
export function percent(part: number, whole: number): string {
  if (whole === 0) return '–'
  const share = (100 * part) / whole
  const shown = part === 0 || part === whole ? share : Math.min(99, Math.max(1, Math.round(share)))
  return `${number(shown)} %`
}

/** `24/12`, or `24/12/2027` where it is not this year. */
export function dayInWords(day: string, today: string): string {
  const [year = '', month, date] = day.split('-')
  const short = `${Number(date)}/${Number(month)}`
  return today.startsWith(year) ? short : `${short}/${year}`
}

/** `Thứ Năm, 24 tháng 12, 2026`: an input of the browser may show the month first. Empty where it is no day. */
export function fullDay(day: string): string {
  const at = new Date(`${day}T00:00:00Z`)
  if (Number.isNaN(at.getTime())) return ''
  const [locale, timeZone] = [language.current === 'en' ? 'en-GB' : 'vi-VN', 'UTC']
  return at.toLocaleDateString(locale, { dateStyle: 'full', timeZone })
}

/** A moment that the server named, with its day where that is not today. */
export function momentInWords(moment: string): string {
  const at = new Date(moment)
  const time = at.toLocaleTimeString('vi-VN', { hour: '2-digit', minute: '2-digit', hour12: false })
  const isToday = at.toDateString() === new Date().toDateString()
  return isToday ? time : `${at.getDate()}/${at.getMonth() + 1} ${time}`
}

const BYTES_A_KB = 1_000
const BYTES_A_MB = 1_000_000

/** In kB below a megabyte, so that something is seen to move. */
export function bytes(amount: number): string {
  if (amount < BYTES_A_MB) return `${number(amount / BYTES_A_KB)} kB`
  return `${rounded(amount / BYTES_A_MB)} MB`
}
