/** Rules Q13–Q19 and Q21–Q26 of docs/spec/accuracy.md, N10 of docs/spec/blindness.md: figures of people. */
import { correctForAgreedErrors, errorRatio, shrinkRate, wilson } from '@songnhap/statistics'
import { sql } from 'kysely'
import { pino } from 'pino'
import { t } from 'tap'
import { foldOperatorCounts } from '../src/accuracy/fold-operator-counts.ts'
import { readField } from '../src/accuracy/read-field.ts'
import { readOperator } from '../src/accuracy/read-operator.ts'
import { readOperators } from '../src/accuracy/read-operators.ts'
import { findChargeImage, readOwnAccuracy } from '../src/accuracy/read-own-accuracy.ts'
import { onBookLayoutsChanged } from '../src/hear-intake.ts'
import { applyFlips, listFlips } from '../src/recompare.ts'
import { countedOf } from './counted.ts'
import { FIELDS, FORM, keyFigures, OTHER_FORM, ROWS } from './key-figures.ts'
import { choose, openTruth, questionOn, refusalOf, type Truth } from './open-truth.ts'

const JUDGED = 3 * ROWS * FIELDS

t.test('figures of people', async (t) => {
  const truth = await openTruth(t, 4, FORM)
  const { db, campaignId, typists, arbiter, pages } = truth
  await keyFigures(truth)
  const [one, other] = typists
  const readFigures = async (days = {}) => {
    const told = await readOperators(db, { campaignId, ...days })
    return { ...told, of: (id: string) => told.typists.find((x) => x.operatorId === id) }
  }

  t.test('Q7, Q13, Q15, Q18: rates with all it takes to believe them, folded or not', async (t) => {
    const before = await readFigures()
    const cutOff = { asOf: before.asOf, truth: 3 }
    // Both errors are on one page of three.
    const effect = ((3 / 2) * ((4 / 3) ** 2 + 2 * (2 / 3) ** 2)) / (2 * (1 - 2 / JUDGED))
    t.match(before.of(other), {
      enough: true,
      pages: 3,
      records: 3 * ROWS,
      judged: JUDGED,
      rate: {
        value: 2 / JUDGED,
        numerator: 2,
        denominator: JUDGED,
        ...wilson(2 / effect, JUDGED / effect),
        ...cutOff,
      },
      ratio: { numerator: 2, method: 'poisson', confidence: 0.95, ...cutOff },
    })
    const expected = before.of(other)?.ratio?.denominator ?? 0
    t.match(before.of(other)?.ratio, { value: errorRatio(2, expected).ratio })
    // Both keyed the same fields, so the same is expected of both, and together what was made.
    t.ok(Math.abs(expected - 1.5) < 0.01, `${expected}`)
    t.equal(before.of(one)?.ratio?.denominator, expected)
    await fold(db)
    t.equal((await db.selectFrom('operator_delta').selectAll().execute()).length, 0)
    const after = await readFigures()
    t.same({ ...after.of(other), ...UNTIMED }, { ...before.of(other), ...UNTIMED })
  })

  t.test('Q14, Q16, Q17: ranked by the bound; major is content in a critical field', async (t) => {
    const told = await readFigures()
    const prior = { alpha: 1.5, beta: 148.5 }
    t.match(told.prior, { ...prior, source: 'start' })
    t.match(told.coincidence, { value: 0.117, source: 'start' })
    const { mean, upper } = shrinkRate({ wrong: 1, judged: JUDGED }, prior)
    t.match(told.of(one), { rank: 1, shrunk: { value: mean, low: null, high: upper } })
    t.equal(told.of(other)?.rank, 2)
    t.match(told.of(other)?.corrected, { value: correctForAgreedErrors(2 / JUDGED), numerator: 2 })
    t.equal(told.of(other)?.major?.numerator, 1, 'the name')
    t.equal(told.of(one)?.major?.numerator, 0, 'a village is no critical field')
    const oneDay = await readFigures({ from: '2026-03-02', to: '2026-03-02' })
    t.match(oneDay.of(other), { enough: false, judged: ROWS * FIELDS, rate: null, shrunk: null })
    t.match(oneDay.of(other), { rank: null, pace: null, trend: null, rows: { rate: null } })
  })

  t.test('Q19: a trend over what was keyed, which says what it goes by', async (t) => {
    const { trend } = (await readFigures()).of(other) ?? {}
    t.match(trend, { oddsRatio: 2, usualOf: 2 * ROWS * FIELDS, fields: ROWS * FIELDS })
    t.ok((trend?.limit ?? 0) > 5.5, 'its errors are all on one page')
    t.same(trend?.signalDays, [])
  })

  t.test('Q21: speed is told beside accuracy, and a break is no work', async (t) => {
    const { pace } = (await readFigures()).of(other) ?? {}
    const records = 3 * ROWS - 1
    const seconds = 2 * ROWS * 4.5 + (ROWS - 1) * 5
    t.match(pace, { records, activeSeconds: seconds, perActiveHour: records / (seconds / 3600) })
    t.match(pace, { fieldsPerHour: FIELDS * (records / (seconds / 3600)) })
    t.match(pace, { keysPerHour: 2800 / (seconds / 3600), erasedShare: 100 / 2800 })
  })

  t.test('Q25: narrowed to a field or a class, only that is counted', async (t) => {
    const named = (await readFigures({ class: 'identity-critical' })).of(other)
    t.match(named, { enough: false, judged: 3 * ROWS, pages: 3, pace: null, trend: null })
    const told = await readFigures({ class: 'ordinary' })
    t.match(told.of(other), { enough: false, judged: 2 * 3 * ROWS, rate: null, marks: null })
    t.same(
      told.fields.map(({ field, judged }) => [field, judged]),
      [
        ['birthDate', 2 * 3 * ROWS],
        ['village', 2 * 3 * ROWS],
      ],
      'of both typists together',
    )
    t.match(await readFigures({ field: 'nothing' }), { fields: [] })
  })

  t.test('Q26: one field over all typists, its letters confused, and who keys it', async (t) => {
    const told = await readField(db, { campaignId, field: 'village' })
    t.match(told, { field: 'village', class: 'ordinary', judged: 2 * 3 * ROWS, truth: 3 })
    t.match(told.confusions, [{ truth: '6', typed: '9', how: 'letter', times: 1 }])
    t.match(
      told.typists,
      [one, other].toSorted().map((operatorId) => ({ operatorId, judged: 3 * ROWS, rate: null })),
    )
    const oneDay = { from: '2026-03-02', to: '2026-03-02' }
    t.match(await readField(db, { campaignId, field: 'village', ...oneDay }), { judged: 2 * ROWS })
    await t.rejects(readField(db, { campaignId, field: 'nothing' }), { code: 'NOT_FOUND' })
  })

  t.test('Q22: each error is a charge, with both texts read where they lie', async (t) => {
    const told = await readOperator(db, { campaignId, operatorId: other })
    t.match(told.charges, [
      { record: 6, field: 'village', major: false, class: 'ordinary', day: '2026-03-03' },
      {
        pageId: pages[1]?.pageId,
        record: 1,
        field: 'fullName',
        major: true,
        revision: 1,
        reading: { value: 'Trần Thị Án' },
        settled: { value: 'Trần Thị An Bình', how: 'ruled' },
      },
    ])
    t.equal(told.charges.length, 2)
    t.equal(told.more, false)
    t.match(told.confusions, [{ truth: '6', typed: '9', how: 'letter', times: 1 }])
    t.match(told.fields, [
      { field: 'fullName', class: 'identity-critical', judged: 3 * ROWS, rate: null },
      { field: 'birthDate' },
      { field: 'village' },
    ])
    t.same(
      told.days.map(({ day, judged, wrong }) => [day, judged, wrong]),
      [
        ['2026-03-02', ROWS * FIELDS, 0],
        ['2026-03-03', 2 * ROWS * FIELDS, 2],
      ],
    )
    const [first] = told.charges
    const rest = await readOperator(db, {
      campaignId,
      operatorId: other,
      after: first?.chargeId ?? '',
    })
    t.equal(rest.charges.length, 1)
    const nobody = await readOperator(db, { campaignId, operatorId: arbiter })
    t.match(nobody, { figures: { enough: false, judged: 0 }, charges: [], days: [] })
  })

  t.test('Q23: a form stands for all campaigns keyed by it', async (t) => {
    const told = await readOperators(db, { formName: FORM.name })
    t.match(
      told.typists.map(({ judged }) => judged),
      [JUDGED, JUDGED],
    )
    t.equal((await refusalOf(readOperators(db, { formName: 'other' }))).code, 'NOT_FOUND')
  })

  t.test('Q24, N10: a typist sees what is his or hers, of settled pages only', async (t) => {
    const own = await readOwnAccuracy(db, { personId: one })
    t.match(own.forms, [
      { formName: FORM.name, judged: JUDGED, rate: { numerator: 1, denominator: JUDGED } },
    ])
    t.match(own.charges, [{ field: 'village', record: 8, reading: { value: 'thôn 8' } }])
    t.equal(own.charges.length, 1, 'nothing of the page that is with its arbiter')
    const text = JSON.stringify(own)
    for (const somebody of [other, arbiter, one]) t.notOk(text.includes(somebody))
    for (const word of ['rank', 'shrunk', 'prior']) t.notOk(text.includes(`"${word}"`), word)
    t.match(
      own.forms.flatMap(({ fields }) => fields.map(({ ratio }) => ratio)),
      [null, null, null],
    )
    const { bookId = '' } = pages[1] ?? {}
    await truth.hear(onBookLayoutsChanged, { bookId, campaignId, layouts: [] })
    const { charges } = await readOwnAccuracy(db, { personId: one })
    t.same(charges, [{ ...own.charges[0], layouts: [] }], 'P17')
    const { chargeId = '' } = own.charges[0] ?? {}
    const { sha256 } = await findChargeImage(db, { personId: one, chargeId })
    t.equal(sha256, pages[1]?.imageSha256)
    for (const personId of [other, arbiter]) {
      const refusal = await refusalOf(findChargeImage(db, { personId, chargeId }))
      t.equal(refusal.code, 'NOT_FOUND')
    }
    t.same((await readOwnAccuracy(db, { personId: arbiter })).forms, [])
  })

  t.test('Q8: arbiters in the same style', async (t) => {
    const { arbiters } = await readFigures()
    t.match(arbiters, [{ arbiterId: arbiter, rulings: 3, escalated: 0 }])
    t.match(arbiters[0]?.secondsPerRuling, { denominator: 3, method: 'none' })
    t.match(arbiters[0]?.firstChosen, { denominator: 3, method: 'binomial' })
    t.ok((arbiters[0]?.orderBias?.pValue ?? 0) >= 0.25, 'three tosses of a coin say nothing')
  })

  t.test('Q13, Q22: of a page that is settled again all is taken back first', async (t) => {
    const before = await countedOf(db, campaignId)
    const charged = await selectCharged(db)
    const { pages: flipped } = await listFlips(db, { campaignId, form: OTHER_FORM })
    await truth.goOnWith(OTHER_FORM)
    const again = flipped.map(({ pageId, digest }) => ({ pageId, digest }))
    await applyFlips(truth.ledger, () => {}, { campaignId, formVersion: 2, pages: again })
    t.same(await countedOf(db, campaignId), before, 'as long as it is open, nothing changes')
    t.same((await readOwnAccuracy(db, { personId: one })).charges, [], 'but nothing is told of it')

    const taken = await truth.take(arbiter, false, 2)
    const assignment = taken.find(({ pageId }) => pageId === pages[1]?.pageId)
    if (assignment === undefined) throw new Error('the page was opened again')
    const ruling = choose(questionOn(assignment, 'birthDate', 4), '04/10/1913')
    await truth.rule(arbiter, assignment, [ruling])
    const after = await countedOf(db, campaignId)
    t.same(
      after.map(({ judged, records, pages }) => [judged, records, pages]),
      before.map(({ judged, records, pages }) => [judged, records, pages]),
      'judged once',
    )
    const wrongOf = (id: string) => after.find(({ operatorId }) => operatorId === id)?.wrong
    t.same([wrongOf(one), wrongOf(other)], [0, 2], 'by the form of now')
    t.same(
      (await selectCharged(db)).map(({ stands, revision, ...charge }) => [
        charge,
        stands,
        revision,
      ]),
      charged.map(({ stands: _, revision: __, ...charge }) => {
        return charge.typist === one ? [charge, false, 1] : [charge, true, 2]
      }),
      'a charge that stands again is the same one',
    )
    t.same((await readOwnAccuracy(db, { personId: one })).charges, [])
    t.equal((await readFigures()).truth, 4, 'another truth')
  })
})

async function selectCharged(db: Truth['db']) {
  const { rows } = await sql<{
    chargeId: string
    typist: string
    stands: boolean
    revision: number
  }>`
    select charge_id as "chargeId", typist, stands, revision from charge order by charge_id`.execute(
    db,
  )
  return rows
}

const UNTIMED = {
  rate: null,
  major: null,
  rows: null,
  marks: null,
  carried: null,
  corrected: null,
  shrunk: null,
  ratio: null,
  agreed: null,
  known: null,
}

async function fold(db: Truth['db']): Promise<void> {
  const stopping = new AbortController()
  const folding = foldOperatorCounts(db, pino({ level: 'silent' })).run(stopping.signal)
  stopping.abort()
  await folding
}
