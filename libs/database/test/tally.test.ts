/** Goal: counts are exact whoever adds and folds at once. Method: real rows, real concurrency. */
import { getEventListeners } from 'node:events'
import { type Count, foldCounts, openLedger, pause, readCounts, total } from '@songnhap/database'
import { t } from 'tap'
import { errand } from '../src/errand.ts'
import { silent, testNotes } from './fixtures/notes.ts'

const SCOPE = '00000000-0000-4000-8000-000000000001'
const OTHER = '00000000-0000-4000-8000-000000000002'
const TYPIST = '00000000-0000-4000-8000-000000000003'
const ROUNDS = 20
const ADDERS = 6

t.test('L18: adding and folding at once lose nothing and double nothing', async (t) => {
  const { db } = await testNotes(t)
  const ledger = openLedger(db, () => {})
  const counts: Count[] = [
    { scope: SCOPE, measure: 'entries', amount: 1 },
    { scope: SCOPE, measure: 'errors', subject: TYPIST, field: 'surname', amount: 2 },
    { scope: OTHER, measure: 'entries', amount: -1 },
    { scope: SCOPE, measure: 'nothing', amount: 0 },
  ]
  const over = new AbortController()
  const folders = [1, 2, 3].map(async () => {
    const folding = foldCounts(db, silent)
    const running = folding.run(over.signal)
    while (!over.signal.aborted) {
      folding.wake()
      await pause(2, over.signal)
    }
    await running
  })
  const seen: number[] = []
  const adders = Array.from({ length: ADDERS }, async () => {
    for (let round = 0; round < ROUNDS; round++) {
      await ledger.change(async ({ count }) => count(counts))
      seen.push(total(await readCounts(db, SCOPE), 'entries'))
    }
  })
  await Promise.all(adders)
  over.abort()
  await Promise.all(folders)

  const read = await readCounts(db, SCOPE)
  t.equal(total(read, 'entries'), ADDERS * ROUNDS)
  t.match(
    read.find((c) => c.measure === 'errors'),
    { subject: TYPIST, field: 'surname', amount: 2 * ADDERS * ROUNDS },
  )
  t.equal(total(read, 'nothing'), 0)
  t.equal(total(await readCounts(db, OTHER), 'entries'), -ADDERS * ROUNDS)
  t.ok(
    seen.every((n) => n >= 1 && n <= ADDERS * ROUNDS),
    'no reader sees a fold half done',
  )
})

t.test('L18: a change that fails counts nothing', async (t) => {
  const { db } = await testNotes(t)
  const failing = openLedger(db, () => {}).change(async ({ count }) => {
    count([{ scope: SCOPE, measure: 'entries', amount: 5 }])
    throw new Error('no')
  })
  await t.rejects(failing)
  t.same(await readCounts(db, SCOPE), [])
})

t.test('L19: an errand', async (t) => {
  const FOREVER_MS = 2 ** 30

  t.test('looks at once, and then whenever woken', async (t) => {
    const over = new AbortController()
    const looks: (() => void)[] = []
    let looked = Promise.withResolvers<void>()
    const work = errand('a test', FOREVER_MS, silent, async () => {
      looks.push(() => {})
      looked.resolve()
    })
    const running = work.run(over.signal)
    await looked.promise
    looked = Promise.withResolvers<void>()
    work.wake()
    await looked.promise
    t.equal(looks.length, 2)
    over.abort()
    await running
  })

  t.test('misses no word that comes while it looks, and makes many words one look', async (t) => {
    const over = new AbortController()
    let looks = 0
    const work = errand('a test', FOREVER_MS, silent, async () => {
      looks += 1
      if (looks === 1) for (let i = 0; i < 10; i++) work.wake()
      if (looks === 2) over.abort()
    })
    await work.run(over.signal)
    t.equal(looks, 2)
  })

  t.test('goes on after a look that failed', async (t) => {
    const over = new AbortController()
    let looks = 0
    const work = errand('a test', 1, silent, async () => {
      looks += 1
      if (looks === 3) over.abort()
      throw new Error('not this time')
    })
    await t.resolves(work.run(over.signal))
    t.equal(looks, 3)
  })
})

t.test('L19: a pause', async (t) => {
  t.test('ends at once when its signal fires, before or during it', async (t) => {
    const over = new AbortController()
    const during = pause(2 ** 30, over.signal)
    over.abort()
    await t.resolves(during)
    await t.resolves(pause(2 ** 30, over.signal))
  })

  t.test('leaves nothing behind on a signal that lives long', async (t) => {
    const over = new AbortController()
    for (let i = 0; i < 50; i++) await pause(0, AbortSignal.any([over.signal]))
    for (let i = 0; i < 50; i++) await pause(0, over.signal)
    t.equal(getEventListeners(over.signal, 'abort').length, 0)
  })
})
