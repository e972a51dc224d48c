/**
 * Goal: how long an answer takes does not tell whether a colleague has keyed the page (rule N3 of
 * docs/spec/blindness.md).
 * Method: two installations take turns, try by try; in each of them a colleague keyed every second
 * page, in the one those that are untouched in the other. Medians are compared, and measured again when
 * they lie apart: only what lies apart three times over is no noise.
 */
import { type Test, t } from 'tap'
import { DEEDS, finishBook, takeAll } from './blindness/colleague.ts'
import { closeConnections } from './blindness/exchange.ts'
import { measurePage, medianOf, type Times } from './blindness/measure-doors.ts'
import { openBook, openTwoWorlds, uploadScans, type World } from './blindness/two-worlds.ts'

// Servers are not in our process group: on Ctrl-C an ordinary exit takes them along.
process.once('SIGINT', () => process.exit(130))

/** A round; as many as one person can hold. */
const PAGES = 20
const ROUNDS_MAX = 3
/** What a shared machine's noise leaves of medians of so few, and nobody sees through a network. */
const APART_MAX_MS = 5
const APART_MAX_SHARE = 0.25

t.test('N3: the time an answer takes tells nothing', async (t) => {
  t.teardown(closeConnections)
  await compareTimes(t, await openTwoWorlds(t))
})

async function compareTimes(t: Test, worlds: readonly [World, World]): Promise<void> {
  let apart: string[] = []
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const measured = await measureRound(worlds, round)
    const suspects = apartIn(measured)
    for (const line of suspects) t.comment(line)
    // What lay apart in one round and not in the next was noise.
    apart = round === 0 ? suspects : suspects.filter((line) => apart.some(sameDoor(line)))
    if (apart.length === 0) break
  }
  t.same(apart, [], 'medians lie no further apart than noise')
}

const sameDoor = (line: string) => (other: string) => line.split(':')[0] === other.split(':')[0]

interface Measured {
  readonly untouched: Times
  readonly touched: Times
}

async function measureRound(worlds: readonly [World, World], round: number): Promise<Measured> {
  await Promise.all(worlds.map((world, index) => prepareRound(world, round, index)))
  const measured: Measured = { untouched: new Map(), touched: new Map() }
  for (let place = 0; place < PAGES; place += 1) {
    // By turns also which of the two goes first.
    for (const index of place % 4 < 2 ? [0, 1] : [1, 0]) {
      const world = worlds[index]
      const kind = isTouched(place, index) ? 'touched' : 'untouched'
      const ends = place % 4 < 3 ? 'keyed' : 'skipped'
      if (world !== undefined) await measurePage(world, measured[kind], ends)
    }
  }
  await Promise.all(worlds.map((world) => finishBook(world)))
  return measured
}

const isTouched = (place: number, world: number) => place % 2 === world

/** The colleague holds every page, keys half of them, and lets the others be as if never held. */
async function prepareRound(world: World, round: number, index: number): Promise<void> {
  const { bookId } = await openBook(world, `Quyển ${round + 1}`)
  const numbers = Array.from({ length: PAGES }, (_, place) => round * PAGES + place)
  await uploadScans(world, bookId, numbers)
  const theirs = await takeAll(world, PAGES)
  for (let place = 0; place < PAGES; place += 1) {
    const assignment = theirs.get(place + 1)
    if (assignment === undefined) throw new Error('the colleague was not given every page')
    const deeds = isTouched(place, index) ? DEEDS['keyed'] : DEEDS['given back']
    await deeds?.before?.(world, assignment)
  }
}

/** Doors whose medians lie too far apart, a line each. */
function apartIn({ untouched, touched }: Measured): string[] {
  return [...untouched].flatMap(([door, times]) => {
    const [one, other] = [medianOf(times), medianOf(touched.get(door) ?? [])]
    const bound = Math.max(APART_MAX_MS, APART_MAX_SHARE * Math.max(one, other))
    if (Math.abs(one - other) <= bound) return []
    return [`${door}: ${one.toFixed(1)} ms untouched, ${other.toFixed(1)} ms touched`]
  })
}
