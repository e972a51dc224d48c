import type { Bus } from '@songnhap/bus'
import { assignmentOffered } from '@songnhap/contracts'
import { type Errand, errand, type Ledger } from '@songnhap/database'
import { type Kysely, sql } from 'kysely'
import type { Logger } from 'pino'
import { fillHands } from './fill-hands.ts'
import { lockPerson } from './person.ts'
import type { DB } from './schema.gen.ts'
import { waitBehind } from './waiting.ts'

const LOOK_EVERY_MS = 2_000
const PEOPLE_A_ROUND_MAX = 64

/** Offers pages to those who wait. */
export function offerPages(
  db: Kysely<DB>,
  ledger: Ledger<DB>,
  bus: Pick<Bus, 'push'>,
  leaseSeconds: number,
  log: Logger,
): Errand {
  const offering = errand('offer pages', LOOK_EVERY_MS, log, async () => {
    const { people, offers } = await offerRound(db, ledger, bus, leaseSeconds)
    // There may be more people than a round reaches, and more pages for them.
    if (people === PEOPLE_A_ROUND_MAX && offers > 0) offering.wake()
  })
  return offering
}

async function offerRound(
  db: Kysely<DB>,
  ledger: Ledger<DB>,
  bus: Pick<Bus, 'push'>,
  leaseSeconds: number,
): Promise<{ people: number; offers: number }> {
  await db.deleteFrom('waiting').where('until', '<=', sql<Date>`clock_timestamp()`).execute()
  if ((await openPageIn(db)) === undefined) return { people: 0, offers: 0 }
  const people = await drawRound(db)
  let offers = 0
  for (const { person_id } of people) offers += await offerTo(ledger, bus, leaseSeconds, person_id)
  return { people: people.length, offers }
}

/**
 * Those who have waited longest, in random order: were they served in turn, the two who stand next
 * to each other in the queue would become a standing pair.
 */
async function drawRound(db: Kysely<DB>): Promise<{ person_id: string }[]> {
  return await db
    .selectFrom((from) =>
      from
        .selectFrom('waiting')
        .select('person_id')
        .orderBy('since')
        .limit(PEOPLE_A_ROUND_MAX)
        .as('longest'),
    )
    .select('person_id')
    .orderBy(sql`random()`)
    .execute()
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
): Promise<number> {
  return await ledger.change(async ({ trx, afterCommit }) => {
    const person = await lockPerson(trx, personId)
    // Looked up under the lock: whoever asked again meanwhile may wait no longer.
    const waiting = await trx
      .selectFrom('waiting')
      .select('capacity')
      .where('person_no', '=', person.personNo)
      .executeTakeFirst()
    if (waiting === undefined) return 0
    const { assignments, isFull } = await fillHands(
      trx,
      person.personNo,
      waiting.capacity,
      leaseSeconds,
    )
    // Being offered something is not asking: the wait is ended by it, never lengthened.
    if (!isFull) await waitBehind(trx, person.personNo)
    const offered = assignments.filter(({ pageId }) => !person.holding.includes(pageId))
    afterCommit(() => {
      for (const assignment of offered)
        bus.push(assignmentOffered, personId, { personId, assignment })
    })
    return offered.length
  })
}
