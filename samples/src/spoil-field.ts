import type { Reading } from '@songnhap/contracts'
import type { BirthField } from './birth-fields.ts'
import { anyGivenName } from './people.ts'
import { chance, pick, type Random, whole } from './random.ts'

/** Chances of an imperfection in one field where it can occur; about 93 fields in 100 stay plain. */
const DITTO_CHANCE = 0.1
const BLANK_CHANCE = 0.014
const STRIKE_CHANCE = 0.02
const WASH_CHANCE = 0.014
const ILLEGIBLE_CHANCE = 0.002

/** A stretch of handwriting; what was struck through is on the paper but not in the truth. */
export interface Run {
  readonly text: string
  readonly struck: boolean
}

type Writing =
  | { readonly kind: 'words'; readonly runs: readonly Run[] }
  | { readonly kind: 'ditto-stroke' }
  | { readonly kind: 'nothing'; readonly dashed: boolean }

/** What stands in one field, and how it must be read. */
export interface WrittenField {
  readonly reading: Reading
  readonly writing: Writing
  /** A wash can be read through, a cover cannot; one of the end leaves the first words. */
  readonly blot?: 'wash' | 'cover' | 'cover-end'
}

const DITTO_FIELDS: readonly BirthField[] = [
  'registeredOn',
  'birthplace',
  'nativePlace',
  'ethnicity',
  'nationality',
]
const DATE_FIELDS: readonly BirthField[] = ['bornOn', 'motherBorn', 'fatherBorn']
const NAME_FIELDS: readonly BirthField[] = ['childName', 'motherName', 'fatherName']
/** Without these a record is no record, so no clerk leaves them out. */
const NEVER_BLANK: readonly BirthField[] = ['number', 'childName']

/** Turns the value meant into the writing on the paper. `above` is the same field one record up. */
export function spoilField(
  random: Random,
  field: BirthField,
  value: string,
  above: WrittenField | undefined,
): WrittenField {
  if (value === '') return blank(true)
  const repeatable = above !== undefined && above.reading.mark !== 'blank'
  if (repeatable && DITTO_FIELDS.includes(field) && chance(random, DITTO_CHANCE))
    return ditto(random)
  if (!NEVER_BLANK.includes(field) && chance(random, BLANK_CHANCE)) return blank(false)
  if (chance(random, ILLEGIBLE_CHANCE)) {
    return {
      reading: { value: '', mark: 'illegible', origin: 'typed' },
      writing: plain(value),
      blot: 'cover',
    }
  }
  const reading: Reading = { value, origin: 'typed' }
  if (chance(random, STRIKE_CHANCE)) {
    return { reading, writing: { kind: 'words', runs: corrected(random, field, value) } }
  }
  const washed = chance(random, WASH_CHANCE)
  return { reading, writing: plain(value), ...(washed ? { blot: 'wash' } : {}) }
}

/** What does not exist is dashed out; what was forgotten is an empty space. */
function blank(dashed: boolean): WrittenField {
  return {
    reading: { value: '', mark: 'blank', origin: 'typed' },
    writing: { kind: 'nothing', dashed },
  }
}

function ditto(random: Random): WrittenField {
  const writing = pick<Writing>(random, [plain('nt'), plain('-nt-'), { kind: 'ditto-stroke' }])
  return { reading: { value: '', mark: 'ditto', origin: 'typed' }, writing }
}

function plain(text: string): Writing {
  return { kind: 'words', runs: [{ text, struck: false }] }
}

/** Fields that leave no room beside the wrong word stay as they are. */
function corrected(random: Random, field: BirthField, value: string): Run[] {
  if (DATE_FIELDS.includes(field)) {
    const wrong = value.slice(0, -1) + ((Number(value.at(-1)) + whole(random, 1, 9)) % 10)
    return [
      { text: wrong, struck: true },
      { text: value, struck: false },
    ]
  }
  if (!NAME_FIELDS.includes(field)) return [{ text: value, struck: false }]
  const words = value.split(' ')
  const given = words.at(-1) ?? value
  const wrong = anyGivenName(random)
  return [
    { text: words.slice(0, -1).join(' '), struck: false },
    { text: wrong === given ? wrong.slice(0, -1) : wrong, struck: true },
    { text: given, struck: false },
  ]
}
