/**
 * Goal: whatever several people do with the same pages, in whatever order, the promises hold.
 * Method: random days on a real database; after each, two new people finish what is left.
 */
import { entrySubmitted, Problem, type TypingAssignment } from '@songnhap/contracts'
import { factsSaid, newPeople } from '@songnhap/testkit'
import fc from 'fast-check'
import { t } from 'tap'
import { releaseAssignment, renewAssignment, skipPage } from '../src/end-lease.ts'
import { type House, openHouse, TIMES } from './open-house.ts'

const PEOPLE = 4
const PAGES = 3
const DAYS = 25
const DEEDS_MAX = 25

const nobody = () => {}
const who = fc.integer({ min: 0, max: PEOPLE - 1 })
const deed = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('take'), who, which: fc.nat(2) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('submit'), who, which: fc.nat(5) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom('renew', 'release', 'skip'),
      who,
      which: fc.nat(5),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('time passes'), who, which: fc.nat(0) }) },
)
type Deed = typeof deed extends fc.Arbitrary<infer D> ? D : never

t.test('A1, A8, A14: the promises hold through any day', async (t) => {
  const house = await openHouse(t)
  const property = fc.asyncProperty(
    fc.array(deed, { minLength: 5, maxLength: DEEDS_MAX }),
    async (deeds) => {
      await house.db.deleteFrom('open_page').execute()
      const { pages } = await house.open(PAGES)
      const keyed = await liveThrough(house, deeds)
      await finish(house)
      for (const { pageId } of pages) await checkPage(house, pageId)
      if ((await house.db.selectFrom('open_page').select('page_id').execute()).length > 0)
        throw new Error('a page is stuck')
      const said = await factsSaid(house.db, entrySubmitted)
      for (const id of keyed) {
        if (said.filter(({ entryId }) => entryId === id).length !== 1)
          throw new Error('an entry was not said exactly once')
      }
    },
  )
  await fc.assert(property, { numRuns: DAYS })
  t.pass('through every one of them')
})

/** Returns the ids of all entries that were taken. */
async function liveThrough(house: House, deeds: readonly Deed[]): Promise<string[]> {
  const people = newPeople(PEOPLE).map((personId) => ({
    personId,
    leases: new Map<string, TypingAssignment>(),
  }))
  const keyed: string[] = []
  for (const { kind, who, which } of deeds) {
    const person = people[who]
    if (person === undefined) continue
    const { personId, leases } = person
    if (kind === 'time passes') {
      await house.endLeases()
      continue
    }
    if (kind === 'take') {
      const held = await house.take(personId, which + 1)
      for (const assignment of held) leases.set(assignment.leaseToken, assignment)
      continue
    }
    const lease = [...leases.values()].at(which % Math.max(1, leases.size))
    if (lease === undefined) continue
    if (kind === 'submit') keyed.push((await house.submit(personId, lease)).entryId)
    else await tryWith(house, kind, personId, lease)
  }
  return keyed
}

/** What can be refused is refused in one way only, and exactly when the lease is not held. */
async function tryWith(house: House, kind: string, personId: string, lease: TypingAssignment) {
  const { ledger, db } = house
  const holding = { personId, leaseToken: lease.leaseToken }
  const live = await db
    .selectFrom('open_page')
    .select('page_id')
    .where((eb) =>
      eb.or([eb('token_1', '=', lease.leaseToken), eb('token_2', '=', lease.leaseToken)]),
    )
    .executeTakeFirst()
  const refused = await codeOf(() => {
    if (kind === 'renew') return renewAssignment(ledger, TIMES.leaseSeconds, holding)
    if (kind === 'release') return releaseAssignment(ledger, nobody, holding)
    return skipPage(ledger, nobody, { ...holding, reason: 'other' })
  })
  const expected = live === undefined ? 'LEASE_ENDED' : undefined
  if (refused !== expected) throw new Error(`${kind} was answered with ${refused}`)
}

async function codeOf(doing: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await doing()
    return undefined
  } catch (error) {
    if (error instanceof Problem) return error.code
    throw error
  }
}

async function finish(house: House): Promise<void> {
  await house.endLeases()
  for (const personId of newPeople(2)) {
    for (const page of await house.take(personId, PAGES)) await house.submit(personId, page)
  }
}

async function checkPage(house: House, pageId: string): Promise<void> {
  const entries = await house.entriesOf(pageId)
  const passes = entries.filter(({ pass }) => pass !== null)
  const people = new Set(passes.map(({ person_id }) => person_id))
  if (passes.length !== 2 || people.size !== 2)
    throw new Error('a page was not keyed by two different people')
}
