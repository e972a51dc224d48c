/**
 * Goal: no order of events loses, doubles or reorders a fact. Method: random schedules over real
 * databases; after each one the road is healed and the follower must have heard the whole ledger.
 */
import { openLedger, verifyLedger } from '@songnhap/database'
import fc from 'fast-check'
import { t } from 'tap'
import { relayOnce } from '../src/relay.ts'
import { noteTaken, readHeard, readSaid, testNotes } from './fixtures/notes.ts'
import { hear, openRoad } from './fixtures/road.ts'

const SCHEDULES = 60
const STEPS_MAX = 20

type Step =
  | { do: 'commit'; facts: number }
  | { do: 'relay' }
  | { do: 'relay, breaking'; at: number; when: 'before' | 'after' }
  | { do: 'deliver' | 'deliver to two' | 'drop'; which: number }
  | { do: 'wipe' | 'silence' }

const index = fc.nat({ max: 50 })
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({ do: fc.constant('commit'), facts: fc.integer({ min: 1, max: 40 }) }),
    },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('relay') }) },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant('relay, breaking'),
        at: fc.nat({ max: 3 }),
        when: fc.constantFrom('before', 'after'),
      }),
    },
    {
      weight: 6,
      arbitrary: fc.record({
        do: fc.constantFrom('deliver', 'deliver to two', 'drop'),
        which: index,
      }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('wipe', 'silence') }) },
  ),
  { maxLength: STEPS_MAX },
)

t.test(
  'L11–L13, L17: whatever happens on the road, each fact is heard once and in order',
  async (t) => {
    const [producer, hearing] = await Promise.all([testNotes(t), testNotes(t, 'entry')])
    const ledger = openLedger(producer.db, () => {})
    const follower = { ...hearing, ledger: openLedger(hearing.db, () => {}) }
    const road = openRoad()
    let taken = 0

    const take = async (step: Step): Promise<unknown> => {
      switch (step.do) {
        case 'commit':
          return ledger.change(async ({ say }) => {
            for (let i = 0; i < step.facts; i++) say(noteTaken, { number: ++taken })
          })
        case 'relay':
          return relayOnce(producer.db, road.publisher())
        case 'relay, breaking':
          return relayOnce(producer.db, road.publisher(step)).catch(() => {})
        case 'wipe':
          return road.messages.splice(0)
        case 'silence':
          return hear(producer, follower, [null])
      }
      const message = road.messages[step.which % road.messages.length]
      if (message === undefined) return
      if (step.do === 'drop') return road.messages.splice(road.messages.indexOf(message), 1)
      const followers = step.do === 'deliver' ? 1 : 2
      return Promise.all(
        Array.from({ length: followers }, () => hear(producer, follower, [message])),
      )
    }

    await fc.assert(
      fc.asyncProperty(steps, async (schedule) => {
        for (const step of schedule) {
          await take(step)
          const heard = await readHeard(follower.db)
          t.same(heard, (await readSaid(producer.db)).slice(0, heard.length))
        }
        while ((await relayOnce(producer.db, road.publisher())) > 0);
        await hear(producer, follower, [null])
        t.same(await readHeard(follower.db), await readSaid(producer.db))
        t.equal((await readSaid(producer.db)).length, taken)
        road.messages.splice(0)
      }),
      { numRuns: SCHEDULES },
    )
    t.same(await verifyLedger(producer.db), { sound: true, positions: taken })
  },
)
