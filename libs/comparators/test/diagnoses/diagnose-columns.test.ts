import type { FieldDefinition } from '@songnhap/contracts'
import fc from 'fast-check'
import { t } from 'tap'
import {
  type ColumnDiagnosis,
  countLooks,
  diagnoseColumns,
  type PeoplesColumns,
  type TypedColumn,
} from '../../src/index.ts'
import { fieldOf } from '../field-of.ts'

const ROWS = 25
const NAME = { ...fieldOf('name'), name: 'name' }
const COMPLAINT = { ...fieldOf('text'), name: 'complaint' }
const PLACES = 'Vinh,Nghi Lộc,Đô Lương,Kỳ Sơn,Cửa Lò,Hưng Nguyên,Nam Đàn,Con Cuông'.split(',')

/** What a page really says in one column, row by row from 1. */
type Truth = readonly string[]

function different(rows = ROWS): Truth {
  return Array.from({ length: rows }, (_, row) => `Lò Văn ${String.fromCodePoint(0x61 + row)}ọ`)
}

/** Typed as the truth says, but for some rows, and for what `place` makes of each row. */
function typed(
  annotator: string,
  truth: Truth,
  place: (row: number) => number = (row) => row,
  misread: ReadonlySet<number> = new Set(),
): TypedColumn {
  const values = new Map<number, string>()
  for (let row = 1; row <= truth.length; row += 1) {
    const value = truth[place(row) - 1]
    if (value !== undefined) values.set(row, misread.has(row) ? `${value} ${annotator}` : value)
  }
  return { annotator, values }
}

function diagnose(...page: PeoplesColumns[]): ColumnDiagnosis[] {
  return diagnoseColumns(page, countLooks(page))
}

function diagnoseOne(columns: readonly TypedColumn[], field: FieldDefinition = NAME) {
  return diagnose({ field, columns })
}

const SHIFTS = [-3, -2, -1, 1, 2, 3] as const
const misreadings = fc
  .uniqueArray(fc.integer({ min: 1, max: ROWS }), { maxLength: 2 })
  .map((rows) => new Set(rows))

t.test(
  'O8: a column that one of three typed some rows too high or low is told with its shift',
  async (t) => {
    fc.assert(
      fc.property(
        fc.constantFrom(...SHIFTS),
        fc.integer({ min: 1, max: 4 }),
        misreadings,
        misreadings,
        (shift, from, first, second) => {
          const truth = different()
          const slipped = typed('a3', truth, (row) => (row >= from ? row + shift : row), first)
          const found = diagnoseOne([
            typed('a1', truth),
            typed('a2', truth, undefined, second),
            slipped,
          ])
          t.match(found, [{ kind: 'row-shift', field: 'name', annotator: 'a3', shift }])
          t.equal(found.length, 1)
          const [slip] = found
          if (slip?.kind !== 'row-shift') return
          t.ok(slip.fitBefore <= 1 / 3 && slip.fitAfter >= 2 / 3)
          t.ok(slip.fromRow >= 1 && slip.fromRow <= slip.toRow && slip.toRow <= ROWS)
        },
      ),
      { numRuns: 100 },
    )
  },
)

t.test('O8: nobody is said to have slipped who only misread', async (t) => {
  const misreader = fc
    .uniqueArray(fc.integer({ min: 1, max: ROWS }), { maxLength: ROWS })
    .map((rows) => new Set(rows))
  const values = fc.array(fc.constantFrom(...PLACES), { minLength: ROWS, maxLength: ROWS })
  fc.assert(
    fc.property(values, fc.array(misreader, { minLength: 3, maxLength: 6 }), (truth, people) => {
      const columns = people.map((rows, at) => typed(`a${at + 1}`, truth, undefined, rows))
      t.same(diagnoseOne(columns), [])
    }),
    { numRuns: 200 },
  )
})

t.test(
  'O8: a column of few values, of few rows, or one that repeats itself is never called',
  async (t) => {
    const one = (row: number) => row + 1
    const few = different().map((_, row) => PLACES[row % 4] ?? '')
    t.same(diagnoseOne([typed('a1', few), typed('a2', few), typed('a3', few, one)]), [])
    const periodic = different().map((_, row) => PLACES[row % 2] ?? '')
    t.same(
      diagnoseOne([typed('a1', periodic), typed('a2', periodic), typed('a3', periodic, one)]),
      [],
    )
    const short = different(8)
    t.same(diagnoseOne([typed('a1', short), typed('a2', short), typed('a3', short, one)]), [])
    const truth = different()
    t.same(diagnoseOne([typed('a1', truth), typed('a2', truth, one)]), [], 'two cannot tell who')
    const two = [
      typed('a1', truth, one),
      typed('a2', truth, one),
      typed('a3', truth),
      typed('a4', truth),
    ]
    t.same(diagnoseOne(two), [], 'two against two')
  },
)

t.test('O8: the form of values does not hide a slip, and blanks are no fit', async (t) => {
  const truth = different()
  const shouted = typed(
    'a3',
    truth.map((value) => value.toUpperCase()),
    (row) => row - 1,
  )
  t.match(diagnoseOne([typed('a1', truth), typed('a2', truth), shouted]), [{ shift: -1 }])
  const blank = typed(
    'a3',
    different().map(() => ' '),
  )
  t.same(diagnoseOne([typed('a1', truth), typed('a2', truth), blank]), [])
})

t.test(
  'O9: a stretch of rows that slipped is told as such, with where it begins and ends',
  async (t) => {
    const truth = different()
    const late = typed('a3', truth, (row) => (row >= 14 ? row + 1 : row))
    t.match(diagnoseOne([typed('a1', truth), typed('a2', truth), late]), [
      {
        kind: 'slipped-rows',
        annotator: 'a3',
        shift: 1,
        fromRow: 14,
        toRow: 24,
        fitBefore: 0,
        fitAfter: 1,
      },
    ])
    const again = typed('a3', truth, (row) => (row >= 6 ? row - 5 : row))
    t.match(diagnoseOne([typed('a1', truth), typed('a2', truth), again]), [
      { kind: 'slipped-rows', shift: -5, fromRow: 6, toRow: ROWS },
    ])
  },
)

t.test('O10: a column of another field is told with the field that it belongs to', async (t) => {
  const names = different()
  const complaints = names.map((_, row) => `${PLACES[row % 7]} đau ${row}`)
  const page = (third: Truth) => [
    { field: NAME, columns: [typed('a1', names), typed('a2', names), typed('a3', third)] },
    { field: COMPLAINT, columns: [typed('b1', complaints), typed('b2', complaints)] },
  ]
  t.match(diagnose(...page(complaints)), [
    {
      kind: 'wrong-heading',
      annotator: 'a3',
      field: 'name',
      belongsTo: 'complaint',
      fitBefore: 0,
      fitAfter: 1,
    },
  ])
  t.same(diagnose(...page(names)), [])
})
