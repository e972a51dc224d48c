import type { Bus } from '@songnhap/bus'
import { assignmentOffered } from '@songnhap/contracts'
import { type Errand, errand, type Ledger } from '@songnhap/database'
import { type Kysely, sql } from 'kysely'
import type { Logger } from 'pino'
import type { DB } from './schema.gen.ts'
import {
  type Asking,
  fillArbitrations,
  lockArbiter,
  stopWaiting,
  waitBehind,
} from './take-arbitrations.ts'

const LOOK_EVERY_MS = 2_000
const PEOPLE_A_ROUND_MAX = 64

/** Offers arbitrations to those who wait, in turn. */
export function offerArbitrations(
  db: Kysely<DB>,
  ledger: Ledger<DB>,
  bus: Pick<Bus, 'push'>,
  leaseSeconds: number,
  log: Logger,
): Errand {
  const offering = errand('offer arbitrations', LOOK_EVERY_MS, log, async () => {
    await db.deleteFrom('waiting').where('until', '<=', sql<Date>`clock_timestamp()`).execute()
    const people = await selectWaiting(db)
    let offers = 0
    for (const { person_id: personId, escalated } of people) {
      offers += await offerTo(ledger, bus, leaseSeconds, { personId, escalated })
    }
    // There may be more people than a round reaches, and more work for them.
    if (people.length === PEOPLE_A_ROUND_MAX && offers > 0) offering.wake()
  })
  return offering
}

/** Those who wait for a kind of work of which there is some. */
async function selectWaiting(db: Kysely<DB>) {
  return await db
    .selectFrom('waiting')
    .select(['person_id', 'escalated'])
    .where(({ exists, selectFrom, ref }) =>
      exists(
        selectFrom('open_arbitration as o')
          .select('o.page_id')
          .where('o.token', 'is', null)
          .where('o.escalated', '=', ref('waiting.escalated'))
          .where(sql<boolean>`not exists (select from aside_page a where a.page_id = o.page_id)`),
      ),
    )
    .orderBy('since')
    .limit(PEOPLE_A_ROUND_MAX)
    .execute()
}

async function offerTo(
  ledger: Ledger<DB>,
  bus: Pick<Bus, 'push'>,
  leaseSeconds: number,
  { personId, escalated }: Omit<Asking, 'capacity'>,
): Promise<number> {
  return await ledger.change(async (change) => {
    const { trx, afterCommit } = change
    await lockArbiter(trx, personId)
    // Looked up under the lock: whoever asked again meanwhile may wait no longer.
    const waiting = await trx
      .selectFrom('waiting')
      .select('capacity')
      .where('person_id', '=', personId)
      .where('escalated', '=', escalated)
      .executeTakeFirst()
    if (waiting === undefined) return 0
    const asking = { personId, escalated, capacity: waiting.capacity }
    const { assignments, added } = await fillArbitrations(change, asking, leaseSeconds)
    if (assignments.length >= asking.capacity) await stopWaiting(trx, asking)
    else await waitBehind(trx, asking)
    afterCommit(() => {
      for (const assignment of added)
        bus.push(assignmentOffered, personId, { personId, assignment })
    })
    return added.length
  })
}
