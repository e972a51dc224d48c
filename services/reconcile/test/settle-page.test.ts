/** What rounds and rulings amount to: rules R2, R6–R8, R17–R21 as properties of any page. Pure. */
import type { RowPair } from '@songnhap/comparators'
import type { RowPairs, Ruling, TypedRecord, TypedRecords, Verdict } from '@songnhap/contracts'
import { recordOf, SMALL_FORM } from '@songnhap/testkit'
import fc from 'fast-check'
import { t } from 'tap'
import { checkRuling } from '../src/check-ruling.ts'
import { turnsOf } from '../src/compared.ts'
import { type PageCase, ruleOn, type StoredQuestion } from '../src/page-case.ts'
import { alignmentPlace, keyOf } from '../src/place.ts'
import { readingsAt } from '../src/settle-field.ts'
import { settlePage } from '../src/settle-page.ts'
import { caseOf, keyWanted, type Play, playPage, rule, verdictOf } from './case-of.ts'

const text = fc.constantFrom('một', 'hai', ' một', 'ba', 'Lê Văn An', '01/02/1985')
const record = fc
  .record({ fullName: text, birthDate: text, village: text })
  .map((fields): TypedRecord => recordOf(fields))
const records = fc.array(record, { maxLength: SMALL_FORM.recordsMax })
const page = fc.tuple(records, records, fc.boolean()).map(([a, b, swapped]) => {
  return { page: caseOf(a, b, { swapped }), swapped }
})

/** One answer for each question, whenever it is asked: drawn, and the same for the same place. */
function playOf(seed: number, swapped: boolean, pick: Play['pick']): Play {
  return {
    swapped,
    pick,
    verdict: (question, page, escalated) => drawRuling(seed, question, page, escalated),
    keyed: ({ pass, only }) =>
      Array.from({ length: only?.rows.length ?? (seed + pass) % 4 }, (_, index) =>
        recordOf({ village: ['một', 'hai', 'ba'][(seed + index) % 3] ?? '' }),
      ),
  }
}

function drawRuling(
  seed: number,
  question: StoredQuestion,
  page: PageCase,
  escalated: boolean,
): Ruling {
  const { questionId } = question
  const chance = hash(`${seed} ${escalated} ${keyOf(question)}`)
  const all: Ruling[] = [
    ...VERDICTS.map((verdict) => verdictOf(questionId, verdict)),
    { questionId, verdict: 'other', value: { value: 'bốn', origin: 'typed' } },
    { questionId, verdict: 'escalate', note: 'mờ' },
    { questionId, verdict: 'aligned', pairs: shown(page.round.pairs, question.swapped) },
  ]
  const fitting = all.filter((one) => checkRuling(page, question, one, escalated).length === 0)
  const drawn = fitting[chance % fitting.length]
  if (drawn === undefined) throw new Error('a question that no ruling fits')
  return drawn
}

const VERDICTS = [
  'first',
  'second',
  'both',
  'illegible',
  'correct-first',
  'correct-second',
  'send-back-first',
  'send-back-second',
  'as-typed',
] as const satisfies Verdict[]

function shown(pairs: readonly RowPair[], swapped: boolean): RowPairs {
  return pairs.map(([x, y]) => (swapped ? [y, x] : [x, y]))
}

function hash(text: string): number {
  return [...text].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1_000_003, 7)
}

const allAtOnce: Play['pick'] = (open) => open

t.test('R6, R17: a page always ends settled, whatever is ruled and keyed', async (t) => {
  const property = fc.property(page, fc.nat(9999), ({ page, swapped }, seed) => {
    return playPage(page, playOf(seed, swapped, allAtOnce)).state.kind === 'settled'
  })
  t.doesNotThrow(() => fc.assert(property))
})

t.test('R8: the order of rulings does not matter', async (t) => {
  const order = fc.infiniteStream(fc.nat(1000))
  const property = fc.property(page, fc.nat(9999), order, ({ page, swapped }, seed, order) => {
    const one = playPage(page, playOf(seed, swapped, allAtOnce))
    const pickOne: Play['pick'] = (open) => {
      const picked = open[order.next().value % open.length]
      return picked === undefined ? [] : [picked]
    }
    const other = playPage(page, playOf(seed, swapped, pickOne))
    return JSON.stringify(one.state) === JSON.stringify(other.state)
  })
  t.doesNotThrow(() => fc.assert(property))
})

t.test('R8: while a question is open, or passed on, the page is', async (t) => {
  const property = fc.property(page, fc.nat(), fc.boolean(), ({ page }, at, passedOn) => {
    const { state, asked } = page
    if (state.kind !== 'open') return asked.length === 0
    const left = asked[at % asked.length]
    if (left === undefined) return false
    const rulings = asked.flatMap((question): Ruling[] => {
      if (question !== left) return [drawRuling(at, question, page, true)]
      return passedOn ? [{ questionId: left.questionId, verdict: 'escalate', note: '?' }] : []
    })
    const after = ruleOn(page, rulings).state
    return (
      after.kind === 'open' &&
      after.open.length === 1 &&
      after.open.every(({ place, escalated }) => {
        return keyOf(place) === keyOf(left) && escalated === passedOn
      })
    )
  })
  t.doesNotThrow(() => fc.assert(property))
})

t.test('R2: no ruling changes what both typists agree on', async (t) => {
  const property = fc.property(page, fc.nat(9999), ({ page, swapped }, seed) => {
    const { state, compared } = playPage(page, playOf(seed, swapped, allAtOnce))
    if (state.kind !== 'settled') return false
    return state.records.every(({ record, values }) =>
      SMALL_FORM.fields.every(({ name }) => {
        const rows = compared.round.pairs[record - 1] ?? [null, null]
        const [a, b] = readingsAt(compared.sides, rows, name).map((reading) => reading?.value)
        const value = values[name]
        if (value === undefined || a === undefined || b === undefined) return false
        if (a === b) return value.how === 'agreed' && value.value === a
        if (a.trim() === b.trim()) return value.how === 'agreed' && value.value === a.trim()
        return value.how === 'ruled'
      }),
    )
  })
  t.doesNotThrow(() => fc.assert(property))
})

t.test('R18: who pairs rows otherwise, and back again, finds every ruling again', async (t) => {
  const property = fc.property(page, fc.nat(9999), ({ page, swapped }, seed) => {
    let now = page
    // Past the questions about the page, with some of the others ruled on.
    for (let step = 0; now.round.undecided || now.round.diagnosis !== null; step += 1) {
      if (step > 20) return true
      now = playStep(now, seed, swapped)
    }
    if (now.state.kind !== 'open') return true
    const some = now.asked.filter((question, index) => {
      return index % 2 === seed % 2 && (question.kind === 'field' || question.kind === 'record')
    })
    now = ruleOn(
      now,
      some.map((question) => drawRuling(seed, question, now, true)),
    )
    if (now.state.kind !== 'open') return true
    const before = now
    const [a, b] = now.compared.sides
    const apart: RowPair[] = [
      ...a.rows.map((_, row): RowPair => [row, null]),
      ...b.rows.map((_, row): RowPair => [null, row]),
    ]
    const away = realign(now, apart, swapped)
    const back = realign(away, before.round.pairs, swapped)
    return (
      JSON.stringify(back.state) === JSON.stringify(before.state) &&
      before.rulings.every((one) => back.rulings.includes(one)) &&
      back.asked.filter(({ kind }) => kind === 'field').length ===
        before.asked.filter(({ kind }) => kind === 'field').length
    )
  })
  t.doesNotThrow(() => fc.assert(property))
})

function playStep(page: PageCase, seed: number, swapped: boolean): PageCase {
  const { verdict, keyed } = playOf(seed, swapped, allAtOnce)
  if (page.state.kind === 'lacking') return keyWanted(page, keyed, swapped)
  const open = page.asked.filter((question) => isOpen(page, question))
  return rule(
    page,
    open.map((question) => verdict(question, page, true)),
    swapped,
  )
}

function isOpen({ state }: PageCase, question: StoredQuestion): boolean {
  return state.kind === 'open' && state.open.some(({ place }) => keyOf(place) === keyOf(question))
}

/** As an arbiter does who was shown the entries. */
function realign(page: PageCase, pairs: readonly RowPair[], swapped: boolean): PageCase {
  const place = alignmentPlace(turnsOf(page.compared.sides), page.round.round)
  const questionId = `pairs of round ${page.round.round}`
  const asked = [...page.asked, { ...place, questionId, swapped, thirdAt: null, agreed: false }]
  const ruling: Ruling = { questionId, verdict: 'aligned', pairs: shown(pairs, swapped) }
  return rule({ ...page, asked }, [ruling], swapped)
}

t.test('R2: one form of what both wrote is settled, also where version 1 compared', async (t) => {
  const { compared, state } = caseOf(
    [recordOf({ village: ' Thôn  Hoà', fullName: 'LÒ' })],
    [recordOf({ village: 'Thôn Hòa', fullName: 'Lò' })],
  )
  const settled = { fullName: { value: 'Lò', class: 'equivalent' }, village: { value: 'Thôn Hòa' } }
  t.match(state, { records: [{ values: settled }] })

  const outcome = { class: 'formatting', rule: 'nfc-white-space' } as const
  const differences = compared.round.differences.map((difference) => ({
    ...difference,
    outcome: { ...difference.outcome, ...outcome },
  }))
  const round = { ...compared.round, differences }
  const old = settlePage({ ...compared, round }, new Map())
  const asBefore = {
    fullName: { value: 'LÒ', class: 'formatting' },
    village: { value: 'Thôn Hoà' },
  }
  t.match(old, { records: [{ values: asBefore }] })
})

t.test('R6: where both are acceptable, the standard form stands for them', async (t) => {
  const page = caseOf([recordOf({ fullName: 'LÝ HOÀ' })], [recordOf({ fullName: 'Lí Hoà' })])
  const { state } = rule(page, [verdictOf(page.asked[0]?.questionId ?? '', 'both')])
  const fullName = { value: 'Lý Hòa', how: 'ruled', class: 'variant', rule: 'ruling-both' }
  t.match(state, { records: [{ values: { fullName } }] })
})

const [an, binh, cuong] = [
  recordOf({ fullName: 'Lê Văn An', birthDate: '01/02/1985' }),
  recordOf({ fullName: 'Trần Thị Bình', birthDate: '15/07/1990' }),
  recordOf({ fullName: 'Phạm Quốc Cường', birthDate: '30/11/1978' }),
] as const
type Three = readonly [TypedRecord, TypedRecord, TypedRecord]
const three: Three = [an, binh, cuong]

/** The only question about a record. */
function recordQuestion({ asked }: PageCase): string {
  const found = asked.filter(({ kind }) => kind === 'record')
  if (found.length !== 1) throw new Error(`${found.length} questions about a record`)
  return found[0]?.questionId ?? ''
}

t.test('R7: a record ruled not to be there is dropped', async (t) => {
  const page = caseOf([...three], [an, cuong])
  t.equal(page.asked.length, 1, 'one question, and none about its fields')
  const { state } = rule(page, [verdictOf(recordQuestion(page), 'second')])
  t.match(state, { kind: 'settled', records: [{ record: 1 }, { record: 3 }] })
  t.equal(state.kind === 'settled' && state.records.length, 2)
})

t.test('R7, R19: a record ruled to be there is keyed by somebody new', async (t) => {
  const page = caseOf([...three], [an, cuong])
  const lacking = rule(page, [verdictOf(recordQuestion(page), 'first')])
  t.same(lacking.state, {
    kind: 'lacking',
    lacking: [{ side: 1, only: { places: [2], rows: [1] } }],
  })
  const keyed: TypedRecords = [{ ...binh, village: { value: 'Thôn Tây', origin: 'typed' } }]
  const compared = keyWanted(lacking, ({ pass, turn }) => {
    t.same([pass, turn], [2, 2])
    return keyed
  })
  t.match(
    compared.state,
    { kind: 'open', open: [{ place: { rows: [1, 2], field: 'village' } }] },
    'only what truly differs is asked',
  )
  t.equal(compared.state.kind === 'open' && compared.state.open.length, 1)
  const question = compared.asked.find(({ field }) => field === 'village')
  const { state } = rule(compared, [verdictOf(question?.questionId ?? '', 'second')])
  t.match(state, {
    kind: 'settled',
    records: [{}, { record: 2, values: { village: { value: 'Thôn Tây' } } }, {}],
  })
})

t.test('R19: records missing on both sides are wanted in one go, of both passes', async (t) => {
  const four = recordOf({ fullName: 'Vàng A Dơ', birthDate: '02/09/1969' })
  const form = { ...SMALL_FORM, recordsMax: 9 }
  const page = caseOf([an, binh, cuong], [binh, cuong, four], { form })
  const there = page.asked.map(({ questionId, rows }) =>
    verdictOf(questionId, rows[0] === null ? 'second' : 'first'),
  )
  const lacking = rule(page, there)
  t.same(lacking.state, {
    kind: 'lacking',
    lacking: [
      { side: 0, only: { places: [4], rows: [2] } },
      { side: 1, only: { places: [1], rows: [0] } },
    ],
  })
  const { state } = keyWanted(lacking, ({ pass }) => [pass === 1 ? four : an])
  t.match(state, { kind: 'settled', records: [{}, {}, {}, {}] })
})
