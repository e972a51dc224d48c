import { remember } from '../remember.ts'
import { normaliseText } from '../text/normalise-text.ts'
import { placeTones } from '../text/place-tones.ts'
import { readDateInDigits } from './date-in-digits.ts'
import { readDateInEnglish } from './date-in-english.ts'
import { readDateInVietnamese } from './date-in-vietnamese.ts'
import { type PartialDate, UNKNOWN_DATE } from './partial-date.ts'

/** Longer texts are no dates; a date in words with all its parts has some 90 letters. */
const LENGTH_MAX = 160
/** As nearly all dates are written: read without taking the text apart, and to the same date. */
const USUAL = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4})$/
const PARTS = /\d+|[\p{L}\p{M}]+|\?+|_+/gu
const BETWEEN_PARTS = /^[\s.,/\\()–—…:;-]*$/u

const STEMS = new Set('giáp ất bính đinh mậu kỷ kỉ canh tân nhâm quý quí'.split(' '))
const BRANCHES = new Set('tý tí sửu dần mão mẹo thìn tỵ tị ngọ mùi thân dậu tuất hợi'.split(' '))
/** One spelling for a stem or branch that has two. */
const SPELT: Readonly<Record<string, string>> = {
  kỉ: 'kỷ',
  quí: 'quý',
  tí: 'tý',
  tị: 'tỵ',
  mẹo: 'mão',
}

type Said = Partial<PartialDate>
const LUNAR: Said = { calendar: 'lunar' }
const SAID_BY_ONE: ReadonlyMap<string, Said> = new Map<string, Said>([
  ['âl', LUNAR],
  ['nhuận', { ...LUNAR, leapMonth: true }],
])
const SAID_BY_TWO: ReadonlyMap<string, Said> = new Map<string, Said>([
  ['âm lịch', LUNAR],
  ['dương lịch', {}],
])

/** The parts of one written date, without those that say something about all of it. */
export type DateParts = readonly string[]

/**
 * The date that a text says, in digits with any usual separator or in words; null for anything else.
 * Reads what is written and completes nothing: no century, no missing day, no other calendar.
 */
export const readDate = remember(readAnew, { textsMax: 1024, lengthMax: 40 })

function readAnew(text: string): PartialDate | null {
  const usual = USUAL.exec(text)
  if (usual !== null) {
    const [, day, , month, year] = usual
    return { ...UNKNOWN_DATE, day: Number(day), month: Number(month), year: Number(year) }
  }
  const parts = partsOf(text)
  if (parts === null) return null
  const about = takeAside(parts)
  const written = readParts(about.rest)
  if (written === null) return null
  const date = { ...written, ...about.said }
  const known = [date.day, date.month, date.year, date.yearName].some((part) => part !== null)
  return known ? date : null
}

function readParts(parts: DateParts): PartialDate | null {
  if (parts.length === 0) return UNKNOWN_DATE
  return readDateInDigits(parts) ?? readDateInVietnamese(parts) ?? readDateInEnglish(parts)
}

function partsOf(text: string): DateParts | null {
  if (text.length > LENGTH_MAX) return null
  const normal = placeTones(normaliseText(text).toLowerCase().normalize('NFC'))
  const parts = normal.match(PARTS)
  return parts !== null && BETWEEN_PARTS.test(normal.replace(PARTS, '')) ? parts : null
}

/** Calendar, leap month and the name of the year, wherever they stand. */
function takeAside(parts: DateParts) {
  const rest: string[] = []
  let said: Said = {}
  let at = 0
  while (at < parts.length) {
    const [part = '', next = ''] = parts.slice(at, at + 2)
    const one = SAID_BY_ONE.get(part)
    const two = SAID_BY_TWO.get(`${part} ${next}`) ?? yearByName(part, next)
    if (two?.yearName !== undefined && rest.at(-1) === 'năm') rest.pop()
    if (one === undefined && two === undefined) rest.push(part)
    said = { ...said, ...one, ...two }
    at += two === undefined ? 1 : 2
  }
  return { rest, said }
}

function yearByName(stem: string, branch: string): Said | undefined {
  if (!STEMS.has(stem) || !BRANCHES.has(branch)) return undefined
  return { calendar: 'lunar', yearName: `${SPELT[stem] ?? stem} ${SPELT[branch] ?? branch}` }
}
