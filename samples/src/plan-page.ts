import { type BirthField, type PerField, perField } from './birth-fields.ts'
import {
  type DateHabit,
  dayOfYear,
  daysBefore,
  inventDateHabit,
  writeDate,
  writeParentBirth,
} from './dates.ts'
import { inventFamily } from './people.ts'
import { COMMUNES, type Commune, inventBirthplace, inventNativePlace } from './places.ts'
import { chance, createRandom, pick, type Random, whole } from './random.ts'
import { spoilField, type WrittenField } from './spoil-field.ts'

const PAGES_PER_BOOK = 100
const FIRST_YEAR = 1996
const YEARS = 18
/** Records on successive pages; a fixed cycle keeps numbers continuous without other pages. */
const RECORDS_PER_PAGE = [3, 4, 2, 3] as const
const RECORDS_PER_CYCLE = 12
const FATHER_MISSING = 0.06
const LATE_REGISTRATION = 0.08

/** Everything that stands on a page before anybody draws it. */
export interface PagePlan {
  readonly commune: Commune
  /** As in the heading: "01/2003". */
  readonly book: string
  readonly pageNumber: number
  readonly records: readonly PlannedRecord[]
}

export interface PlannedRecord {
  readonly fields: PerField<WrittenField>
  /** Declared after the term, which the form asks to be ticked. */
  readonly late: boolean
}

interface Clerk {
  readonly dates: DateHabit
  readonly number: (number: number, year: number) => string
}

/** The page `index` (from 0) of the collection `seed`: pure, and independent of all other pages. */
export function planPage(seed: number, index: number): PagePlan {
  for (const given of [seed, index]) {
    if (!Number.isSafeInteger(given) || given < 0) {
      throw new RangeError('Seed and index are whole numbers from 0.')
    }
  }
  const bookIndex = Math.floor(index / PAGES_PER_BOOK)
  const inBook = index % PAGES_PER_BOOK
  const commune = pick(createRandom(seed, 'book', bookIndex), COMMUNES)
  const year = FIRST_YEAR + ((bookIndex + 7) % YEARS)
  const volume = String(1 + Math.floor(bookIndex / YEARS)).padStart(2, '0')
  const random = createRandom(seed, 'truth', index)
  const clerk = inventClerk(random)
  const count = RECORDS_PER_PAGE[inBook % RECORDS_PER_PAGE.length] ?? 0
  const firstNumber = firstNumberOf(inBook)
  const firstDay = 1 + Math.floor((inBook / PAGES_PER_BOOK) * 355)
  const records: PlannedRecord[] = []
  for (let at = 0; at < count; at += 1) {
    const above = records.at(-1)?.fields
    const late = chance(random, LATE_REGISTRATION)
    const values = inventRecord(random, commune, clerk, {
      late,
      number: firstNumber + at,
      registered: dayOfYear(year, firstDay + at + 3),
    })
    const fields = perField((field) => spoilField(random, field, values[field], above?.[field]))
    records.push({ late, fields })
  }
  return { commune, book: `${volume}/${year}`, pageNumber: inBook + 1, records }
}

function inventClerk(random: Random): Clerk {
  const number = pick<Clerk['number']>(random, [
    (value) => String(value),
    (value) => String(value).padStart(2, '0'),
    (value, year) => `${value}/${year}`,
  ])
  return { dates: inventDateHabit(random), number }
}

function firstNumberOf(inBook: number): number {
  const cycle = RECORDS_PER_PAGE.length
  const before = RECORDS_PER_PAGE.slice(0, inBook % cycle).reduce<number>((sum, n) => sum + n, 0)
  return 1 + Math.floor(inBook / cycle) * RECORDS_PER_CYCLE + before
}

function inventRecord(
  random: Random,
  commune: Commune,
  clerk: Clerk,
  entry: { late: boolean; number: number; registered: Date },
): Record<BirthField, string> {
  const family = inventFamily(random, !chance(random, FATHER_MISSING))
  const days = entry.late ? whole(random, 61, 4000) : whole(random, 2, 58)
  const born = daysBefore(entry.registered, days)
  const motherYear = born.getUTCFullYear() - whole(random, 19, 41)
  const fatherKnown = family.fatherName !== ''
  const fatherYear = Math.min(motherYear + whole(random, -8, 3), born.getUTCFullYear() - 19)
  const declarant = pick(random, [family.motherName, family.fatherName, family.grandparentName])
  return {
    number: clerk.number(entry.number, entry.registered.getUTCFullYear()),
    registeredOn: writeDate(clerk.dates, entry.registered),
    childName: family.childName,
    sex: family.sex,
    bornOn: writeDate(clerk.dates, born),
    birthplace: inventBirthplace(random, commune),
    nativePlace: inventNativePlace(random, commune),
    ethnicity: family.ethnicity,
    nationality: 'Việt Nam',
    motherName: family.motherName,
    motherBorn: writeParentBirth(random, clerk.dates, motherYear),
    fatherName: family.fatherName,
    fatherBorn: fatherKnown ? writeParentBirth(random, clerk.dates, fatherYear) : '',
    declarantName: declarant === '' ? family.motherName : declarant,
  }
}
