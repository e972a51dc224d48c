/** Rules K61, K63, K64 and K67 of docs/spec/workplace.md, as far as they are pure. */
import fc from 'fast-check'
import { t } from 'tap'
import { statesOf } from '../src/supervision/campaign-view.ts'
import { inOrder } from '../src/supervision/chosen-files.ts'
import { courseOf } from '../src/supervision/course.ts'
import { type Course, dayAfter, daysBetween, forecastOf } from '../src/supervision/forecast.ts'
import { waitMs } from '../src/supervision/look-pace.ts'
import { countsOf, refusalsOf } from '../src/supervision/refusals.ts'
import { writeCsv } from '../src/supervision/write-csv.ts'
import { oneOf } from '../src/words/one-of.ts'

const TODAY = '2026-12-06'
const RUNS = { numRuns: 200 }

function courseWith(amounts: readonly number[], pages: number): Course {
  const days = amounts.map((settled, index) => ({
    day: dayAfter(TODAY, index - amounts.length),
    settled,
  }))
  return { today: TODAY, pages, settled: amounts.reduce((sum, one) => sum + one, 0), days }
}

t.test('K64: days that are all alike leave no doubt', async (t) => {
  const forecast = forecastOf(courseWith([100, 100, 100, 100, 100, 100, 100], 1_200))
  t.match(forecast, { is: 'expected', mean: 100, spread: 0, days: 7 })
  t.match(forecast, { day: '2026-12-11', early: '2026-12-11', late: '2026-12-11' })
})

t.test('K64: by hand: six days of 40 and 60, 500 left', async (t) => {
  // Mean 50, variance 120; with t = 1.476: n·50 ± 1.476·√(120·(n + n²/6)) reaches 500 at n = 9, 10, 12.
  const forecast = forecastOf(courseWith([40, 60, 40, 60, 40, 60], 800))
  t.match(forecast, { early: '2026-12-15', day: '2026-12-16', late: '2026-12-18' })
})

t.test('K64: today says nothing yet, and there is none before five days', async (t) => {
  t.same(forecastOf(courseWith([10, 10, 10, 10], 100)), { is: 'too-early', days: 4 })
  t.same(forecastOf(courseWith([], 100)), { is: 'too-early', days: 0 })
  const course = courseWith([10, 10, 10, 10, 10], 100)
  const busy = { ...course, settled: 90, days: [...course.days, { day: TODAY, settled: 40 }] }
  t.match(forecastOf(busy), { is: 'expected', mean: 10 })
  t.same(forecastOf(courseWith([9, 0, 0, 0, 0, 0, 0, 0], 100)), { is: 'still' })
  t.same(forecastOf(courseWith([50, 50], 100)), { is: 'done', day: '2026-12-05' })
})

t.test('K64: the expected day lies in its range, and more work is never done sooner', async (t) => {
  const amounts = fc.array(fc.nat(500), { minLength: 5, maxLength: 12 })
  fc.assert(
    fc.property(amounts, fc.nat(50_000), fc.nat(1_000), (some, left, more) => {
      const done = some.reduce((sum, one) => sum + one, 0)
      const one = forecastOf(courseWith(some, done + left + 1))
      const other = forecastOf(courseWith(some, done + left + 1 + more))
      if (one.is !== 'expected' || other.is !== 'expected') return one.is === other.is
      const late = one.late ?? '9999-12-31'
      return one.early <= one.day && one.day <= late && one.day <= other.day
    }),
    RUNS,
  )
  t.pass()
})

t.test('K63: each page is in one state, whatever came a moment earlier', async (t) => {
  const counts = fc.record({
    pages: fc.nat(100),
    aside: fc.nat(120),
    held: fc.nat(120),
    begun: fc.nat(120),
    keyedTwice: fc.nat(120),
    wanted: fc.nat(120),
    settled: fc.nat(120),
    waiting: fc.nat(120),
    escalated: fc.nat(120),
  })
  fc.assert(
    fc.property(counts, (some) => {
      const amounts = Object.values(statesOf(some))
      const sum = amounts.reduce((total, one) => total + one, 0)
      return sum === some.pages && amounts.every((one) => one >= 0)
    }),
    RUNS,
  )
  const keyed = { pages: 22, aside: 2, held: 3, begun: 14, keyedTwice: 11 }
  t.same(statesOf({ ...keyed, settled: 3, waiting: 5, escalated: 1, wanted: 2 }), {
    settled: 3,
    supervisor: 1,
    arbiter: 4,
    third: 2,
    comparing: 1,
    once: 3,
    held: 3,
    untouched: 3,
    aside: 2,
  })
})

t.test('K63: days without work are there, and what was counted before days were', async (t) => {
  const none = { holders: [], waiting: 0 }
  const done = { pages: 9, aside: 0, begun: 9, keyedTwice: 9, held: 0, skips: 0 }
  const keying = { ...none, ...done, today: TODAY }
  const days = [{ day: '2026-12-04', received: 9, keyedTwice: 5 }]
  const settled = [{ day: '2026-12-06', settled: 2, rulings: 1 }]
  const ruling = { medianSeconds: null, pages: 0 }
  const open = { escalated: 0, wanted: 0, auditing: 0 }
  const settling = { ...none, ...open, compared: 9, settled: 2, days: settled, ruling }
  const course = courseOf({ keying: { ...keying, days }, settling })
  t.same(
    course.map((one) => [one.day, one.keyedTwiceByNow, one.settledByNow]),
    [
      ['2026-12-04', 9, 0],
      ['2026-12-05', 9, 0],
      ['2026-12-06', 9, 2],
    ],
  )
  const less = courseOf({ keying: { ...keying, days }, settling: { ...settling, settled: 1 } })
  t.equal(less[0]?.settledByNow, 0, 'of what was set aside since, nothing is below nothing')
  t.equal(daysBetween('2026-02-27', '2026-03-01'), 2)
})

t.test('K63: a file is what RFC 4180 says, and nothing in it is carried out', async (t) => {
  const rows = [
    ['=1+1', -3, null],
    ['a "b", c', '-5', '-x'],
  ]
  t.equal(
    writeCsv(['Tệp', 'n', ''], rows),
    '\uFEFFTệp,n,\r\n\'=1+1,-3,\r\n"a ""b"", c",-5,\'-x\r\n',
  )
})

t.test('K61: in the order of names, as people count', async (t) => {
  const names = ['10.jpg', '2.jpg', '2 (sau).jpg', 'b/1.jpg', 'a/3.jpg', 'a/20.jpg', '1.tif']
  t.same(
    inOrder(names.map((path) => ({ path }))).map(({ path }) => path),
    ['1.tif', '2.jpg', '2 (sau).jpg', '10.jpg', 'a/3.jpg', 'a/20.jpg', 'b/1.jpg'],
  )
})

t.test('K62: received, left and refused add up; what needs nobody is apart', async (t) => {
  const refused = { is: 'refused' as const, problem: { code: 'X', message: { vi: '', en: '' } } }
  const files = [{ fileId: '2', bookId: 'b', name: 'b', state: refused }]
  const item = (
    state: 'taken' | 'waiting' | 'litter' | 'duplicate' | 'refused',
    fileId?: string,
  ) => ({
    ...{ state, fileId },
  })
  const items = [
    ...[item('taken', '1'), item('taken', '2'), item('waiting'), item('litter')],
    ...[item('duplicate', '1'), item('refused')],
  ]
  const counts = { all: 4, received: 1, left: 1, refused: 2, same: 1, litter: 1 }
  t.same(countsOf(items, files), counts)
})

t.test('K62: what is alike to a refused file is refused for the same reason', async (t) => {
  const message = { vi: 'hỏng', en: 'damaged' }
  const state = { is: 'refused' as const, problem: { code: 'FILE_DAMAGED', message } }
  const files = [
    { fileId: '1', bookId: 'b', name: 'a.jpg', state },
    { fileId: '2', bookId: 'b', name: 'b.jpg', state: { is: 'duplicate' as const, of: '1' } },
  ]
  const item = { key: 'c', path: 'c.jpg', state: 'duplicate' as const, fileId: '1' }
  const copy = { ...item, message: undefined, same: 'a.jpg' }
  const why = { is: 'problem', message }
  t.match(refusalsOf([copy], files), [
    { fileName: 'c.jpg', why, needsYou: true },
    { fileName: 'a.jpg', why, needsYou: true },
    { fileName: 'b.jpg', why, needsYou: true },
  ])
  t.match(countsOf([copy], files), { all: 1, refused: 1, same: 0 })
})

t.test('K61: what came in again under its name needs nobody any more', async (t) => {
  const message = { vi: 'hỏng', en: 'damaged' }
  const problem = { code: 'FILE_DAMAGED', message }
  const refused = (fileId: string, name: string) => ({
    ...{ fileId, bookId: 'b', name },
    state: { is: 'refused' as const, problem },
  })
  const fine = { is: 'received' as const, pages: 1, refusedPages: [], refused: 0 }
  const files = [
    refused('1', 'a.jpg'),
    refused('2', 'b.jpg'),
    { fileId: '3', bookId: 'b', name: 'a.jpg', state: fine },
  ]
  t.match(refusalsOf([], files), [{ fileName: 'b.jpg', needsYou: true }])
  const scan = { ...refused('4', 'c.jpg'), replaces: 'p' }
  t.match(
    refusalsOf([], [scan]),
    [{ needsYou: false, isScanAnew: true }],
    'decided about elsewhere',
  )
  const better = { ...scan, fileId: '5', name: 'd.jpg', state: fine }
  t.same(refusalsOf([], [scan, better]), [], 'until another one takes the place of its page')
})

t.test(
  'K67: a hint is followed soon, never at once again, and never longer than a minute',
  async () => {
    const anything = fc.record({
      sinceMs: fc.nat(100_000),
      isLive: fc.boolean(),
      isHinted: fc.boolean(),
      wasHinted: fc.boolean(),
      isCostly: fc.boolean(),
    })
    fc.assert(
      fc.property(anything, (looked) => {
        const wait = waitMs(looked)
        if (looked.isHinted) return wait + looked.sinceMs >= 2_000 && wait <= 5_000
        return wait === (looked.isLive && !looked.wasHinted ? 60_000 : 5_000)
      }),
      RUNS,
    )
  },
)

t.test('English words about one thing say so', async (t) => {
  t.equal(oneOf('1 files are being read…'), '1 file is being read…')
  t.equal(oneOf('1 people hold a page'), '1 person holds a page')
  t.equal(
    oneOf('31 pages, 1.1 hours, 10,001 fields, 2–1 records'),
    '31 pages, 1.1 hours, 10,001 fields, 2–1 records',
  )
  t.equal(oneOf('Quyển 1 (1 pages), 1 arbiters'), 'Quyển 1 (1 page), 1 arbiter')
})
