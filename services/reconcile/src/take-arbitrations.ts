import type {
  ArbitrationAssignment,
  takeArbitrations as contract,
  ReplyOf,
  RequestOf,
} from '@songnhap/contracts'
import type { Change, Ledger } from '@songnhap/database'
import { sql, type Transaction } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { arbitrationAssignment, type HeldArbitration } from './arbitration-assignment.ts'
import { arbitrationOf } from './arbitration-of.ts'
import { loadAuditPage } from './audits/load-audit-page.ts'
import { panelAssignment } from './audits/panel-assignment.ts'
import { draw } from './compare-entries.ts'
import { keepFromKnown } from './known-pages/confirm-known-page.ts'
import { loadPageCase } from './load-page-case.ts'
import { advance, type PageCase } from './page-case.ts'
import { loadRechecks } from './rechecks/load-rechecks.ts'
import { recheckAssignment } from './rechecks/recheck-assignment.ts'
import type { DB } from './schema.gen.ts'
import { storeArbitration } from './store-arbitration.ts'
import { storeSteps } from './store-steps.ts'

/**
 * Pages with very many differences are long, and a reply has to fit into one message: with so much
 * in hand nothing is added, and one more assignment (QUESTIONS_BYTES_MAX) still fits.
 */
const HANDED_BYTES_ENOUGH = 256 * 1024

export interface ArbitrationTimes {
  readonly leaseSeconds: number
  readonly waitingSeconds: number
}

export interface Asking {
  readonly personId: string
  readonly capacity: number
  readonly escalated: boolean
}

/** Everything this arbiter holds, filled up; who gets less than asked for is remembered as waiting. */
export async function takeArbitrations(
  ledger: Ledger<DB>,
  times: ArbitrationTimes,
  asking: RequestOf<typeof contract>,
): Promise<ReplyOf<typeof contract>> {
  return await ledger.change(async (change) => {
    const { trx } = change
    await lockArbiter(trx, asking.personId)
    const { assignments } = await fillArbitrations(change, asking, times.leaseSeconds)
    if (assignments.length >= asking.capacity) await stopWaiting(trx, asking)
    else await wait(trx, asking, times.waitingSeconds)
    return { assignments }
  })
}

/** A lock a person, so that asking twice at once gives the same, not twice as much. */
export async function lockArbiter(trx: Transaction<DB>, personId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${personId}, 1))`.execute(trx)
}

/** Gives a person, who is locked, new arbitrations until he or she holds `capacity`. */
export async function fillArbitrations(
  change: Change<DB>,
  { personId, capacity, escalated }: Asking,
  leaseSeconds: number,
): Promise<{ assignments: ArbitrationAssignment[]; added: ArbitrationAssignment[] }> {
  const { trx } = change
  const held = await selectHeld(trx, personId, escalated)
  const assignments: ArbitrationAssignment[] = []
  let bytes = 0
  const give = (assignment: ArbitrationAssignment) => {
    assignments.push(assignment)
    bytes += Buffer.byteLength(JSON.stringify(assignment))
    return true
  }
  /** False: nothing of the page is for this person any more. */
  const hand = async (one: HeldArbitration) => {
    if (one.seat === 4 || one.seat === 5) {
      return give(recheckAssignment(one, one.seat, await loadRechecks(trx, one.pageId)))
    }
    if (one.seat !== 0) {
      const audit = await loadAuditPage(trx, one.pageId, one.turn)
      return give(panelAssignment(one, one.seat, audit))
    }
    const page = await loadPageCase(trx, one.pageId)
    if (arbitrationOf(page) !== (escalated ? 'supervisors' : 'arbiters')) {
      await catchUp(change, page)
      return false
    }
    return give(arbitrationAssignment(one, page))
  }
  for (const one of held) if (bytes < HANDED_BYTES_ENOUGH) await hand(one)
  const before = assignments.length
  for (let have = held.length; have < capacity && bytes < HANDED_BYTES_ENOUGH; ) {
    const claimed = await claimArbitration(trx, personId, escalated, leaseSeconds)
    if (claimed === undefined) break
    await keepFromKnown(change, claimed.pageId, personId)
    if (await hand(claimed)) have += 1
  }
  return { assignments, added: assignments.slice(before) }
}

/**
 * A page that an earlier release left with questions that are not asked any more: of a record ruled to
 * be there, its fields were asked one by one.
 */
async function catchUp(change: Change<DB>, before: PageCase): Promise<void> {
  const after = advance(before, draw)
  await storeArbitration(change.trx, after)
  await storeSteps(change, [{ before, after }], () => {})
}

async function wait(
  trx: Transaction<DB>,
  { personId, escalated, capacity }: Asking,
  seconds: number,
): Promise<void> {
  await sql`
    insert into waiting (person_id, escalated, capacity, until)
    values (${personId}, ${escalated}, ${capacity},
            clock_timestamp() + make_interval(secs => ${seconds}))
    on conflict (person_id, escalated)
    do update set capacity = excluded.capacity, until = excluded.until`.execute(trx)
}

export async function stopWaiting(trx: Transaction<DB>, { personId, escalated }: Asking) {
  await trx
    .deleteFrom('waiting')
    .where('person_id', '=', personId)
    .where('escalated', '=', escalated)
    .execute()
}

/** To the end of the queue, for no longer than asked for. */
export async function waitBehind(trx: Transaction<DB>, { personId, escalated }: Asking) {
  await trx
    .updateTable('waiting')
    .set({ since: sql`clock_timestamp()` })
    .where('person_id', '=', personId)
    .where('escalated', '=', escalated)
    .execute()
}

async function selectHeld(
  trx: Transaction<DB>,
  personId: string,
  escalated: boolean,
): Promise<HeldArbitration[]> {
  // What ends at this moment, by a ruling or by its time, is waited for and then not among these.
  const { rows } = await sql<HeldArbitration>`
    select o.page_id as "pageId", b.title as "bookTitle", p.sequence, b.layouts, o.token,
      o.until, o.escalated, o.seat, o.turn
    from open_arbitration o join page p using (page_id) join book b using (book_id)
    where o.holder = ${personId} and o.escalated = ${escalated}
    order by o.since for update of o`.execute(trx)
  return rows
}

/**
 * The longest-waiting page that this person did not have in hand. What was passed on is not for those
 * who passed it on; nor a seat of a panel for whoever held any other arbitration of the page.
 */
async function claimArbitration(
  trx: Transaction<DB>,
  personId: string,
  escalated: boolean,
  leaseSeconds: number,
): Promise<HeldArbitration | undefined> {
  const token = uuidv7()
  const { rows } = await sql<HeldArbitration>`
    with claimed as (
      select page_id, seat, turn from open_arbitration o
      where token is null and escalated = ${escalated}
        and not exists (select from seen s where s.page_id = o.page_id and s.person_id = ${personId})
        and not exists (select from aside_page a where a.page_id = o.page_id)
        and (seat = 0 or not exists (
          select from arbitration_lease l
          where l.page_id = o.page_id and l.person_id = ${personId}
            and (l.seat, l.turn) <> (o.seat, o.turn)))
        and not exists (
          select from ruling r
          where o.escalated and not r.escalated
            and r.page_id = o.page_id and r.arbiter_id = ${personId})
      order by since limit 1 for update skip locked
    ), leased as (
      insert into arbitration_lease (lease_token, page_id, person_id, escalated, seat, turn)
      select ${token}, page_id, ${personId}, ${escalated}, seat, turn from claimed
    )
    update open_arbitration o
    set holder = ${personId}, token = ${token},
        until = clock_timestamp() + make_interval(secs => ${leaseSeconds})
    from page p join book b using (book_id)
    where (o.page_id, o.seat) = (select page_id, seat from claimed) and p.page_id = o.page_id
    returning o.page_id as "pageId", b.title as "bookTitle", p.sequence, b.layouts, o.token,
      o.until, o.escalated, o.seat, o.turn`.execute(trx)
  return rows[0]
}
