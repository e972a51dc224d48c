import { randomUUID } from 'node:crypto'
import {
  type ArbitrationAssignment,
  type BodyOf,
  type entrySubmitted,
  type FormDefinition,
  Problem,
  type pageReceived,
  type Question,
  type Ruling,
  readingWanted,
  type TypedRecords,
} from '@songnhap/contracts'
import { type FactHandler, openLedger } from '@songnhap/database'
import {
  factsSaid,
  newBook,
  newCampaign,
  newPages,
  newPeople,
  SMALL_FORM,
  testDatabase,
} from '@songnhap/testkit'
import type { Kysely } from 'kysely'
import type { Test } from 'tap'
import {
  onBookOpened,
  onCampaignFormChanged,
  onCampaignOpened,
  onPageReceived,
} from '../src/hear-intake.ts'
import { onEntrySubmitted } from '../src/on-entry-submitted.ts'
import type { DB } from '../src/schema.gen.ts'
import { submitRulings } from '../src/submit-rulings.ts'
import { takeArbitrations } from '../src/take-arbitrations.ts'

const MIGRATIONS = new URL('../migrations/', import.meta.url)
export const TIMES = { leaseSeconds: 3600, waitingSeconds: 30 }

type ReceivedPage = BodyOf<typeof pageReceived>
type Entry = BodyOf<typeof entrySubmitted>

export type Truth = Awaited<ReturnType<typeof openTruth>>

/** Reconcile's functions on a database of their own, with one campaign of one book. */
export async function openTruth(t: Test, pageCount = 1, form: FormDefinition = SMALL_FORM) {
  const { db, adminUrl } = await testDatabase<DB>(t, 'reconcile', MIGRATIONS)
  const ledger = openLedger(db, () => {})
  const hear = (handler: FactHandler<DB>, ...bodies: unknown[]) =>
    ledger.change((change) => handler.apply(change, ...bodies))

  const opened = await openBook(hear, pageCount, form)
  const { campaignId } = opened
  const [typist1 = '', typist2 = '', arbiter = '', supervisor = ''] = newPeople(4)
  const enter = (...entries: Entry[]) =>
    hear(
      onEntrySubmitted(() => {}),
      ...entries,
    )

  return {
    db,
    adminUrl,
    ledger,
    hear,
    enter,
    ...opened,
    typists: [typist1, typist2] as const,
    arbiter,
    supervisor,

    /** Both typists' entries for a page. */
    async keyTwice(page: ReceivedPage, first: TypedRecords, second: TypedRecords): Promise<void> {
      await enter(entryOf(page, typist1, 1, first))
      await enter(entryOf(page, typist2, 2, second))
    },

    async take(personId: string, escalated = false, capacity = 1, times = TIMES) {
      return (await takeArbitrations(ledger, times, { personId, capacity, escalated })).assignments
    },

    async takeOne(personId: string, escalated = false, times = TIMES) {
      const asking = { personId, capacity: 1, escalated }
      const [assignment] = (await takeArbitrations(ledger, times, asking)).assignments
      if (assignment === undefined) throw new Error('there is no arbitration for this person')
      return assignment
    },

    async rule(
      personId: string,
      { leaseToken }: Pick<ArbitrationAssignment, 'leaseToken'>,
      rulings: Ruling[],
      submissionId: string = randomUUID(),
    ) {
      return await submitRulings(ledger, () => {}, { personId, submissionId, leaseToken, rulings })
    },

    /** Intake says that the campaign goes on with this version of its form. */
    goOnWith: (form: FormDefinition) => hear(onCampaignFormChanged, { campaignId, form }),

    /** Keys what was wanted of a page last, for each pass by somebody new, and says who. */
    async keyWanted(page: ReceivedPage, records: (pass: 1 | 2) => TypedRecords): Promise<string[]> {
      const wanted = await selectWanted(db, page)
      const people = newPeople(wanted.length)
      for (const [index, { pass, turn, places }] of wanted.entries()) {
        const person = people[index] ?? ''
        const again = { turn, ...(places === undefined ? {} : { places }) }
        await enter(entryOf(page, person, pass, records(pass), [person], again))
      }
      return people
    },

    settledValues: (pageId: string) => selectSettledValues(db, pageId),
  }
}

type Hear = (handler: FactHandler<DB>, ...bodies: unknown[]) => Promise<unknown>

async function openBook(hear: Hear, pageCount: number, form: FormDefinition) {
  const campaign = { ...newCampaign(), form }
  const book = newBook(campaign)
  const pages = newPages(book, pageCount)
  const [page] = pages
  if (page === undefined) throw new Error('a test of truth needs a page')
  await hear(onCampaignOpened, campaign)
  await hear(onBookOpened, book)
  for (const page of pages) await hear(onPageReceived, page)
  return { campaignId: campaign.campaignId, page, pages }
}

/** What was wanted of a page and has not come. */
async function selectWanted(db: Kysely<DB>, { pageId }: ReceivedPage) {
  const wants = (await factsSaid(db, readingWanted)).filter((want) => want.pageId === pageId)
  const kept = await db.selectFrom('reading').select(['pass', 'turn']).execute()
  return wants.filter(
    (want) => !kept.some(({ pass, turn }) => pass === want.pass && turn === want.turn),
  )
}

async function selectSettledValues(db: Kysely<DB>, pageId: string) {
  const rows = await db
    .selectFrom('settled_record')
    .select(['record', 'values'])
    .where('page_id', '=', pageId)
    .orderBy('record')
    .execute()
  return rows.map(({ values }) => values)
}

export function entryOf(
  { pageId, campaignId }: ReceivedPage,
  personId: string,
  pass: 1 | 2 | null,
  records: TypedRecords,
  seenBy: string[] = [personId],
  again: Partial<Pick<Entry, 'form' | 'turn' | 'places' | 'cells'>> = {},
): Entry {
  const form = { name: 'small-births', version: 1 }
  const submittedAt = '2026-03-02T01:02:03.000Z'
  const entryId = randomUUID()
  return {
    entryId,
    pageId,
    campaignId,
    form,
    personId,
    pass,
    seenBy,
    records,
    submittedAt,
    ...again,
  }
}

export function questionOn(
  { questions }: ArbitrationAssignment,
  field: string | null,
  record = 1,
): Question {
  const question = questions.find((asked) => asked.field === field && asked.record === record)
  if (question === undefined) throw new Error('there is no such question')
  return question
}

/** The verdict for the reading with this value, wherever it is shown. */
export function choose({ questionId, readings }: Question, value: string): Ruling {
  return { questionId, verdict: readings[0]?.value === value ? 'first' : 'second' }
}

/** The verdict that the record is there, or is not. */
export function chooseExistence({ questionId, present }: Question, isThere: boolean): Ruling {
  return { questionId, verdict: present[0] === isThere ? 'first' : 'second' }
}

/** The refusal with which something ended; anything but a refusal fails the test. */
export async function refusalOf(doing: Promise<unknown>): Promise<Problem> {
  try {
    await doing
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
  throw new Error('it was not refused')
}
