import type { Bus } from '@songnhap/bus'
import { assignmentOffered } from '@songnhap/contracts'
import { type Errand, errand, type Ledger } from '@songnhap/database'
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import { fillAssignments } from './fill-assignments.ts'
import { lockPerson } from './person.ts'
import type { DB } from './schema.gen.ts'
import { stopWaiting } from './waiting.ts'

const LOOK_EVERY_MS = 2_000
const PEOPLE_A_ROUND_MAX = 64

/** Offers pages to those who wait, the longest-waiting first. */
export function offerPages(
  db: Kysely<DB>,
  ledger: Ledger<DB>,
  bus: Pick<Bus, 'push'>,
  leaseSeconds: number,
  log: Logger,
): Errand {
  return errand('offer pages', LOOK_EVERY_MS, log, () => offerRound(db, ledger, bus, leaseSeconds))
}

async function offerRound(
  db: Kysely<DB>,
  ledger: Ledger<DB>,
  bus: Pick<Bus, 'push'>,
  leaseSeconds: number,
): Promise<void> {
  await db.deleteFrom('waiting').where('until', '<=', new Date()).execute()
  if ((await openPageIn(db)) === undefined) return
  const people = await db
    .selectFrom('waiting')
    .select('person_id')
    .orderBy('since')
    .limit(PEOPLE_A_ROUND_MAX)
    .execute()
  for (const { person_id } of people) await offerTo(ledger, bus, leaseSeconds, person_id)
}

async function openPageIn(db: Kysely<DB>) {
  return await db
    .selectFrom('open_page')
    .select('page_id')
    .where('free', '>', 0)
    .limit(1)
    .executeTakeFirst()
}

async function offerTo(
  ledger: Ledger<DB>,
  bus: Pick<Bus, 'push'>,
  leaseSeconds: number,
  personId: string,
): Promise<void> {
  await ledger.change(async ({ trx, afterCommit }) => {
    const person = await lockPerson(trx, personId)
    // Looked up under the lock: whoever asked again meanwhile may wait no longer.
    const waiting = await trx
      .selectFrom('waiting')
      .select('capacity')
      .where('person_no', '=', person.personNo)
      .executeTakeFirst()
    if (waiting === undefined) return
    const assignments = await fillAssignments(trx, person, waiting.capacity, leaseSeconds)
    // Being offered something is not asking: the wait is ended by it, never lengthened.
    if (assignments.length >= waiting.capacity) await stopWaiting(trx, person.personNo)
    const offered = assignments.filter(({ pageId }) => !person.holding.includes(pageId))
    afterCommit(() => {
      for (const assignment of offered)
        bus.push(assignmentOffered, personId, { personId, assignment })
    })
  })
}
