/** What a number of 12 digits says about its holder, where the record says it too. */
export interface IdentityClues {
  readonly sex?: 'male' | 'female'
  readonly birthYear?: number
}

export type IdentityWarning =
  | 'not-digits'
  | 'not-9-or-12-digits'
  | 'unknown-province'
  | 'other-sex'
  | 'other-birth-year'

const DIGITS = /^\d+$/
const GROUPING = /(?<=\d)[ .-](?=\d)/g
/** Codes of the 63 provinces at the time when numbers began; those already given never change. */
const PROVINCES = new Set(
  (
    '01 02 04 06 08 10 11 12 14 15 17 19 20 22 24 25 26 27 30 31 33 34 35 36 37 38 40 42 44 45 46 48 ' +
    '49 51 52 54 56 58 60 62 64 66 67 68 70 72 74 75 77 79 80 82 83 84 86 87 89 91 92 93 94 95 96'
  ).split(' '),
)
/** Where a birth was registered abroad, the first three digits are a country, from here on. */
const COUNTRIES_FROM = 101
const FIRST_CENTURY = 1900

/**
 * What is odd about an identity number: 9 digits of the old card, or 12 of which three say the place,
 * one the century and the sex, two the year of birth. Warnings only: a register may be right against
 * the number, and there is no check digit. Numbers of passports and military papers are not checked.
 */
export function checkIdentityNumber(value: string, clues: IdentityClues = {}): IdentityWarning[] {
  const number = value.trim().replace(GROUPING, '')
  if (!DIGITS.test(number)) return ['not-digits']
  if (number.length === 9) return []
  if (number.length !== 12) return ['not-9-or-12-digits']

  const warnings: IdentityWarning[] = []
  const place = number.slice(0, 3)
  const isProvince = place.startsWith('0') && PROVINCES.has(place.slice(1))
  if (!isProvince && Number(place) < COUNTRIES_FROM) warnings.push('unknown-province')
  const centuryAndSex = Number(number[3])
  const sex = centuryAndSex % 2 === 0 ? 'male' : 'female'
  if (clues.sex !== undefined && clues.sex !== sex) warnings.push('other-sex')
  const year = FIRST_CENTURY + Math.floor(centuryAndSex / 2) * 100 + Number(number.slice(4, 6))
  if (clues.birthYear !== undefined && clues.birthYear !== year) warnings.push('other-birth-year')
  return warnings
}
