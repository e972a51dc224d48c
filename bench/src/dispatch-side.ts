import { connectBus } from '@songnhap/bus'
import { submitEntry, type TypingAssignment, takeAssignments } from '@songnhap/contracts'
import type { Installation } from '@songnhap/local'
import { sampleTruth } from '@songnhap/samples'
import pg from 'pg'
import { pino } from 'pino'
import { loadOpenPages } from './load-open-pages.ts'

const SEED = 1
const TEXTS = 50

/** What one turn of one side brought. */
export interface Turn {
  readonly done: number
  readonly seconds: number
  /** How long each took; empty where it cannot be seen. */
  readonly latenciesMs: readonly number[]
}

/** One of those that are measured against each other. */
export interface Side {
  readonly name: string
  turn(milliseconds: number): Promise<Turn>
  close(): Promise<void>
}

/** Our entry service with a backlog of so many pages, asked over the bus; the others stand still. */
export async function openDispatch(
  { databaseUrl, servers, services, namespace }: Installation,
  pages: number,
  clients: number,
): Promise<Side> {
  await Promise.all([...services.gateway, ...services.reconcile].map((other) => other.stop()))
  const database = new pg.Pool({ connectionString: databaseUrl, max: 1 })
  const people = await loadOpenPages(database, pages)
  await database.end()
  const log = pino({ level: 'silent' })
  const bus = await connectBus({ url: servers.natsUrl, namespace, name: 'bench', log })
  const texts = Array.from({ length: TEXTS }, (_, index) => sampleTruth(SEED, index))
  const held = new Map<string, TypingAssignment | undefined>()
  let next = 0

  /** Completes what this person holds and takes the next page, in one request. */
  async function completeAndTake(personId: string): Promise<void> {
    const page = held.get(personId)
    const { assignments } =
      page === undefined
        ? await bus.ask(takeAssignments, { personId, capacity: 1 })
        : await bus.ask(submitEntry, {
            personId,
            entryId: crypto.randomUUID(),
            pageId: page.pageId,
            leaseToken: page.leaseToken,
            records: texts[next % TEXTS] ?? [],
            capacity: 1,
          })
    held.set(personId, assignments[0])
  }

  for (const personId of people) await completeAndTake(personId)
  return {
    name: `ours, ${pages} open pages`,
    turn: (milliseconds) =>
      atOnce(clients, milliseconds, async () => {
        next += 1
        await completeAndTake(people[next % people.length] ?? '')
      }),
    close: () => bus.close(),
  }
}

/** So many at a time, one after the other each, until the time is up. */
export async function atOnce(
  clients: number,
  milliseconds: number,
  act: () => Promise<void>,
): Promise<Turn> {
  const latenciesMs: number[] = []
  const began = performance.now()
  const work = async () => {
    while (performance.now() - began < milliseconds) {
      const asked = performance.now()
      await act()
      latenciesMs.push(performance.now() - asked)
    }
  }
  await Promise.all(Array.from({ length: clients }, work))
  return { done: latenciesMs.length, seconds: (performance.now() - began) / 1000, latenciesMs }
}
