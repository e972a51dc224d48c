/** Rules R1–R4 of docs/spec/arbitration.md: from two entries to one comparison and its questions. */
import {
  entrySubmitted,
  type LedgerLine,
  pageCompared,
  pageSettled,
  recordSettled,
} from '@songnhap/contracts'
import { type FactSource, follow, listDeadLetters } from '@songnhap/database'
import { eventually, factsSaid, newPages, newPeople, recordOf } from '@songnhap/testkit'
import { pino } from 'pino'
import { t } from 'tap'
import { onEntrySubmitted } from '../src/on-entry-submitted.ts'
import { entryOf, openTruth, questionOn, type Truth } from './open-truth.ts'

t.test('R1: two entries become one comparison, in whatever order they come', async (t) => {
  const truth = await openTruth(t, 8)
  const [one, other] = truth.typists
  for (const [index, page] of truth.pages.entries()) {
    const entries = [entryOf(page, one, 1, [recordOf()]), entryOf(page, other, 2, [recordOf()])]
    if (index % 2 === 1) entries.reverse()
    await Promise.all(entries.map((entry) => truth.enter(entry)))
  }
  const compared = await factsSaid(truth.db, pageCompared)
  t.equal(compared.length, 8)
  t.equal(new Set(compared.map(({ pageId }) => pageId)).size, 8)
})

t.test('R1: an entry that the bus brings twice counts once', async (t) => {
  const truth = await openTruth(t)
  const { page } = truth
  const entries = truth.typists.map((typist, index) =>
    entryOf(page, typist, index === 0 ? 1 : 2, [recordOf()]),
  )
  const lines = entries.map(lineOf)
  await followEntries(truth, [lines.slice(0, 1), lines, lines], 1)
  t.equal((await factsSaid(truth.db, pageCompared)).length, 1)
  t.equal((await truth.db.selectFrom('reading').select('entry_id').execute()).length, 2)
})

function lineOf(body: ReturnType<typeof entryOf>, index: number): LedgerLine {
  return { position: index + 1, kind: entrySubmitted.kind, at: body.submittedAt, body }
}

/** Follows until so many pages are settled. */
async function followEntries(truth: Truth, batches: LedgerLine[][], pages: number): Promise<void> {
  const stopping = new AbortController()
  const following = follow(
    {
      db: truth.db,
      ledger: truth.ledger,
      source: stubbornSource(batches),
      producer: 'entry',
      handlers: [onEntrySubmitted(() => {})],
      log: pino({ level: 'silent' }),
    },
    stopping.signal,
  )
  await eventually(
    () => factsSaid(truth.db, pageSettled),
    (said) => said.length >= pages,
  )
  stopping.abort()
  await following
}

/** Brings these batches, whatever was applied of them before. */
function stubbornSource(batches: LedgerLine[][]): FactSource {
  const all = batches.at(-1) ?? []
  return {
    read: () => ({
      async next(timeoutMs) {
        const lines = batches.shift()
        if (lines !== undefined) return { lines, ack() {} }
        await new Promise((resolve) => setTimeout(resolve, timeoutMs / 20))
        return null
      },
      async close() {},
    }),
    head: async () => all.length,
    get: async (_producer, from, to) => all.slice(from - 1, to),
  }
}

t.test('R1: entries that come together are compared like those that come alone', async (t) => {
  const truth = await openTruth(t, 12)
  const [one, other] = truth.typists
  const [late = ''] = newPeople(1)
  const inTwo = (index: number) => index % 3 === 0
  const first = truth.pages.map((page) => entryOf(page, one, 1, [recordOf()]))
  const second = truth.pages.map((page, index) =>
    entryOf(page, other, 2, [recordOf(inTwo(index) ? { village: 'khác' } : {})]),
  )
  const spares = truth.pages.map((page) => entryOf(page, late, null, [recordOf()]))
  // Of a third of the pages the two entries come in two transactions, the second pass first.
  const split = ({ pageId }: { pageId: string }) =>
    truth.pages.findIndex((page) => page.pageId === pageId) >= 8
  await truth.enter(...second.toReversed(), ...first.filter((e) => !split(e)), ...spares)
  await truth.enter(...first.filter(split))

  const compared = await factsSaid(truth.db, pageCompared)
  t.same(
    compared.map(({ pageId, entryIds, questions }) => [pageId, ...entryIds, questions]).sort(),
    truth.pages
      .map(({ pageId }, index) => [
        pageId,
        first[index]?.entryId,
        second[index]?.entryId,
        inTwo(index) ? 1 : 0,
      ])
      .sort(),
  )
  t.equal((await factsSaid(truth.db, pageSettled)).length, 8)
  t.equal((await truth.take(truth.arbiter, false, 12)).length, 4)
  t.equal((await truth.take(late, false, 12)).length, 0, 'nor is anybody forgotten who had a page')
})

t.test(
  'R1: of entries that come together the one that cannot be kept loses only itself',
  async (t) => {
    const truth = await openTruth(t, 2)
    const [page, next] = truth.pages
    if (page === undefined || next === undefined) throw new Error('two pages were opened')
    const [one, other] = truth.typists
    const [third = ''] = newPeople(1)
    const entries = [
      entryOf(page, one, 1, [recordOf()]),
      entryOf(page, third, 1, [recordOf({ village: 'khác' })]),
      entryOf(page, other, 2, [recordOf()]),
      entryOf(next, one, 1, [recordOf()]),
      entryOf(next, other, 2, [recordOf()]),
    ]
    await followEntries(truth, [entries.map(lineOf)], 2)
    t.same(await truth.settledValues(page.pageId), await truth.settledValues(next.pageId))
    t.match(await listDeadLetters(truth.db, 'reconcile'), [{ position: 2 }])
  },
)

t.test('R1: an entry waits until intake has said its page', async (t) => {
  const truth = await openTruth(t)
  const [unknown] = newPages({ bookId: truth.arbiter, campaignId: truth.campaignId }, 1)
  if (unknown === undefined) throw new Error('one page was made')
  await t.rejects(truth.enter(entryOf(unknown, truth.arbiter, 1, [])), { name: 'NotYet' })
})

t.test(
  'R7: a record left out in mid-page is asked about, and the rest compared in step',
  async (t) => {
    const truth = await openTruth(t, 1)
    const [page] = truth.pages
    if (page === undefined) throw new Error('one page was opened')
    const an = recordOf({ fullName: 'Lê Văn An', birthDate: '01/02/1985' })
    const binh = recordOf({ fullName: 'Trần Thị Bình', birthDate: '15/07/1990' })
    const cuong = { fullName: 'Phạm Quốc Cường', birthDate: '30/11/1978' }
    await truth.keyTwice(
      page,
      [an, binh, recordOf(cuong)],
      [an, recordOf({ ...cuong, village: 'Tây' })],
    )
    const assignment = await truth.takeOne(truth.arbiter)
    const places = assignment.questions.map(({ record, field }) => `${record} ${field}`)
    t.same(places, ['2 null', '3 village'], 'the record first')

    const rulings = assignment.questions.flatMap(
      ({ questionId, field, record, present, readings }) => {
        if (field === null)
          return [{ questionId, verdict: present[0] ? 'second' : 'first' } as const]
        const asFirst = readings[0]?.value === 'Tây' ? 'second' : 'first'
        return record === 3 ? [{ questionId, verdict: asFirst } as const] : []
      },
    )
    t.same((await truth.rule(truth.arbiter, assignment, rulings)).open, 0)
    const settled = await truth.settledValues(page.pageId)
    t.match(settled, [
      { fullName: { value: 'Lê Văn An', how: 'agreed' } },
      { fullName: { value: 'Phạm Quốc Cường', how: 'agreed' }, village: { value: 'Thôn Đông' } },
    ])
    t.equal(settled.length, 2)
  },
)

t.test('R2: entries that agree are settled without a person', async (t) => {
  const truth = await openTruth(t, 3)
  const [page, formatted, empty] = truth.pages
  if (page === undefined || formatted === undefined || empty === undefined)
    throw new Error('three pages were opened')
  await truth.keyTwice(page, [recordOf(), recordOf()], [recordOf(), recordOf()])
  const settled = await factsSaid(truth.db, recordSettled)
  t.match(settled, [{ record: 1 }, { record: 2 }])
  const agreed = { how: 'agreed', class: 'identical', rule: 'identical' }
  t.same(settled[0]?.values['village'], { value: 'Thôn Đông', ...agreed })

  const decomposed = ' Thôn  Đông'.normalize('NFD')
  await truth.keyTwice(formatted, [recordOf({ village: decomposed })], [recordOf()])
  t.match(
    await truth.settledValues(formatted.pageId),
    [{ village: { value: 'Thôn Đông', how: 'agreed', class: 'equivalent' } }],
    'one form is chosen',
  )
  const raw = await truth.db
    .selectFrom('reading')
    .select('records')
    .where('page_id', '=', formatted.pageId)
    .where('pass', '=', 1)
    .execute()
  t.match(raw, [{ records: [{ village: { value: decomposed } }] }], 'and both are kept')

  await truth.keyTwice(empty, [], [])
  t.match((await factsSaid(truth.db, pageSettled)).at(-1), { pageId: empty.pageId, records: 0 })
  t.same(await truth.take(truth.arbiter), [], 'no arbiter is asked')
})

t.test('R3: fields that differ become one arbitration, and nothing else does', async (t) => {
  const truth = await openTruth(t)
  const { page } = truth
  const mark = { value: '', mark: 'illegible', origin: 'typed' } as const
  await truth.keyTwice(
    page,
    [recordOf({ fullName: 'Trần Thị Mân', village: mark })],
    [recordOf({ fullName: 'Trần Thị Mận' })],
  )
  const assignments = await truth.take(truth.arbiter, false, 5)
  t.equal(assignments.length, 1)
  const assignment = await truth.takeOne(truth.arbiter)
  t.same(assignment.questions.map(({ field }) => field).toSorted(), ['fullName', 'village'])
  const { readings } = questionOn(assignment, 'fullName')
  t.same(readings.map((reading) => reading?.value).toSorted(), ['Trần Thị Mân', 'Trần Thị Mận'])
  t.notMatch(JSON.stringify(assignment), new RegExp(truth.typists.join('|')), 'unnamed')
  t.match(await factsSaid(truth.db, pageCompared), [{ fields: 3, questions: 2 }])
  t.same(await factsSaid(truth.db, pageSettled), [])
})

t.test('R3: the order in which readings are shown is drawn, and kept', async (t) => {
  const truth = await openTruth(t, 20)
  for (const page of truth.pages) {
    await truth.keyTwice(page, [recordOf({ village: 'một' })], [recordOf({ village: 'hai' })])
  }
  const shown = await truth.take(truth.arbiter, false, 20)
  t.equal(shown.length, 20)
  const firsts = shown.map((one) => questionOn(one, 'village').readings[0]?.value)
  t.same([...new Set(firsts)].toSorted(), ['hai', 'một'], 'both orders occur')
  t.same(await truth.take(truth.arbiter, false, 20), shown, 'the same when asked again')
  for (const { questions } of shown) {
    for (const { questionId, readings } of questions) {
      const { swapped } = await truth.db
        .selectFrom('question')
        .select('swapped')
        .where('question_id', '=', questionId)
        .executeTakeFirstOrThrow()
      t.equal(swapped, readings[0]?.value === 'hai')
    }
  }
})

t.test('R4: a spare reading is kept and takes no part', async (t) => {
  const truth = await openTruth(t)
  const { page } = truth
  const [late = ''] = newPeople(1)
  await truth.enter(entryOf(page, late, null, [recordOf({ village: 'khác' })]))
  await truth.keyTwice(page, [recordOf()], [recordOf()])
  await truth.enter(entryOf(page, late, null, [recordOf({ village: 'khác nữa' })]))
  t.match(await truth.settledValues(page.pageId), [{ village: { value: 'Thôn Đông' } }])
  t.equal((await factsSaid(truth.db, pageCompared)).length, 1)
})
