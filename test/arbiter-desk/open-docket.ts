/** A small book, keyed twice by two typists, about which an arbiter is asked every kind of question. */
import { type Api, signIn } from '@songnhap/client'
import type {
  FormDefinition,
  Reading,
  TypedRecord,
  TypedRecords,
  TypingAssignment,
} from '@songnhap/contracts'
import { eventually } from '@songnhap/testkit'
import { uuidv7 } from 'uuidv7'
import { PASSWORD, type World } from '../workplace/open-world.ts'
import { threeRecordForm } from '../workplace/three-record-form.ts'
import { truthOf } from '../workplace/type-page.ts'

export const BOOK = 'Sổ khai sinh 03/2003'
/** Samples with three records; these are the book's pages, in this order. */
const SAMPLES = [0, 3, 4, 7, 8, 11]
const BLANK: Reading = { value: '', mark: 'blank', origin: 'typed' }
const typed = (value: string): Reading => ({ value, origin: 'typed' })

/** As on the samples' pages, with room for more records than they show. */
const DOCKET_FORM: FormDefinition = { ...threeRecordForm(), recordsMax: 20 }

function truthOfPage(sequence: number): TypedRecords {
  return truthOf(SAMPLES[sequence - 1] ?? 0)
}

/** Twelve records, so that a column that slid shows. */
const twelve = [1, 2, 4, 6].flatMap(truthOfPage)

function withReadings(record: TypedRecord | undefined, readings: Record<string, Reading>) {
  return { ...record, ...readings } satisfies TypedRecord
}

/** What the two typists key of each page, from 1. */
function entriesOfPage(sequence: number): readonly [TypedRecords, TypedRecords] {
  const truth = truthOfPage(sequence)
  const [one, two, three] = truth
  switch (sequence) {
    case 1:
      return [
        truth,
        [
          withReadings(one, { childName: typed('Hà Thị Ãi Ón'), bornOn: typed('6/12/2003') }),
          withReadings(two, { motherName: typed('Hoàng Thị Sến'), fatherBorn: BLANK }),
          withReadings(three, { childName: typed('Kha Thị Năng'), ethnicity: typed('Thổ') }),
        ],
      ]
    case 2:
      return [truth, [withReadings(one, { childName: typed('Ngô Bã Toàn') }), { ...three }]]
    case 3:
      return [
        [{ ...one }, { ...one }, { ...one }],
        [{ ...one }, { ...one }],
      ]
    case 4:
      return [twelve, twelve.map((record, row) => slid(record, row))]
    case 5:
      return [truth, truth.with(0, withReadings(one, { childName: typed('Trần Đinh Dương') }))]
    default:
      return [truth, truthOfPage(5)]
  }
}

/** One column a row too low from the third record on. */
function slid(record: TypedRecord, row: number): TypedRecord {
  if (row < 2) return record
  return { ...record, motherName: row === 2 ? BLANK : (twelve[row - 1]?.['motherName'] ?? BLANK) }
}

/** Both typists key the whole book; the second in the order of its pages, as they will be asked about. */
export async function openDocket(world: World, typists: readonly [string, string]) {
  await world.openBook(BOOK, SAMPLES.length, { form: DOCKET_FORM })
  const people = await Promise.all(typists.map((login) => signIn(world.url, login, PASSWORD)))
  for (const [side, person] of people.entries()) {
    const assignments = await takeAll(person, SAMPLES.length)
    for (const { sequence, pageId, leaseToken } of assignments) {
      const records = entriesOfPage(sequence)[side === 0 ? 0 : 1]
      await person.post('/api/entries', { entryId: uuidv7(), pageId, leaseToken, records })
    }
  }
}

async function takeAll(person: Api, count: number): Promise<TypingAssignment[]> {
  const body = { work: 'typing', capacity: 20 }
  const assignments = await eventually(
    async () => {
      const taken = await person.post<{ assignments: TypingAssignment[] }>(
        '/api/assignments/take',
        body,
      )
      return taken.assignments
    },
    (taken) => taken.length === count,
  )
  return assignments.toSorted((one, other) => one.sequence - other.sequence)
}

/** Somebody new keys what an arbiter wants keyed once more. */
export async function keyAgain(world: World, login: string, pages: number): Promise<void> {
  const person = await signIn(world.url, login, PASSWORD)
  for (const { sequence, pageId, leaseToken, places } of await takeAll(person, pages)) {
    const truth = truthOfPage(sequence)
    const records = places?.map((place) => truth[place - 1] ?? {}) ?? truth
    await person.post('/api/entries', { entryId: uuidv7(), pageId, leaseToken, records })
  }
}
