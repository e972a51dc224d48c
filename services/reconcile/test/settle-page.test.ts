/** What a comparison and its rulings amount to: rules R6–R8 as properties of any page. Pure. */
import { comparePages, type Difference, inPairs, isQuestion } from '@songnhap/comparators'
import type { TypedRecord, TypedRecords } from '@songnhap/contracts'
import { recordOf, SMALL_FORM } from '@songnhap/testkit'
import fc from 'fast-check'
import { t } from 'tap'
import { type Compared, type PlacedRuling, settlePage } from '../src/settle-page.ts'

const text = fc.constantFrom('một', 'hai', ' một', 'ba')
const record = fc
  .record({ fullName: text, birthDate: text, village: text })
  .map((fields): TypedRecord => recordOf(fields))
const records = fc.array(record, { maxLength: SMALL_FORM.recordsMax })
const page = fc.tuple(records, records).map(([a, b]) => comparedOf(a, b))

function comparedOf(a: TypedRecords, b: TypedRecords): Compared {
  const comparison = comparePages(SMALL_FORM, a, b)
  const readings = [inPairs(comparison.pairs, 0, a), inPairs(comparison.pairs, 1, b)] as const
  return { form: SMALL_FORM, readings, ...comparison }
}

function asked({ differences }: Compared): Difference[] {
  return differences.filter((difference) => isQuestion(SMALL_FORM, difference))
}

/** A page with one final ruling on each of its questions, in any order. */
const ruledPage = page.chain((compared) => {
  const rulings = asked(compared).map(({ record, field, present, readings }) => {
    const verdicts =
      field === null
        ? (['first', 'second'] as const)
        : readings.includes(null)
          ? ([present[0] ? 'first' : 'second', 'illegible', 'other'] as const)
          : (['first', 'second', 'both', 'illegible', 'other'] as const)
    return fc.constantFrom(...verdicts).map((verdict): PlacedRuling => {
      const value = { value: 'bốn', origin: 'typed' } as const
      return verdict === 'other' ? { record, field, verdict, value } : { record, field, verdict }
    })
  })
  return fc
    .tuple(...rulings)
    .chain((all) => fc.tuple(fc.constant(compared), fc.constant(all), shuffled(all)))
})

function shuffled(rulings: PlacedRuling[]) {
  return fc.shuffledSubarray(rulings, { minLength: rulings.length })
}

t.test('R6: a page is settled once all its questions are ruled on', async (t) => {
  const property = fc.property(ruledPage, ([compared, rulings]) => {
    return settlePage(compared, rulings).kind === 'settled'
  })
  t.doesNotThrow(() => fc.assert(property))
})

t.test('R8: the order of rulings does not matter', async (t) => {
  const property = fc.property(ruledPage, ([compared, rulings, otherOrder]) => {
    const [one, other] = [settlePage(compared, rulings), settlePage(compared, otherOrder)]
    return JSON.stringify(one) === JSON.stringify(other)
  })
  t.doesNotThrow(() => fc.assert(property))
})

t.test('R8: while a question is open, or passed on, the page is', async (t) => {
  const property = fc.property(ruledPage, fc.nat(), fc.boolean(), (made, at, passedOn) => {
    const [compared, rulings] = made
    const left = rulings.filter(({ field }) => field === null).length > 0
    if (rulings.length === 0 || left) return true
    const index = at % rulings.length
    const rest = rulings.flatMap((ruling, place): PlacedRuling[] => {
      if (place !== index) return [ruling]
      return passedOn ? [{ record: ruling.record, field: ruling.field, verdict: 'escalate' }] : []
    })
    const state = settlePage(compared, rest)
    const [open] = state.kind === 'open' ? state.open : []
    return open?.field === rulings[index]?.field && open?.escalated === passedOn
  })
  t.doesNotThrow(() => fc.assert(property))
})

t.test('R2: no ruling changes what both typists agree on', async (t) => {
  const property = fc.property(ruledPage, ([compared, rulings]) => {
    const state = settlePage(compared, rulings)
    if (state.kind !== 'settled') return false
    return state.records.every(({ record, values }) =>
      SMALL_FORM.fields.every(({ name }) => {
        const [a, b] = compared.readings.map((records) => records[record - 1]?.[name]?.value)
        const value = values[name]
        if (value === undefined) return false
        if (a !== undefined && a === b) return value.how === 'agreed' && value.value === a
        if (a?.trim() === b?.trim()) return value.how === 'agreed' && value.value === a?.trim()
        return value.how === 'ruled'
      }),
    )
  })
  t.doesNotThrow(() => fc.assert(property))
})

t.test('R2: one form of what both wrote is settled, also where version 1 compared', async (t) => {
  const [a, b] = [
    recordOf({ village: ' Thôn  Hoà', fullName: 'LÒ' }),
    recordOf({ village: 'Thôn Hòa', fullName: 'Lò' }),
  ]
  const compared = comparedOf([a], [b])
  const settled = { fullName: { value: 'Lò', class: 'equivalent' }, village: { value: 'Thôn Hòa' } }
  t.match(settlePage(compared, []), { records: [{ values: settled }] })

  const outcome = { class: 'formatting', rule: 'nfc-white-space' } as const
  const differences = compared.differences.map((difference) => ({
    ...difference,
    outcome: { ...difference.outcome, ...outcome },
  }))
  const old = settlePage({ ...compared, differences }, [])
  const asBefore = {
    fullName: { value: 'LÒ', class: 'formatting' },
    village: { value: 'Thôn Hoà' },
  }
  t.match(old, { records: [{ values: asBefore }] })
})

t.test('R6: where both are acceptable, the standard form stands for them', async (t) => {
  const compared = comparedOf(
    [recordOf({ fullName: 'LÝ HOÀ' })],
    [recordOf({ fullName: 'Lí Hoà' })],
  )
  const state = settlePage(compared, [{ record: 1, field: 'fullName', verdict: 'both' }])
  const fullName = { value: 'Lý Hòa', how: 'ruled', class: 'variant', rule: 'ruling-both' }
  t.match(state, { records: [{ values: { fullName } }] })
})

t.test(
  'R7: a record ruled not to be there is dropped, with all that was ruled on it',
  async (t) => {
    const compared = comparedOf([recordOf()], [recordOf(), recordOf({ village: 'thừa' })])
    const rulings: PlacedRuling[] = [
      { record: 2, field: 'village', verdict: 'second' },
      { record: 2, field: null, verdict: 'first' },
    ]
    const state = settlePage(compared, rulings)
    t.match(state, { kind: 'settled', records: [{ record: 1 }] })
    t.equal(state.kind === 'settled' && state.records.length, 1)
  },
)
