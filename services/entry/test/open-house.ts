import { randomUUID } from 'node:crypto'
import {
  type BodyOf,
  type bookOpened,
  type campaignOpened,
  type FormDefinition,
  Problem,
  type pageReceived,
  type readingWanted,
  type TypedRecords,
  type TypingAssignment,
} from '@songnhap/contracts'
import { type FactHandler, openLedger } from '@songnhap/database'
import {
  newBook,
  newCampaign,
  newPages,
  recordOf,
  SMALL_FORM,
  testDatabase,
} from '@songnhap/testkit'
import { type Kysely, sql } from 'kysely'
import type { Test } from 'tap'
import { expireDue } from '../src/expire-leases.ts'
import { onBookOpened, onCampaignOpened, onPageReceived } from '../src/hear-intake.ts'
import { onReadingWanted } from '../src/hear-reconcile.ts'
import type { DB } from '../src/schema.gen.ts'
import { submitEntry } from '../src/submit-entry.ts'
import { takeAssignments } from '../src/take-assignments.ts'

const RECEIVED = onPageReceived(() => {})
const MIGRATIONS = new URL('../migrations/', import.meta.url)
export const TIMES = { leaseSeconds: 3600, waitingSeconds: 30 }
/** Leases that have ended when they are given: the clock need not be waited for. */
export const ENDED = { ...TIMES, leaseSeconds: -1 }

export interface Opened {
  readonly campaign: BodyOf<typeof campaignOpened>
  readonly book: BodyOf<typeof bookOpened>
  readonly pages: readonly BodyOf<typeof pageReceived>[]
}

export type House = Awaited<ReturnType<typeof openHouse>>

/** Entry's functions on a database of their own. */
export async function openHouse(t: Test) {
  const { db } = await testDatabase<DB>(t, 'entry', MIGRATIONS)
  const ledger = openLedger(db, () => {})
  const hear = (handler: FactHandler<DB>, body: unknown) =>
    ledger.change((change) => handler.apply(change, body))

  async function hearPages(pages: Opened['pages']): Promise<void> {
    for (const page of pages) await hear(RECEIVED, page)
  }

  async function hearAll({ campaign, book, pages }: Opened): Promise<void> {
    await hear(onCampaignOpened, campaign)
    await hear(onBookOpened, book)
    await hearPages(pages)
  }

  async function take(personId: string, capacity = 1, times = TIMES): Promise<TypingAssignment[]> {
    return (await takeAssignments(ledger, times, { personId, capacity })).assignments
  }

  return {
    db,
    ledger,
    hear,
    hearAll,
    hearPages,
    take,

    /** Opens a campaign of one book. */
    async open(
      pageCount: number,
      pairs: [string, string][] = [],
      form: FormDefinition = SMALL_FORM,
    ): Promise<Opened> {
      const campaign = { ...newCampaign(pairs), form }
      const book = newBook(campaign)
      const opened = { campaign, book, pages: newPages(book, pageCount) }
      await hearAll(opened)
      return opened
    },

    /** Takes the one page there is. */
    async takeOne(personId: string, times = TIMES): Promise<TypingAssignment> {
      const [assignment] = await take(personId, 1, times)
      if (assignment === undefined) throw new Error('there is no page for this person')
      return assignment
    },

    async submit(
      personId: string,
      { pageId, leaseToken }: Pick<TypingAssignment, 'pageId' | 'leaseToken'>,
      more: { entryId?: string; records?: TypedRecords; capacity?: number } = {},
    ) {
      const entry = { entryId: randomUUID(), records: [recordOf()], capacity: 0, ...more }
      return await submitEntry(ledger, TIMES, { personId, pageId, leaseToken, ...entry })
    },

    expire: () => ledger.change(expireDue),

    /** Lets every lease of this moment run out. */
    async endLeases(): Promise<void> {
      const past = new Date(Date.now() - 1000)
      await sql`update open_page set until_1 = ${past} where token_1 is not null`.execute(db)
      await sql`update open_page set until_2 = ${past} where token_2 is not null`.execute(db)
      await ledger.change(expireDue)
    },

    entriesOf: (pageId: string) => selectEntries(db, pageId),
  }
}

/** Reconcile wants a reading: unless said otherwise the second one of the first pass. */
export async function want(
  { hear }: House,
  pageId: string,
  more: Partial<BodyOf<typeof readingWanted>> = {},
): Promise<void> {
  const handler = onReadingWanted(() => {})
  await hear(handler, { pageId, pass: 1, turn: 2, notBy: [], ...more })
}

/** Each of these keys the one page that he or she is given. */
export async function keyBy(house: House, ...people: string[]): Promise<void> {
  for (const person of people) await house.submit(person, await house.takeOne(person))
}

async function selectEntries(db: Kysely<DB>, pageId: string) {
  return await db
    .selectFrom('entry')
    .innerJoin('person', 'person.person_no', 'entry.person_no')
    .select(['entry_id', 'person_id', 'pass', 'turn', 'records'])
    .where('page_id', '=', pageId)
    .orderBy('submitted_at')
    .execute()
}

/** The code with which something was refused; anything but a refusal fails the test. */
export async function refusalOf(doing: Promise<unknown>): Promise<Problem> {
  try {
    await doing
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
  throw new Error('it was not refused')
}
