/** How keying goes, for supervisors: from what was counted as it happened, never from the entries. */
import type {
  readBooksKeyed as booksContract,
  KeyingOverview,
  ReplyOf,
  RequestOf,
  SkippedPage,
  listSkippedPages as skippedContract,
} from '@songnhap/contracts'
import { byDay, readCounts, readTotals, today, total } from '@songnhap/database'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { DB } from './schema.gen.ts'

const HOLDERS_MAX = 500
const SKIPPED_MAX = 500

export async function readOverview(db: Kysely<DB>, campaignId: string): Promise<KeyingOverview> {
  const counts = await readCounts(db, campaignId)
  const aside = (await countAside(db, sql`b.campaign_id = ${campaignId}`)).reduce(
    addUp,
    NOTHING_ASIDE,
  )
  return {
    today: today(),
    pages: total(counts, 'pages') - aside.replaced,
    aside: aside.aside,
    held: await countHeld(db, campaignId),
    begun: total(counts, 'begun') - aside.begun,
    keyedTwice: total(counts, 'keyed-twice') - aside.keyedTwice,
    days: byDay(counts, ['pages', 'keyed-twice']).map(({ day, amounts }) => ({
      day,
      received: amounts.pages,
      keyedTwice: amounts['keyed-twice'],
    })),
    holders: await selectHolders(db, campaignId),
    waiting: await countWaiting(db),
    skips: total(counts, 'skips'),
  }
}

interface AsideCounts {
  readonly replaced: number
  readonly aside: number
  readonly begun: number
  readonly keyedTwice: number
}

const NOTHING_ASIDE: AsideCounts = { replaced: 0, aside: 0, begun: 0, keyedTwice: 0 }

function addUp(one: AsideCounts, other: AsideCounts): AsideCounts {
  return {
    replaced: one.replaced + other.replaced,
    aside: one.aside + other.aside,
    begun: one.begun + other.begun,
    keyedTwice: one.keyedTwice + other.keyedTwice,
  }
}

/** Pages that are set aside were counted as they were keyed; they are few, and are taken off here. */
async function countAside(
  db: Kysely<DB>,
  where: RawBuilder<unknown>,
): Promise<(AsideCounts & { readonly bookId: string })[]> {
  const { rows } = await sql<AsideCounts & { bookId: string }>`
    select p.book_id as "bookId",
      (count(*) filter (where replaced))::int as replaced,
      (count(*) filter (where not replaced))::int as aside,
      (count(*) filter (where passes > 0))::int as begun,
      (count(*) filter (where passes > 1))::int as "keyedTwice"
    from aside_page join page p using (page_id) join book b using (book_id)
    cross join lateral (select count(*) as passes from entry e
      where e.page_id = p.page_id and e.pass is not null and e.turn = 1) keyed
    where ${where} group by p.book_id`.execute(db)
  return rows
}

/** Pages in hand are few, and have an index of their own. */
async function selectHolders(db: Kysely<DB>, campaignId: string) {
  const { rows } = await sql<{ personId: string; pages: number; since: Date }>`
    select person_id as "personId", count(*)::int as pages, min(l.leased_at) as since
    from open_page o join campaign c using (lane)
    cross join lateral (values (o.token_1), (o.token_2)) as held (token)
    join lease l on l.lease_token = held.token join person using (person_no)
    where o.due is not null and c.campaign_id = ${campaignId}
    group by person_id order by since limit ${HOLDERS_MAX}`.execute(db)
  return rows.map(({ since, ...holder }) => ({ ...holder, since: since.toISOString() }))
}

/** In somebody's hand, while nobody has keyed anything of it. */
const IS_HELD_FIRST = sql<boolean>`o.due is not null and o.barred is null
  and (o.holder_1 is null or o.token_1 is not null) and (o.holder_2 is null or o.token_2 is not null)`

async function countHeld(db: Kysely<DB>, campaignId: string): Promise<number> {
  const { rows } = await sql<{ held: number }>`
    select count(*)::int as held from open_page o join campaign c using (lane)
    where ${IS_HELD_FIRST} and c.campaign_id = ${campaignId}`.execute(db)
  return rows[0]?.held ?? 0
}

/** Who has a page in hand and room for more is remembered as waiting too, and has something to do. */
async function countWaiting(db: Kysely<DB>): Promise<number> {
  const { rows } = await sql<{ waiting: number }>`
    select count(*)::int as waiting from waiting w
    where w.until > clock_timestamp() and not exists (
      select from open_page o cross join lateral (values
        (o.holder_1, o.token_1), (o.holder_2, o.token_2)) as held (person_no, token)
      where o.due is not null and held.token is not null and held.person_no = w.person_no)`.execute(
    db,
  )
  return rows[0]?.waiting ?? 0
}

export async function readBooksKeyed(
  db: Kysely<DB>,
  { bookIds }: RequestOf<typeof booksContract>,
): Promise<ReplyOf<typeof booksContract>> {
  const begun = await readTotals(db, bookIds, 'begun')
  const keyedTwice = await readTotals(db, bookIds, 'keyed-twice')
  const { rows } = await sql<{ bookId: string; pages: number }>`
    select o.book_id as "bookId", count(*)::int as pages from open_page o
    where ${IS_HELD_FIRST} and o.book_id = any (${bookIds}::uuid[]) group by o.book_id`.execute(db)
  const held = new Map(rows.map(({ bookId, pages }) => [bookId, pages]))
  const aside = await countAside(db, sql`p.book_id = any (${bookIds}::uuid[])`)
  const asideOf = new Map(aside.map((counts) => [counts.bookId, counts]))
  return {
    books: bookIds
      .filter((bookId) => begun.has(bookId) || held.has(bookId) || asideOf.has(bookId))
      .map((bookId) => {
        const out = asideOf.get(bookId) ?? NOTHING_ASIDE
        return {
          bookId,
          aside: out.aside,
          held: held.get(bookId) ?? 0,
          begun: (begun.get(bookId) ?? 0) - out.begun,
          keyedTwice: (keyedTwice.get(bookId) ?? 0) - out.keyedTwice,
        }
      }),
  }
}

export async function listSkippedPages(
  db: Kysely<DB>,
  { campaignId }: RequestOf<typeof skippedContract>,
): Promise<ReplyOf<typeof skippedContract>> {
  type Row = Omit<SkippedPage, 'note' | 'skippedAt' | 'decision'> & {
    note: string | null
    skippedAt: Date
    decision: Required<SkippedPage>['decision'] | null
  }
  const { rows } = await sql<Row>`
    select page_id as "pageId", b.book_id as "bookId", b.title as "bookTitle", p.sequence, person_id as "personId",
      s.reason, s.note, s.skipped_at as "skippedAt",
      exists (select from open_page o where o.page_id = s.page_id and not o.aside) as open,
      case when a.replaced then 'replaced' when not a.replaced then 'set-aside'
        when exists (select from offered_again o
          where o.page_id = s.page_id and o.offered_at > s.skipped_at) then 'offered-again' end as decision
    from skip_said s left join aside_page a using (page_id)
      join page p using (page_id) join book b using (book_id) join person using (person_no)
    where b.campaign_id = ${campaignId} and p.shows is null
    order by s.skipped_at desc limit ${SKIPPED_MAX + 1}`.execute(db)
  const pages = rows.slice(0, SKIPPED_MAX).map(({ note, decision, skippedAt, ...page }) => ({
    ...page,
    ...(decision === null ? {} : { decision }),
    ...(note === null ? {} : { note }),
    skippedAt: skippedAt.toISOString(),
  }))
  return { pages, more: rows.length > SKIPPED_MAX }
}
