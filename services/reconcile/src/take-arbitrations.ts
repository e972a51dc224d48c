import type {
  ArbitrationAssignment,
  takeArbitrations as contract,
  ReplyOf,
  RequestOf,
} from '@songnhap/contracts'
import { type Ledger, momentIn } from '@songnhap/database'
import { sql, type Transaction } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { arbitrationAssignment } from './arbitration-assignment.ts'
import type { DB } from './schema.gen.ts'

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
  return await ledger.change(async ({ trx }) => {
    await lockArbiter(trx, asking.personId)
    const { assignments } = await fillArbitrations(trx, asking, times.leaseSeconds)
    const { personId, escalated, capacity } = asking
    if (assignments.length >= capacity) await stopWaiting(trx, asking)
    else {
      const until = await momentIn(trx, times.waitingSeconds)
      await trx
        .insertInto('waiting')
        .values({ person_id: personId, escalated, capacity, until })
        .onConflict((conflict) =>
          conflict.columns(['person_id', 'escalated']).doUpdateSet({ capacity, until }),
        )
        .execute()
    }
    return { assignments }
  })
}

/** A lock a person, so that asking twice at once gives the same, not twice as much. */
export async function lockArbiter(trx: Transaction<DB>, personId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${personId}, 1))`.execute(trx)
}

/** Gives a person, who is locked, new arbitrations until he or she holds `capacity`. */
export async function fillArbitrations(
  trx: Transaction<DB>,
  { personId, capacity, escalated }: Asking,
  leaseSeconds: number,
): Promise<{ assignments: ArbitrationAssignment[]; added: ArbitrationAssignment[] }> {
  const held = await selectHeld(trx, personId, escalated)
  const assignments: ArbitrationAssignment[] = []
  let bytes = 0
  const hand = async (pageId: string) => {
    const assignment = await arbitrationAssignment(trx, pageId)
    assignments.push(assignment)
    bytes += Buffer.byteLength(JSON.stringify(assignment))
  }
  for (const pageId of held) if (bytes < HANDED_BYTES_ENOUGH) await hand(pageId)
  const before = assignments.length
  for (let have = held.length; have < capacity && bytes < HANDED_BYTES_ENOUGH; have += 1) {
    const pageId = await claimArbitration(trx, personId, escalated, leaseSeconds)
    if (pageId === undefined) break
    await hand(pageId)
  }
  return { assignments, added: assignments.slice(before) }
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
): Promise<string[]> {
  const rows = await trx
    .selectFrom('open_arbitration')
    .select('page_id')
    .where('holder', '=', personId)
    .where('escalated', '=', escalated)
    .orderBy('since')
    // What ends at this moment, by a ruling or by its time, is waited for and then not among these.
    .forUpdate()
    .execute()
  return rows.map((row) => row.page_id)
}

/** The longest-waiting page that this person neither had in hand nor, if passed on, ruled on. */
async function claimArbitration(
  trx: Transaction<DB>,
  personId: string,
  escalated: boolean,
  leaseSeconds: number,
): Promise<string | undefined> {
  const { rows } = await sql<{ page_id: string }>`
    select page_id from open_arbitration o
    where token is null and escalated = ${escalated}
      and not exists (select from seen s where s.page_id = o.page_id and s.person_id = ${personId})
      and not exists (
        select from ruling r
        where o.escalated and r.page_id = o.page_id and r.arbiter_id = ${personId})
    order by since limit 1 for update skip locked`.execute(trx)
  const pageId = rows[0]?.page_id
  if (pageId === undefined) return undefined
  const token = uuidv7()
  await trx
    .insertInto('arbitration_lease')
    .values({ lease_token: token, page_id: pageId, person_id: personId, escalated })
    .execute()
  await trx
    .updateTable('open_arbitration')
    .set({ holder: personId, token, until: await momentIn(trx, leaseSeconds) })
    .where('page_id', '=', pageId)
    .execute()
  return pageId
}
