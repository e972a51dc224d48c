/** Rules R25, R26 of docs/spec/arbitration.md: comparing once more, listed first, applied as listed. */
import { randomUUID } from 'node:crypto'
import { type FormDefinition, pageSettled, recordSettled } from '@songnhap/contracts'
import { factsSaid, recordOf, SMALL_FORM } from '@songnhap/testkit'
import { type Test, t } from 'tap'
import { applyFlips, listFlips } from '../src/recompare.ts'
import { showEntries } from '../src/show-entries.ts'
import { auditCampaign, listRecords, readProgress } from '../src/supervise.ts'
import { countedOf } from './counted.ts'
import { choose, openTruth, questionOn, refusalOf, type Truth } from './open-truth.ts'

/** Spellings of a name are settled without a person. */
const LENIENT: FormDefinition = {
  ...SMALL_FORM,
  fields: SMALL_FORM.fields.map((field) =>
    field.name === 'fullName'
      ? { ...field, comparison: { accept: ['equivalent', 'both-blank', 'variant'] } }
      : field,
  ),
}

const STRICT = { ...SMALL_FORM, version: 2 }

const list = (truth: Truth, form?: FormDefinition) =>
  listFlips(truth.db, { campaignId: truth.campaignId, ...(form === undefined ? {} : { form }) })

const apply = (truth: Truth, pages: { pageId: string; digest: string }[]) =>
  applyFlips(truth.ledger, () => {}, {
    campaignId: truth.campaignId,
    pages: pages.map(({ pageId, digest }) => ({ pageId, digest })),
  })

/** One page that is settled by a lenient form: two spellings of a name. */
async function openLenient(t: Test) {
  const truth = await openTruth(t, 1, LENIENT)
  await truth.keyTwice(
    truth.page,
    [recordOf({ fullName: 'Lý Văn An' }), recordOf({ fullName: 'Trần Thị Bình' })],
    [recordOf({ fullName: 'Lí Văn An' }), recordOf({ fullName: 'Trần Thị Bình' })],
  )
  return truth
}

t.test('R25: what would change is listed, and nothing changes', async (t) => {
  const truth = await openLenient(t)
  t.same(await list(truth), { pages: [], compared: 0 }, 'compared by the rules of today')
  const { pages, compared, next } = await list(truth, STRICT)
  t.same([compared, next], [1, undefined])
  t.match(pages, [
    {
      pageId: truth.page.pageId,
      settled: true,
      flips: [
        {
          field: 'fullName',
          from: 'variant/i-for-y',
          to: 'variant/i-for-y',
          effect: 'questioned',
          records: 1,
        },
      ],
    },
  ])
  t.same(await list(truth, STRICT), { pages, compared })
  t.equal((await truth.db.selectFrom('comparison').select('round').execute()).length, 1)
  t.same(await truth.take(truth.arbiter), [])

  const [, ...others] = SMALL_FORM.fields
  const fewer = await refusalOf(list(truth, { ...STRICT, fields: others }))
  t.match(fewer, { code: 'FORM_UNFIT', details: ['/fields must still have fullName'] })
  const unknown = listFlips(truth.db, { campaignId: randomUUID() })
  t.equal((await refusalOf(unknown)).code, 'NOT_FOUND')
})

t.test('R26: a settled page is opened with the new question only, and settled again', async (t) => {
  const truth = await openLenient(t)
  const { arbiter, campaignId, db, page } = truth
  const before = await readProgress(db, campaignId)
  const [first] = await factsSaid(db, recordSettled)
  await truth.goOnWith(STRICT)
  const { pages } = await list(truth, STRICT)
  t.same(await apply(truth, pages), { questions: 1, reopened: 1 })
  t.match(await readProgress(db, campaignId), { pagesSettled: 0, recordsSettled: 0 })

  const assignment = await truth.takeOne(arbiter)
  t.match(assignment.questions, [{ kind: 'field', record: 1, field: 'fullName' }])
  t.equal(assignment.questions.length, 1)
  const shown = await showEntries(truth.ledger, {
    personId: arbiter,
    leaseToken: assignment.leaseToken,
  })
  const { questionId, pairs } = shown
  const realign = truth.rule(arbiter, assignment, [{ questionId, verdict: 'aligned', pairs }])
  t.equal((await refusalOf(realign)).code, 'RULING_INVALID', 'its records stay which they are')
  await truth.rule(arbiter, assignment, [choose(questionOn(assignment, 'fullName'), 'Lí Văn An')])

  const again = (await factsSaid(db, recordSettled)).slice(2)
  t.match(again, [
    { recordId: first?.recordId, record: 1, revision: 2 },
    { record: 2, revision: 2 },
  ])
  t.match((await factsSaid(db, pageSettled)).at(-1), { records: 2, revision: 2 })
  const { records } = await listRecords(db, { campaignId })
  t.match(records.map(({ revision, values }) => [revision, values['fullName']?.value]).toSorted(), [
    [2, 'Lí Văn An'],
    [2, 'Trần Thị Bình'],
  ])
  t.equal((await truth.settledValues(page.pageId)).length, 4, 'what was settled first is kept')
  t.same(await readProgress(db, campaignId), { ...before, mismatches: 1, rulings: 1 })
  const typists = await countedOf(db, campaignId)
  t.same(
    typists.map(({ judged }) => judged),
    [6, 6],
    'judged once',
  )
  t.same(typists.map(({ wrong }) => wrong).toSorted(), [0, 1], 'by what is settled now')
  const none = { samePersonTwice: 0, arbiterTyped: 0, doubleSettled: 0 }
  t.same(await auditCampaign(db, campaignId), none, 'R15')
  t.same(await list(truth, STRICT), { pages: [], compared: 1 })
})

/** A page that rules of an earlier version compared: the same date was a difference to them. */
async function openOlder(t: Test) {
  const truth = await openTruth(t)
  const { db, page } = truth
  const [one, other] = [
    recordOf({ birthDate: '1/2/1985', village: 'một' }),
    recordOf({ birthDate: '01.02.1985', village: 'hai' }),
  ]
  await truth.keyTwice(page, [one], [other])
  const first = await db.selectFrom('comparison').selectAll().executeTakeFirstOrThrow()
  const differences = first.differences as unknown as { field: string; outcome: object }[]
  const older = differences.map((difference) => ({
    ...difference,
    outcome: { ...difference.outcome, class: 'different', rule: 'value-differs', ruleVersion: '2' },
  }))
  await db
    .insertInto('comparison')
    .values({ ...jsonOf(first), round: 2, rule_version: '2', differences: JSON.stringify(older) })
    .execute()
  await db
    .insertInto('question')
    .values({
      question_id: randomUUID(),
      page_id: page.pageId,
      kind: 'field',
      first_row: 0,
      second_row: 0,
      field: 'birthDate',
      swapped: false,
    })
    .execute()
  return truth
}

function jsonOf<R extends { corrections: unknown; compared_at: unknown }>(row: R) {
  const { compared_at: _, ...rest } = row
  return { ...rest, corrections: '[]' }
}

t.test('R26: a question that other rules do not ask is asked no more; rulings stay', async (t) => {
  const truth = await openOlder(t)
  const { arbiter, page } = truth
  const assignment = await truth.takeOne(arbiter)
  t.same(assignment.questions.map(({ field }) => field).toSorted(), ['birthDate', 'village'])
  const { pages, compared } = await list(truth)
  t.equal(compared, 1)
  const flips = [{ field: 'birthDate', from: 'different/value-differs', effect: 'dropped' }]
  t.match(pages, [{ settled: false, flips }])

  await truth.rule(arbiter, assignment, [choose(questionOn(assignment, 'village'), 'hai')])
  const stale = await refusalOf(apply(truth, pages))
  t.equal(stale.code, 'FLIPS_CHANGED', 'somebody has ruled meanwhile')
  t.same(await truth.settledValues(page.pageId), [])
  const { pages: now } = await list(truth)
  t.same(await apply(truth, now), { questions: 0, reopened: 0 })
  t.match(await truth.settledValues(page.pageId), [
    { birthDate: { how: 'agreed', class: 'equivalent' }, village: { value: 'hai', how: 'ruled' } },
  ])
  t.same(await truth.take(arbiter), [])
  t.same(await list(truth), { pages: [], compared: 0 })
})

t.test('R26: what somebody ruled on is not asked again, whatever rules say of it', async (t) => {
  const truth = await openOlder(t)
  const { arbiter, page } = truth
  const assignment = await truth.takeOne(arbiter)
  await truth.rule(arbiter, assignment, [choose(questionOn(assignment, 'birthDate'), '1/2/1985')])
  const { pages } = await list(truth)
  t.match(pages, [{ flips: [{ field: 'birthDate', effect: 'none' }] }])
  t.same(await apply(truth, pages), { questions: 0, reopened: 0 })
  await truth.rule(arbiter, assignment, [choose(questionOn(assignment, 'village'), 'hai')])
  t.match(await truth.settledValues(page.pageId), [
    { birthDate: { value: '1/2/1985', how: 'ruled' } },
  ])
})

t.test('R26: a page that is none of the campaign, or unknown, is refused with all', async (t) => {
  const truth = await openOlder(t)
  const { pages } = await list(truth)
  const digest = '0'.repeat(64)
  const more = [...pages, { pageId: randomUUID(), digest }]
  t.equal((await refusalOf(apply(truth, more))).code, 'FLIPS_CHANGED')
  t.equal((await list(truth)).pages.length, 1)
})
