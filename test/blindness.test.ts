/**
 * Goal: whatever a typist tries, nothing that comes back tells whether a colleague has, had or keyed
 * the page (docs/spec/blindness.md).
 * Method: two installations with the same people, books and scans. In the one a colleague has been
 * at every page, in the other nobody; the same typist walks every door in both, and whatever comes
 * back must be the same. Doors are found in what the gateway and the contracts say of themselves.
 */
import type { TypingAssignment } from '@songnhap/contracts'
import { type Test, t } from 'tap'
import { DEEDS, finishBook, takeAll } from './blindness/colleague.ts'
import { findFiles, findMessages, findOperations, type Operation } from './blindness/doors.ts'
import { tryEveryDoor, tryEveryFile } from './blindness/every-door.ts'
import { closeConnections } from './blindness/exchange.ts'
import { holdPassed, openPassedBook } from './blindness/known-page.ts'
import { livePage, untilNext } from './blindness/page-life.ts'
import { livePageBySocket, sayNonsense } from './blindness/socket-life.ts'
import { differencesOf } from './blindness/transcript.ts'
import { openBook, openTwoWorlds, uploadScans, type World } from './blindness/two-worlds.ts'
import { beginVisit, tryOperation, type Visit } from './blindness/visit.ts'

// Servers are not in our process group: on Ctrl-C an ordinary exit takes them along.
process.once('SIGINT', () => process.exit(130))

/** What is told of pages once they are settled changes when one is: N10, and Q24 for what is in it. */
const OF_SETTLED_PAGES: ReadonlySet<string> = new Set(['GET /api/me/accuracy'])
/** What one person can hold; one place more stays free, so that a visit never ends up waiting. */
const LIVES_A_ROUND_MAX = 18

t.test('a typist in two worlds', async (t) => {
  t.teardown(closeConnections)
  const worlds = await openTwoWorlds(t)
  const all = await findOperations(worlds[0].gatewayUrl)
  const operations = all.filter(({ title }) => !OF_SETTLED_PAGES.has(title))
  t.equal(operations.length, all.length - OF_SETTLED_PAGES.size)
  const doors = operations.filter(({ needsLease }) => needsLease)
  const messages = findMessages()
  const orders = messages.filter(({ needsLease }) => needsLease)
  const files = await findFiles()
  const book = await openInBoth(worlds, 'Quyển 01', 'anybody')

  await t.test('N1, N2: every door and file, before a page, with it and after it', async (t) => {
    await compare(t, worlds, book, ['keyed'], async (visit) => {
      await tryEveryFile(visit, files)
      await tryEveryDoor(visit, operations, 'without a page')
      const mine = await visit.take()
      visit.putOnDesk(mine)
      await tryEveryDoor(visit, operations, 'with a page')
      await untilNext(visit, mine.sequence)
    })
  })

  const lives = doors.flatMap((first) => Object.keys(DEEDS).map((deed) => ({ first, deed })))
  for (const part of inRounds(lives)) {
    await t.test('N1: the life of a page, each door first in turn', async (t) => {
      const deeds = part.map(({ deed }) => deed)
      await compare(t, worlds, book, deeds, async (visit, theirs) => {
        for (const [index, { first, deed }] of part.entries()) {
          await livePage(visit, deed, first, doors, DEEDS[deed] ?? {}, theirs[index])
        }
      })
    })
  }

  await t.test('N1: the life of a page where pairs are declared', async (t) => {
    const [first] = doors
    if (first === undefined) throw new Error('no door is about a lease')
    const pairs = await openInBoth(worlds, 'Quyển 02', 'the pair')
    const deeds = Object.keys(DEEDS)
    await compare(t, worlds, pairs, deeds, async (visit, theirs) => {
      for (const [index, deed] of deeds.entries()) {
        await livePage(visit, deed, first, doors, DEEDS[deed] ?? {}, theirs[index])
      }
    })
  })

  const socketLives = orders.flatMap((first) => Object.keys(DEEDS).map((deed) => ({ first, deed })))
  for (const part of inRounds(socketLives)) {
    await t.test('N1: the life of a page over a websocket, each order first in turn', async (t) => {
      const deeds = part.map(({ deed }) => deed)
      await compare(t, worlds, book, deeds, async (visit, theirs) => {
        for (const [index, { first, deed }] of part.entries()) {
          await livePageBySocket(visit, deed, first, messages, DEEDS[deed] ?? {}, theirs[index])
        }
        await sayNonsense(visit, messages)
      })
    })
  }

  await t.test('Y1, N1: a known-answer page, each door and order first in turn', async (t) => {
    const lives: Life[] = [
      ...doors.map(
        (first): Life =>
          (visit) =>
            livePage(visit, 'known', first, doors, {}, undefined),
      ),
      ...orders.map(
        (first): Life =>
          (visit) =>
            livePageBySocket(visit, 'known', first, messages, {}, undefined),
      ),
    ]
    await compareKnown(t, worlds, lives, operations)
  })
})

type Life = (visit: Visit) => Promise<void>

/**
 * In the first world the typist is given, at places already passed, ordinary pages that somebody gave back; in
 * the second one known-answer pages stand there, whose answers two others keyed and two supervisors confirmed.
 */
async function compareKnown(
  t: Test,
  worlds: readonly [World, World],
  lives: readonly Life[],
  operations: readonly Operation[],
): Promise<void> {
  const scans = Array.from({ length: lives.length + 2 }, (_, index) => pages + index)
  pages += scans.length
  const [ordinary, known] = await Promise.all(
    worlds.map(async (world, index) => {
      const book = await openPassedBook(world, 'Quyển 03', { passed: lives.length, scans })
      const visit = await beginVisit(world, book)
      for (const [at, live] of lives.entries()) {
        await holdPassed(world, book, at + 1, index === 1)
        await live(visit)
        if (at > 0) continue
        for (const operation of operations) await tryOperation(visit, 'after it', operation)
      }
      return visit.transcript
    }),
  )
  if (ordinary === undefined || known === undefined) throw new Error('a world is missing')
  t.comment(`${ordinary.lines.length} answers were compared`)
  t.same(differencesOf(ordinary, known), [], 'nothing tells a known-answer page from another')
}

async function openInBoth(
  worlds: readonly [World, World],
  name: string,
  whoMeets: 'anybody' | 'the pair',
) {
  const [book] = await Promise.all(
    worlds.map((world) => {
      const pair: [string, string] = [world.typist.person.personId, world.colleague.person.personId]
      return openBook(world, name, whoMeets === 'anybody' ? [] : [pair])
    }),
  )
  if (book === undefined) throw new Error('there is no world')
  return book
}

function inRounds<T>(lives: readonly T[]): T[][] {
  const rounds = Math.ceil(lives.length / LIVES_A_ROUND_MAX)
  const size = Math.ceil(lives.length / rounds)
  return Array.from({ length: rounds }, (_, index) => lives.slice(index * size, (index + 1) * size))
}

let pages = 0

type Round = (visit: Visit, theirs: readonly (TypingAssignment | undefined)[]) => Promise<void>

/**
 * One round: the same scans come in; in the second world the colleague gets hold of every page and
 * does what is done `before`; then the typist does the same in both. In the end all is keyed.
 */
async function compare(
  t: Test,
  worlds: readonly [World, World],
  book: { campaignId: string; bookId: string },
  deeds: readonly string[],
  round: Round,
): Promise<void> {
  const first = pages
  pages += deeds.length + 1
  const numbers = Array.from({ length: deeds.length + 1 }, (_, index) => first + index)
  const [untouched, touched] = await Promise.all(
    worlds.map(async (world, index) => {
      await uploadScans(world, book.bookId, numbers)
      const theirs = index === 0 ? [] : await touchAll(world, deeds)
      const visit = await beginVisit(world, book)
      await round(visit, theirs)
      await finishBook(world)
      return visit.transcript
    }),
  )
  if (untouched === undefined || touched === undefined) throw new Error('a world is missing')
  t.comment(`${untouched.lines.length} answers were compared`)
  t.same(differencesOf(untouched, touched), [], 'nothing tells the two worlds apart')
  const told = JSON.stringify([untouched.lines, touched.lines])
  t.notMatch(told, /type[\\":]+(watching|changed)/, 'W20: a typist hears of no change')
}

/** The colleague's leases, by the order of the pages. */
async function touchAll(world: World, deeds: readonly string[]) {
  const theirs = [...(await takeAll(world, deeds.length)).values()]
  if (theirs.length < deeds.length) throw new Error('the colleague was not given every page')
  for (const [index, assignment] of theirs.entries()) {
    await DEEDS[deeds[index] ?? '']?.before?.(world, assignment)
  }
  return theirs
}
