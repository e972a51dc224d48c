/**
 * Rules H2, H5, H9 and H10 of docs/spec/third-entries.md: where a third entry is cheaper than an arbiter, which two of
 * three readings settle a field, and which agreed fields are asked.
 */
import { compareReadings, needsArbiter } from '@songnhap/comparators'
import type { FieldDefinition, Mark, Reading } from '@songnhap/contracts'
import { recordOf, SMALL_FORM } from '@songnhap/testkit'
import fc from 'fast-check'
import { t } from 'tap'
import { agreedGains } from '../src/third/agreed-gains.ts'
import { agreedPlaces } from '../src/third/agreed-places.ts'
import { chooseDoubtful, NO_DOUBTS } from '../src/third/choose-doubtful.ts'
import { majorityOf } from '../src/third/majority-of.ts'
import { thirdCosts } from '../src/third/third-costs.ts'
import { caseOf } from './case-of.ts'

const NAME: FieldDefinition = {
  name: 'hoTen',
  kind: 'name',
  label: { vi: 'Họ tên', en: 'Name' },
  lengthMax: 100,
}
const DITTO: FieldDefinition = { ...NAME, name: 'que', kind: 'text', dittoFrom: 'above' }

function read(value: string, mark?: Mark): Reading {
  return { value, origin: 'typed', ...(mark === undefined ? {} : { mark }) }
}

t.test('H5: two who read the same settle it in their common form', (t) => {
  const two = [read('Lò Thị Hoà'), read('Lò Thị Hoa')] as const
  t.same(majorityOf(NAME, two, undefined, read('Lò Thị  Hòa')), {
    side: 0,
    content: { value: 'Lò Thị Hòa' },
  })
  t.match(majorityOf(NAME, two, undefined, read('Lò Thị Hoa')), { side: 1 })
  t.equal(majorityOf(NAME, two, undefined, read('Lò Thị Hoả')), null)
  t.same(majorityOf(NAME, [read('Hoa'), read('')], undefined, read('', 'blank')), {
    side: 1,
    content: { value: '', mark: 'blank' },
  })
  t.end()
})

t.test('H5: two who cannot read do not outvote one who can', (t) => {
  for (const mark of ['illegible', 'partly-legible', 'torn'] as const) {
    const two = [read('', mark), read('Lò Thị Hoa')] as const
    t.equal(majorityOf(NAME, two, undefined, read('', mark)), null, mark)
  }
  t.end()
})

t.test('H5: a ditto mark counts as what it stands for', (t) => {
  const two = [read('', 'ditto'), read('Mường Khong')] as const
  const meant = [{ value: 'Mường Lay' }, { value: 'Mường Khong' }] as const
  t.match(majorityOf(DITTO, two, meant, read('Mường Lay')), { content: { value: 'Mường Lay' } })
  t.match(majorityOf(DITTO, two, meant, read('', 'ditto')), { content: { mark: 'ditto' } })
  t.end()
})

t.test('H5: nothing is settled that an arbiter would have been asked about against both', (t) => {
  const reading = fc
    .constantFrom('Hoa', 'Hòa', 'Hoà', 'hoa', 'Hoả', ' Hoa', '')
    .map((value) => read(value))
  fc.assert(
    fc.property(reading, reading, reading, (first, second, third) => {
      fc.pre(needsArbiter(NAME, compareReadings(NAME, first, second)))
      const settled = majorityOf(NAME, [first, second], undefined, third)
      const alike = [first, second].filter(
        (one) => !needsArbiter(NAME, compareReadings(NAME, one, third)),
      )
      const mirrored = majorityOf(NAME, [second, first], undefined, third)
      return (
        (settled === null) === (alike.length !== 1) &&
        mirrored?.content.value === settled?.content.value
      )
    }),
  )
  t.end()
})

t.test('H2: by the usual values, a third entry of a critical field costs 2.37 against 6.5', (t) => {
  const { arbiterCost, inputs, classes } = thirdCosts(() => 0)
  t.equal(arbiterCost, 2.5)
  t.match(inputs, [{ value: 0.02, measured: false }, { value: 0.1 }, { value: 0.004 }])
  const critical = classes.find((one) => one.class === 'critical')
  t.match(critical, { errorCost: 200, arbiterAtOnce: 6.5, favoured: true })
  t.equal(critical?.thirdFirst.toFixed(2), '2.37')
  t.equal(classes.length, 3)
  t.end()
})

t.test('H2: what a campaign counted stands for the usual values, from 200 on', (t) => {
  const counted: Record<string, number> = {
    'second-checked': 210,
    'second-passed-on': 10,
    'second-disagreed': 16,
    'third-keyed': 199,
    'third-no-majority': 199,
    'audited-majority': 250,
    'audited-majority-wrong': 25,
  }
  const { inputs, classes } = thirdCosts((measure) => counted[measure] ?? 0)
  t.match(inputs, [
    { name: 'arbiter-error', counted: 16, of: 200, measured: true },
    { name: 'no-majority', value: 0.1, of: 199, measured: false },
    { name: 'repeats-error', value: 0.1, measured: true },
  ])
  t.equal(inputs[0]?.value.toFixed(4), '0.0417', '(1 − √(1 − 2 × .08))/2')
  t.match(
    classes.map(({ favoured }) => favoured),
    [false, false, false],
    'where a third person repeats a tenth of the errors, none is cheaper',
  )
  t.end()
})

t.test('H2: the more often a third person repeats errors, the dearer a third entry is', (t) => {
  const share = fc.integer({ min: 0, max: 1000 })
  fc.assert(
    fc.property(share, share, (one, other) => {
      const [fewer, more] = [Math.min(one, other), Math.max(one, other)]
      const costOf = (wrong: number) => {
        const counted = (measure: string) =>
          measure === 'audited-majority' ? 1000 : measure === 'audited-majority-wrong' ? wrong : 0
        return thirdCosts(counted).classes[0]?.thirdFirst ?? Number.NaN
      }
      return costOf(fewer) <= costOf(more)
    }),
  )
  t.end()
})

t.test(
  'H9: a torn word beside it and an odd value make a field doubtful, a ditto mark is left out',
  (t) => {
    const checks = [
      {
        name: 'one-village',
        severity: 'warning' as const,
        message: { vi: 'Thôn lạ', en: 'An odd village' },
        rule: { kind: 'without-words' as const, field: 'village', words: ['Bản'] },
      },
    ]
    const fields = SMALL_FORM.fields.map((field) => ({ ...field, dittoFrom: 'above' as const }))
    const form = { ...SMALL_FORM, checks, fields }
    const odd = recordOf({ village: 'Bản Mới', birthDate: read('', 'torn') })
    const records = [recordOf(), odd, recordOf({ village: read('', 'ditto') })]
    const other = [recordOf({ fullName: 'Lò Văn Hai' }), ...records.slice(1)]
    const page = caseOf(records, other, { form })
    const places = agreedPlaces(page)
    t.same(
      places.map(({ rows, field, marked, odd }) => [rows[0], field.name, marked, odd]),
      [
        [0, 'birthDate', 0, false],
        [0, 'village', 0, false],
        [1, 'fullName', 2, false],
        [1, 'birthDate', 2, false],
        [1, 'village', 2, true],
        [2, 'fullName', 0, false],
        [2, 'birthDate', 0, false],
      ],
    )
    const counts = { typists: [], of: () => ({ judged: 0, wrong: 0, audited: 0 }) }
    const gains = agreedGains(page, places, counts, () => 0)
    const risks = gains.map(({ risk }) => risk)
    t.ok(risks[4] === Math.max(...risks) && (risks[2] ?? 0) > (risks[0] ?? 1))
    t.ok((gains[0]?.gain ?? 0) < 0, 'not worth it')
    t.end()
  },
)

t.test('H10: never more than the share, and the most doubtful ones', (t) => {
  const gain = fc.double({ min: -2, max: 500, noNaN: true })
  const pages = fc.array(fc.array(gain, { maxLength: 12 }), { minLength: 1, maxLength: 60 })
  fc.assert(
    fc.property(pages, fc.double({ min: 0, max: 0.2, noNaN: true }), (all, share) => {
      let totals = NO_DOUBTS
      for (const gains of all) {
        const { chosen, after } = chooseDoubtful(gains, share, totals)
        if (after.asked > share * after.seen) return false
        if ([...chosen].some((at) => (gains[at] ?? 0) <= 0)) return false
        const left = gains.filter((_, at) => !chosen.has(at))
        const asked = [...chosen].map((at) => gains[at] ?? 0)
        if (chosen.size > 0 && Math.max(...left, 0) > Math.min(...asked)) return false
        totals = after
      }
      return totals.seen === all.flat().length
    }),
  )
  const rounds = Array.from({ length: 400 }, (_, at) => ((at * 7919) % 1000) / 10 + 0.1)
  let [totals, asked]: [typeof NO_DOUBTS, number[]] = [NO_DOUBTS, []]
  for (const one of rounds) {
    const { chosen, after } = chooseDoubtful([one], 0.1, totals)
    if (chosen.size > 0) asked = [...asked, one]
    totals = after
  }
  t.ok(Math.min(...asked.slice(5)) > 30, 'one at a time too: of .1 to 100 only the higher ones')
  t.ok(asked.length > 30 && asked.length <= 40, `${asked.length} of 400`)
  t.end()
})
