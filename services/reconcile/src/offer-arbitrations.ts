import type { Bus } from '@songnhap/bus'
import { assignmentOffered } from '@songnhap/contracts'
import { type Errand, errand, type Ledger } from '@songnhap/database'
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { DB } from './schema.gen.ts'
import { type Asking, fillArbitrations, stopWaiting } from './take-arbitrations.ts'

const LOOK_EVERY_MS = 2_000
const PEOPLE_A_ROUND_MAX = 64

/** Offers arbitrations to those who wait, the longest-waiting first. */
export function offerArbitrations(
  db: Kysely<DB>,
  ledger: Ledger<DB>,
  bus: Pick<Bus, 'push'>,
  leaseSeconds: number,
  log: Logger,
): Errand {
  return errand('offer arbitrations', LOOK_EVERY_MS, log, async () => {
    await db.deleteFrom('waiting').where('until', '<=', new Date()).execute()
    const people = await db
      .selectFrom('waiting')
      .selectAll()
      .where(({ exists, selectFrom, ref }) =>
        exists(
          selectFrom('open_arbitration as o')
            .select('o.page_id')
            .where('o.token', 'is', null)
            .where('o.escalated', '=', ref('waiting.escalated')),
        ),
      )
      .orderBy('since')
      .limit(PEOPLE_A_ROUND_MAX)
      .execute()
    for (const { person_id, escalated, capacity } of people) {
      await offerTo(ledger, bus, leaseSeconds, { personId: person_id, escalated, capacity })
    }
  })
}

async function offerTo(
  ledger: Ledger<DB>,
  bus: Pick<Bus, 'push'>,
  leaseSeconds: number,
  asking: Asking,
): Promise<void> {
  const { personId, capacity } = asking
  await ledger.change(async ({ trx, afterCommit }) => {
    const { assignments, added } = await fillArbitrations(trx, asking, leaseSeconds)
    if (assignments.length >= capacity) await stopWaiting(trx, asking)
    afterCommit(() => {
      for (const assignment of added)
        bus.push(assignmentOffered, personId, { personId, assignment })
    })
  })
}
