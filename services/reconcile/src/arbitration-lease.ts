/** What the holder of an arbitration can do with the lease: renew it, hand it back, see the image. */
import {
  type findArbiterImage as imageContract,
  Problem,
  type ReplyOf,
  type RequestOf,
  type releaseArbitration as releaseContract,
  type renewArbitration as renewContract,
  type takeBackArbitrations as takeBackContract,
} from '@songnhap/contracts'
import { type Change, type Errand, errand, type Ledger, momentIn } from '@songnhap/database'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Logger } from 'pino'
import type { Seat } from './audits/audit-item.ts'
import type { RecheckSeat } from './rechecks/recheck-item.ts'
import type { DB } from './schema.gen.ts'

const LOOK_EVERY_MS = 1_000
const PAGES_A_ROUND_MAX = 100
const FREE = { holder: null, token: null, until: null }

interface Holding {
  readonly personId: string
  readonly leaseToken: string
}

export async function renewArbitration(
  db: Kysely<DB>,
  leaseSeconds: number,
  { personId, leaseToken }: RequestOf<typeof renewContract>,
): Promise<ReplyOf<typeof renewContract>> {
  const until = await momentIn(db, leaseSeconds)
  const { numUpdatedRows } = await db
    .updateTable('open_arbitration')
    .set({ until })
    .where('token', '=', leaseToken)
    .where('holder', '=', personId)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw new Problem('LEASE_ENDED')
  return { expiresAt: until.toISOString() }
}

export async function releaseArbitration(
  ledger: Ledger<DB>,
  freed: () => void,
  { personId, leaseToken }: RequestOf<typeof releaseContract>,
): Promise<ReplyOf<typeof releaseContract>> {
  return await ledger.change(async ({ trx, afterCommit }) => {
    const { numUpdatedRows } = await trx
      .updateTable('open_arbitration')
      .set(FREE)
      .where('token', '=', leaseToken)
      .where('holder', '=', personId)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) throw new Problem('LEASE_ENDED')
    afterCommit(freed)
    return {}
  })
}

/** Whoever may rule no longer, or is away for long, holds up no page. */
export async function takeBackArbitrations(
  ledger: Ledger<DB>,
  freed: () => void,
  { personId }: RequestOf<typeof takeBackContract>,
): Promise<ReplyOf<typeof takeBackContract>> {
  return await ledger.change(async ({ trx, afterCommit }) => {
    await trx.deleteFrom('waiting').where('person_id', '=', personId).execute()
    const { numUpdatedRows } = await trx
      .updateTable('open_arbitration')
      .set(FREE)
      .where('holder', '=', personId)
      .executeTakeFirst()
    if (numUpdatedRows > 0n) afterCommit(freed)
    return { pages: Number(numUpdatedRows) }
  })
}

export async function findArbiterImage(
  db: Kysely<DB>,
  { personId, leaseToken }: RequestOf<typeof imageContract>,
): Promise<ReplyOf<typeof imageContract>> {
  const row = await db
    .selectFrom('open_arbitration as o')
    .innerJoin('page as p', 'p.page_id', 'o.page_id')
    .select('p.image_sha256 as sha256')
    .where('o.token', '=', leaseToken)
    .where('o.holder', '=', personId)
    .where('o.until', '>', sql<Date>`clock_timestamp()`)
    .executeTakeFirst()
  if (row === undefined) throw new Problem('LEASE_ENDED')
  return row
}

interface LockedArbitration {
  readonly pageId: string
  readonly escalated: boolean
  /** 0: the page's own arbitration; of a panel, on which turn's keying; or of a ruling asked once more. */
  readonly seat: 0 | Seat | RecheckSeat
  readonly turn: number
  readonly isOpen: boolean
}

/**
 * The page that this lease was once given for, and whether its arbitration is open still, which is
 * then locked. It is not once the lease counts no more: the page is settled or passed on, or somebody
 * else has taken it up. A lease that merely ran out still counts.
 */
export async function lockArbitration(
  trx: Transaction<DB>,
  { personId, leaseToken }: Holding,
): Promise<LockedArbitration> {
  const { rows } = await sql<LockedArbitration>`
    with lease as (
      select page_id, escalated, seat, turn from arbitration_lease
      where lease_token = ${leaseToken} and person_id = ${personId}
    ), open as (
      select page_id from open_arbitration
      where (page_id, escalated, seat, turn) = (select page_id, escalated, seat, turn from lease)
        and (token is null or token = ${leaseToken})
      for update
    )
    select page_id as "pageId", escalated, seat, turn, exists (select from open) as "isOpen"
    from lease`.execute(trx)
  const [lease] = rows
  if (lease === undefined) throw new Problem('LEASE_ENDED')
  return lease
}

/** Frees arbitrations whose holders have gone silent. */
export function expireArbitrations(ledger: Ledger<DB>, freed: () => void, log: Logger): Errand {
  const expiring = errand('expire arbitrations', LOOK_EVERY_MS, log, async () => {
    const ended = await ledger.change(expireDueArbitrations)
    if (ended > 0) freed()
    if (ended === PAGES_A_ROUND_MAX) expiring.wake()
  })
  return expiring
}

/** Frees what is due now, a bounded number; what somebody works on at this moment waits a round. */
export async function expireDueArbitrations({ trx, count }: Change<DB>): Promise<number> {
  const { rows: ended } = await sql<{ campaign_id: string }>`
    update open_arbitration set holder = null, token = null, until = null
    where (page_id, seat) in (
      select page_id, seat from open_arbitration where until <= clock_timestamp()
      order by until limit ${PAGES_A_ROUND_MAX} for update skip locked)
    returning campaign_id`.execute(trx)
  count(ended.map((row) => ({ scope: row.campaign_id, measure: 'expired', amount: 1 })))
  return ended.length
}
