import type { TypingAssignment } from '@songnhap/contracts'
import { momentIn } from '@songnhap/database'
import { sql, type Transaction } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { changePass, lockOpenPage, passFreeFor } from './open-page.ts'
import { type Person, rememberHolding } from './person.ts'
import type { DB } from './schema.gen.ts'

interface Held {
  readonly bookId: string
  readonly assignment: TypingAssignment
}

/**
 * Gives a person, whose row is locked, new pages until he or she holds `capacity`.
 * Returns all that is held, the longest-held first.
 */
export async function fillAssignments(
  trx: Transaction<DB>,
  person: Person,
  capacity: number,
  leaseSeconds: number,
): Promise<TypingAssignment[]> {
  const held = await selectHeld(trx, person.personNo, person.holding)
  const missing = capacity - held.length
  const bookId = held.at(-1)?.bookId ?? person.bookId
  const claimed = missing > 0 ? await claimPages(trx, person, bookId, missing, leaseSeconds) : []
  const all =
    claimed.length === 0 ? held : [...held, ...(await selectHeld(trx, person.personNo, claimed))]

  const pages = all.map(({ assignment }) => assignment.pageId)
  const lastBook = all.at(-1)?.bookId ?? bookId
  if (!sameList(pages, person.holding) || lastBook !== person.bookId) {
    await rememberHolding(trx, person.personNo, pages, lastBook)
  }
  return all.map(({ assignment }) => assignment)
}

async function claimPages(
  trx: Transaction<DB>,
  person: Person,
  startBook: string | null,
  wanted: number,
  leaseSeconds: number,
): Promise<string[]> {
  const { skipped, spare } = await selectPassedOver(trx, person.personNo)
  const claimed: string[] = []
  let bookId = startBook
  while (claimed.length < wanted) {
    // A page of which this person left a spare reading comes last, but it comes: in a small team
    // there may be nobody else for it.
    const pageId =
      (await claimPage(trx, person, bookId, [...skipped, ...spare])) ??
      (spare.length === 0 ? null : await claimPage(trx, person, bookId, skipped))
    if (pageId === null) break
    await leasePage(trx, person.personNo, pageId, leaseSeconds)
    claimed.push(pageId)
    bookId = await bookOf(trx, pageId)
  }
  return claimed
}

async function claimPage(
  trx: Transaction<DB>,
  { personNo }: Person,
  bookId: string | null,
  passedOver: readonly string[],
): Promise<string | null> {
  const { rows } = await sql<{ page_id: string | null }>`
    select claim_page(${personNo}, ${bookId}, ${passedOver}::uuid[]) as page_id`.execute(trx)
  return rows[0]?.page_id ?? null
}

async function leasePage(
  trx: Transaction<DB>,
  personNo: number,
  pageId: string,
  leaseSeconds: number,
): Promise<void> {
  const page = await lockOpenPage(trx, pageId)
  const pass = page && passFreeFor(page, personNo)
  if (page === undefined || pass === undefined) throw new Error('a claimed page has no free pass')
  const token = uuidv7()
  const until = await momentIn(trx, leaseSeconds)
  await changePass(trx, page, pass, { kind: 'claim', holder: personNo, token, until })
  await trx
    .insertInto('lease')
    .values({ lease_token: token, page_id: pageId, person_no: personNo, pass })
    .execute()
}

async function bookOf(trx: Transaction<DB>, pageId: string): Promise<string> {
  const page = await trx
    .selectFrom('page')
    .select('book_id')
    .where('page_id', '=', pageId)
    .executeTakeFirstOrThrow()
  return page.book_id
}

/** Open pages that are not like the others to this person: skipped, or with a spare reading. */
async function selectPassedOver(
  trx: Transaction<DB>,
  personNo: number,
): Promise<{ skipped: string[]; spare: string[] }> {
  const { rows } = await sql<{ page_id: string; skipped: boolean }>`
    select s.page_id, true as skipped from skip s join open_page using (page_id)
    where s.person_no = ${personNo}
    union all
    select e.page_id, false from entry e join open_page using (page_id)
    where e.person_no = ${personNo} and e.pass is null`.execute(trx)
  const pages = (skipped: boolean) =>
    rows.filter((row) => row.skipped === skipped).map((row) => row.page_id)
  return { skipped: pages(true), spare: pages(false) }
}

/** Those of the pages that the person really holds now, in the given order. */
async function selectHeld(
  trx: Transaction<DB>,
  personNo: number,
  pageIds: readonly string[],
): Promise<Held[]> {
  if (pageIds.length === 0) return []
  const { rows } = await sql<{
    page_id: string
    book_id: string
    lease_token: string
    expires_at: Date
    title: string
    sequence: number
    form_name: string
    form_version: number
  }>`
    select o.page_id, o.book_id, o.sequence, b.title, c.form_name, c.form_version,
           case when o.holder_1 = ${personNo} then o.token_1 else o.token_2 end as lease_token,
           case when o.holder_1 = ${personNo} then o.until_1 else o.until_2 end as expires_at
    from open_page o join book b using (book_id) join campaign c using (campaign_id)
    where o.page_id = any (${pageIds}::uuid[])
      and ((o.holder_1 = ${personNo} and o.token_1 is not null)
        or (o.holder_2 = ${personNo} and o.token_2 is not null))
    order by array_position(${pageIds}::uuid[], o.page_id)`.execute(trx)
  return rows.map((row) => ({
    bookId: row.book_id,
    assignment: {
      kind: 'typing',
      leaseToken: row.lease_token,
      pageId: row.page_id,
      form: { name: row.form_name, version: row.form_version },
      bookTitle: row.title,
      sequence: row.sequence,
      expiresAt: row.expires_at.toISOString(),
    },
  }))
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index])
}
