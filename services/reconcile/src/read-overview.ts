/** How settling goes, for supervisors: from what was counted as it happened. */
import type {
  readBooksSettled as booksContract,
  ReplyOf,
  RequestOf,
  SettlingOverview,
} from '@songnhap/contracts'
import { byDay, readCounts, readTotals, total } from '@songnhap/database'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import { stateOf } from './audits/read-book.ts'
import { AWAITED_READINGS } from './awaited-readings.ts'
import { IS_SETTLED } from './is-settled.ts'
import type { DB } from './schema.gen.ts'

const HOLDERS_MAX = 500
const RULED_WITHIN_DAYS = 7
/** The latest of them say enough. */
const RULINGS_LOOKED_AT_MAX = 5_000

export async function readOverview(db: Kysely<DB>, campaignId: string): Promise<SettlingOverview> {
  const counts = await readCounts(db, campaignId)
  const aside = await countAside(db, sql`p.campaign_id = ${campaignId}`)
  const sum = (count: 'compared' | 'settled') => aside.reduce((all, one) => all + one[count], 0)
  return {
    compared: total(counts, 'pages-compared') - sum('compared'),
    settled: total(counts, 'pages-settled') - sum('settled'),
    ...(await countWaiting(db, campaignId)),
    days: byDay(counts, ['pages-settled', 'ruled']).map(({ day, amounts }) => ({
      day,
      settled: amounts['pages-settled'],
      rulings: amounts.ruled,
    })),
    holders: await selectHolders(db, campaignId),
    ruling: await readRulingTime(db, campaignId),
  }
}

/** Pages that are set aside were counted as they went on; they are few, and are taken off here. */
async function countAside(
  db: Kysely<DB>,
  where: RawBuilder<unknown>,
): Promise<{ bookId: string; compared: number; settled: number }[]> {
  const { rows } = await sql<{ bookId: string; compared: number; settled: number }>`
    select p.book_id as "bookId",
      (count(*) filter (where exists (
        select from comparison k where k.page_id = p.page_id)))::int as compared,
      (count(*) filter (where ${IS_SETTLED}))::int as settled
    from aside_page join page p using (page_id) where ${where} group by p.book_id`.execute(db)
  return rows
}

/** Who sits on a panel (seat 1 and above) rules on pages that are settled: they are counted apart. */
async function countWaiting(db: Kysely<DB>, campaignId: string) {
  const open = await db
    .selectFrom('open_arbitration')
    .select(({ fn }) => [
      fn.countAll<number>().filterWhere('seat', '=', 0).as('waiting'),
      sql<number>`count(*) filter (where seat = 0 and escalated)`.as('escalated'),
      fn.countAll<number>().filterWhere('seat', '>', 0).as('auditing'),
    ])
    .where('campaign_id', '=', campaignId)
    .where(
      sql<boolean>`not exists (select from aside_page a where a.page_id = open_arbitration.page_id)`,
    )
    .executeTakeFirstOrThrow()
  const { rows } = await sql<{ wanted: number }>`
    select count(distinct w.page_id)::int as wanted ${FROM_WANTED}
    and p.campaign_id = ${campaignId}`.execute(db)
  return { ...open, wanted: rows[0]?.wanted ?? 0 }
}

/** Readings that were asked for and have not come, of pages about which nobody is asked meanwhile. */
const FROM_WANTED = sql`
  from ${AWAITED_READINGS} w join page p using (page_id)
  where not exists (select from open_arbitration o where o.page_id = w.page_id and o.seat = 0)
  and not exists (select from aside_page a where a.page_id = w.page_id)`

async function selectHolders(db: Kysely<DB>, campaignId: string) {
  const { rows } = await sql<{ personId: string; pages: number; since: Date }>`
    select o.holder as "personId", count(*)::int as pages, min(l.leased_at) as since
    from open_arbitration o join arbitration_lease l on l.lease_token = o.token
    where o.campaign_id = ${campaignId}
    group by o.holder order by since limit ${HOLDERS_MAX}`.execute(db)
  return rows.map(({ since, ...holder }) => ({ ...holder, since: since.toISOString() }))
}

/** Half of the pages that arbiters finished lately took them longer, in all their visits together. */
async function readRulingTime(db: Kysely<DB>, campaignId: string) {
  const { rows } = await sql<{ medianSeconds: number | null; pages: number }>`
    select percentile_cont(.5) within group (order by seconds) as "medianSeconds",
      count(*)::int as pages
    from (
      select sum(seconds) as seconds from (
        select page_id, seconds from ruling_time
        where campaign_id = ${campaignId}
          and ruled_at > clock_timestamp() - make_interval(days => ${RULED_WITHIN_DAYS})
        order by ruled_at desc limit ${RULINGS_LOOKED_AT_MAX}) latest
      where not exists (select from open_arbitration o where o.page_id = latest.page_id)
      group by page_id) done`.execute(db)
  return rows[0] ?? { medianSeconds: null, pages: 0 }
}

export async function readBooksSettled(
  db: Kysely<DB>,
  { bookIds }: RequestOf<typeof booksContract>,
): Promise<ReplyOf<typeof booksContract>> {
  const settled = await readTotals(db, bookIds, 'pages-settled')
  const { rows: open } = await sql<{ bookId: string; waiting: number; escalated: number }>`
    select p.book_id as "bookId", count(*)::int as waiting,
      (count(*) filter (where o.escalated))::int as escalated
    from open_arbitration o join page p using (page_id)
    where o.seat = 0 and p.book_id = any (${bookIds}::uuid[])
      and not exists (select from aside_page a where a.page_id = p.page_id)
    group by p.book_id`.execute(db)
  const { rows: wanted } = await sql<{ bookId: string; wanted: number }>`
    select p.book_id as "bookId", count(distinct w.page_id)::int as wanted ${FROM_WANTED}
    and p.book_id = any (${bookIds}::uuid[]) group by p.book_id`.execute(db)
  const aside = await countAside(db, sql`p.book_id = any (${bookIds}::uuid[])`)
  const asideOf = new Map(aside.map((row) => [row.bookId, row.settled]))
  const openOf = new Map(open.map((row) => [row.bookId, row]))
  const wantedOf = new Map(wanted.map((row) => [row.bookId, row.wanted]))
  const states = await selectStates(db, bookIds)
  return {
    books: bookIds
      .filter((bookId) => settled.has(bookId) || openOf.has(bookId) || wantedOf.has(bookId))
      .map((bookId) => ({
        bookId,
        settled: (settled.get(bookId) ?? 0) - (asideOf.get(bookId) ?? 0),
        waiting: openOf.get(bookId)?.waiting ?? 0,
        escalated: openOf.get(bookId)?.escalated ?? 0,
        wanted: wantedOf.get(bookId) ?? 0,
        state: states.get(bookId) ?? 'open',
      })),
  }
}

export async function selectStates(db: Kysely<DB>, bookIds: readonly string[]) {
  const { rows } = await sql<{
    bookId: string
    auditId: string
    isReleased: boolean
    hasEnded: boolean
  }>`
    select book_id as "bookId", audit_id as "auditId",
      exists (select from release r where r.audit_id = f.audit_id) as "isReleased",
      exists (select from audit_end e where e.audit_id = f.audit_id) as "hasEnded"
    from frozen_book f where book_id = any (${bookIds}::uuid[])`.execute(db)
  return new Map(rows.map((row) => [row.bookId, stateOf(row, row.hasEnded)]))
}
