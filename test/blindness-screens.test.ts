/**
 * Goal: no screen of a typist, and nothing that the browser stores, tells of a colleague (N9), or which page is a
 * known-answer page (Y1). Method: two installations as in `blindness.test.ts`; the same typist does the same at
 * the desk in real Chromium, and after each step the whole document and the sizes of everything stored are compared.
 */
import { isDeepStrictEqual } from 'node:util'
import { eventually } from '@songnhap/testkit'
import { t } from 'tap'
import { DEEDS, takeAll } from './blindness/colleague.ts'
import { holdPassed, letGo, openPassedBook } from './blindness/known-page.ts'
import { openTwoWorlds, type World } from './blindness/two-worlds.ts'
import { lookAround, stepsThrough } from './blindness/walk-screens.ts'
import { openBrowser } from './workplace/open-world.ts'

// Servers are not in our process group: on Ctrl-C an ordinary exit takes them along.
process.once('SIGINT', () => process.exit(130))

/** The first place is the known-answer page, those after it are the colleague's, the next was keyed before. */
const PASSED = Object.keys(DEEDS).length + 1
const PLACES = [...Array.from({ length: PASSED }, (_, index) => index + 1), PASSED + 2]

t.test(
  "N9, Y1: a typist's screens and browser are the same whether a colleague was there, and for a known-answer page",
  async (t) => {
    const worlds = await openTwoWorlds(t)
    const pages = await Promise.all(
      worlds.map(async (world, index) => {
        const scans = Array.from({ length: PASSED + 2 }, (_, number) => number)
        const book = await openPassedBook(world, 'Quyển 01', { passed: PASSED, scans })
        await holdPassed(world, book, 1, index === 1)
        await letGo(world, book)
        if (index === 1) await touchAll(world)
        const { context } = await openBrowser(t)
        const page = context.pages()[0] ?? (await context.newPage())
        await page.goto(world.gatewayUrl)
        return page
      }),
    )
    for (const { title, act } of stepsThrough(PLACES)) {
      await Promise.all(pages.map(act))
      // One computer is a moment behind the other; what tells of a colleague would stay.
      const seen = await eventually(
        () => Promise.all(pages.map(lookAround)),
        ([untouched, touched]) => isDeepStrictEqual(untouched, touched),
      ).catch(() => Promise.all(pages.map(lookAround)))
      t.equal(seen[1]?.screen, seen[0]?.screen, `${title}: the same screen`)
      t.same(seen[1]?.stored, seen[0]?.stored, `${title}: the same things are stored`)
      t.ok((seen[0]?.stored.length ?? 0) > 5)
    }
  },
)

/** All that can have happened before the typist came. */
async function touchAll(world: World): Promise<void> {
  const theirs = [...(await takeAll(world, PLACES.length - 2)).values()]
  for (const [at, { before }] of Object.values(DEEDS).entries()) {
    const assignment = theirs[at]
    if (assignment === undefined) throw new Error('the colleague was not given every page')
    await before?.(world, assignment)
  }
}
