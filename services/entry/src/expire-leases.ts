import { type Change, type Errand, errand, type Ledger, momentIn } from '@songnhap/database'
import type { Logger } from 'pino'
import { scopesOf } from './end-lease.ts'
import { changePass, lockOpenPage } from './open-page.ts'
import type { DB } from './schema.gen.ts'

const LOOK_EVERY_MS = 1_000
const PAGES_A_ROUND_MAX = 100

/** Frees passes whose holders have gone silent. */
export function expireLeases(ledger: Ledger<DB>, pageFreed: () => void, log: Logger): Errand {
  const expiring = errand('expire leases', LOOK_EVERY_MS, log, async () => {
    const freed = await ledger.change(expireDue)
    if (freed > 0) pageFreed()
    if (freed === PAGES_A_ROUND_MAX) expiring.wake()
  })
  return expiring
}

/** Frees what is due now, a bounded number of pages; returns how many. */
export async function expireDue(change: Change<DB>): Promise<number> {
  const now = await momentIn(change.trx, 0)
  const due = await change.trx
    .selectFrom('open_page')
    .select('page_id')
    .where('due', '<=', now)
    .orderBy('due')
    .limit(PAGES_A_ROUND_MAX)
    .forUpdate()
    .skipLocked()
    .execute()
  for (const { page_id } of due) await expirePage(change, page_id, now)
  return due.length
}

async function expirePage({ trx, count }: Change<DB>, pageId: string, now: Date): Promise<void> {
  for (const pass of [1, 2] as const) {
    const page = await lockOpenPage(trx, pageId)
    const state = page?.passes[pass]
    if (page === undefined || state?.kind !== 'leased' || state.until > now) continue
    await changePass(trx, page, pass, { kind: 'give-back' })
    const scopes = await scopesOf(trx, pageId)
    count(scopes.map((scope) => ({ scope, measure: 'expired', amount: 1 })))
  }
}
