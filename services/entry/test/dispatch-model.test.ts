/**
 * Goal: whatever several people do with the same pages, in whatever order, the promises hold.
 * Method: random days on a real database; after each, two new people finish what is left.
 */
import { isDeepStrictEqual } from 'node:util'
import { entrySubmitted, Problem, type TypingAssignment } from '@songnhap/contracts'
import { factsSaid, newPeople, recordOf } from '@songnhap/testkit'
import fc from 'fast-check'
import { t } from 'tap'
import { releaseAssignment, renewAssignment, skipPage } from '../src/end-lease.ts'
import { type House, openHouse, TIMES, want } from './open-house.ts'

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
  // `which` says the page, its pass, and whether all of its records: at any moment, also before the
  // page was keyed at all; `who` saw a reading of it.
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('want'), who, which: fc.nat(11) }) },
)

interface Wanted {
  readonly pass: 1 | 2
  readonly turn: number
  readonly records: number
  /** Who saw a reading, and who had an entry on the page by then. */
  readonly arbiter: string
  readonly keyedBy: readonly string[]
}

type Deed = typeof deed extends fc.Arbitrary<infer D> ? D : never

t.test('A1, A8, A14, A23, A24: the promises hold through any day', async (t) => {
  const house = await openHouse(t)
  const property = fc.asyncProperty(
    fc.array(deed, { minLength: 5, maxLength: DEEDS_MAX }),
    async (deeds) => {
      await house.db.deleteFrom('open_page').execute()
      const { pages } = await house.open(PAGES)
      const wanted = new Map(pages.map(({ pageId }) => [pageId, [] as Wanted[]]))
      const keyed = await liveThrough(house, deeds, wanted)
      await finish(house)
      for (const { pageId } of pages) await checkPage(house, pageId, wanted.get(pageId) ?? [])
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

/** Returns the ids of all entries that were taken, and keeps what was wanted. */
async function liveThrough(
  house: House,
  deeds: readonly Deed[],
  wanted: Map<string, Wanted[]>,
): Promise<string[]> {
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
    if (kind === 'want') {
      await wantAgain(house, wanted, which, personId)
      continue
    }
    if (kind === 'take') {
      const held = await house.take(personId, which + 1)
      for (const assignment of held) leases.set(assignment.leaseToken, assignment)
      continue
    }
    const lease = [...leases.values()].at(which % Math.max(1, leases.size))
    if (lease === undefined) continue
    if (kind === 'submit') keyed.push(await keyAsAsked(house, personId, lease))
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

async function wantAgain(
  house: House,
  wanted: Map<string, Wanted[]>,
  which: number,
  arbiter: string,
): Promise<void> {
  const [pageId = '', before = []] = [...wanted][which % PAGES] ?? []
  const pass = which % 2 === 0 ? 1 : 2
  const turn = 2 + before.filter((one) => one.pass === pass).length
  const places = which >= 6 ? [1, 3] : undefined
  const keyedBy = (await house.entriesOf(pageId)).map(({ person_id }) => person_id)
  before.push({ pass, turn, records: places?.length ?? 1, arbiter, keyedBy })
  await want(house, pageId, { pass, turn, notBy: [arbiter], ...(places && { places }) })
}

async function keyAsAsked(
  house: House,
  personId: string,
  { places, ...lease }: TypingAssignment,
): Promise<string> {
  const records = Array.from({ length: places?.length ?? 1 }, () => recordOf())
  return (await house.submit(personId, lease, { records })).entryId
}

/** New people, as many as it takes: who keyed a page has no part in its further turns. */
async function finish(house: House): Promise<void> {
  await house.endLeases()
  for (const personId of newPeople(2 + DEEDS_MAX)) {
    const pages = await house.take(personId, PAGES)
    if (pages.length === 0) return
    for (const page of pages) await keyAsAsked(house, personId, page)
  }
}

/** Each pass once, each further turn once, every one of them by somebody else, none by an arbiter. */
async function checkPage(house: House, pageId: string, wanted: readonly Wanted[]): Promise<void> {
  const entries = await house.entriesOf(pageId)
  const filling = entries.filter(({ pass }) => pass !== null)
  const people = new Set(filling.map(({ person_id }) => person_id))
  if (people.size !== filling.length) throw new Error('somebody keyed a page more than once')
  const first = [1, 2].map((pass) => ({ pass, turn: 1, records: 1 }))
  const due = [...first, ...wanted].map(({ pass, turn, records }) => `${pass} ${turn} ${records}`)
  const done = filling.map(
    ({ pass, turn, records }) => `${pass} ${turn} ${Array.isArray(records) ? records.length : 0}`,
  )
  if (!isDeepStrictEqual(due.toSorted(), done.toSorted()))
    throw new Error(`of ${due.sort()} were keyed ${done.sort()}`)
  for (const { arbiter, keyedBy } of wanted) {
    if (people.has(arbiter) && !keyedBy.includes(arbiter))
      throw new Error('who saw a reading keyed the page after that')
  }
}
