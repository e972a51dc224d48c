/** Which record is which: the published example, and every small case against trying all ways. */
import type { FormDefinition, TypedRecord } from '@songnhap/contracts'
import fc from 'fast-check'
import { t } from 'tap'
import { alignRows } from '../../src/index.ts'
import { readingColumns } from '../../src/reading-columns.ts'
import {
  alignInOrder,
  alignWithin,
  GAP,
  MARGIN_MIN,
  type RowPair,
} from '../../src/rows/align-in-order.ts'
import { assignFreely } from '../../src/rows/assign-freely.ts'
import { rowCosts } from '../../src/rows/row-costs.ts'
import { fieldOf, typed } from '../field-of.ts'

const FORM: FormDefinition = {
  name: 'births',
  version: 1,
  title: { vi: '', en: '' },
  recordsMax: 60,
  fields: [
    fieldOf('registration-number', { name: 'number' }),
    fieldOf('name', { name: 'fullName' }),
    fieldOf('date', { name: 'born' }),
  ],
}
const FREE: FormDefinition = { ...FORM, recordOrder: 'free' }

function rowOf(number: string, fullName: string, born: string): TypedRecord {
  return { number: typed(number), fullName: typed(fullName), born: typed(born) }
}

const FIRST = [
  rowOf('12', 'Nguyễn Văn An', '1985-02-01'),
  rowOf('13', 'Trần Thị Bình', '1990-07-15'),
  rowOf('14', 'Lê Văn Cường', '1978-11-30'),
  rowOf('15', 'Phạm Thị Dung', '1982-03-08'),
]
const SECOND = [
  rowOf('12', 'Nguyễn Văn Ân', '1985-02-01'),
  rowOf('14', 'Lê Văn Cường', '1978-11-30'),
  rowOf('15', 'Phạm Thị Dung', '1982-08-03'),
]
const EXPECTED: RowPair[] = [
  [0, 0],
  [1, null],
  [2, 1],
  [3, 2],
]

t.test('C23: the costs of the published example', async (t) => {
  const { at } = rowCosts(readingColumns(FORM, FIRST, SECOND))
  const table = FIRST.map((_, row) => SECOND.map((_, column) => at(row, column).toFixed(4)))
  t.same(table, [
    ['0.0154', '0.7300', '0.7438'],
    ['0.7731', '0.8031', '0.5962'],
    ['0.7300', '0.0000', '0.7415'],
    ['0.7438', '0.7415', '0.0600'],
  ])
  t.equal(
    rowCosts(readingColumns(FORM, SECOND, FIRST)).at(1, 2),
    at(2, 1),
    'the same from the other side',
  )
})

t.test('C24: the path of the published example', async (t) => {
  const { pairs, cost, ambiguous } = alignRows(FORM, FIRST, SECOND)
  t.same(pairs, EXPECTED)
  t.equal(cost.toFixed(4), '0.4254')
  t.equal(ambiguous, true, 'a row left out is for a person')

  const { at } = rowCosts(readingColumns(FORM, FIRST, SECOND))
  const unanchored = alignInOrder(at, { first: [0, 4], second: [0, 3] })
  t.same(unanchored.pairs, EXPECTED, 'also without its numbers as anchors')
  t.equal(unanchored.cost.toFixed(4), '0.4254')
})

t.test('C24: pages that nearly agree are aligned by place, for sure', async (t) => {
  const other = FIRST.with(3, rowOf('15', 'Phạm Thị Dung', '1982-08-03'))
  const { pairs, ambiguous, margin } = alignRows(FORM, FIRST, other)
  t.same(
    pairs,
    [0, 1, 2, 3].map((place) => [place, place]),
  )
  t.equal(ambiguous, false)
  t.ok(margin !== null && margin > 0.6)
  t.match(alignRows(FORM, [], []), { pairs: [], cost: 0, margin: null, ambiguous: false })
})

t.test('C25: a number that is unique on both sides holds its rows together', async (t) => {
  const first = [rowOf('7', 'Lò Văn Một', '1/1/1985'), rowOf('8', 'Lò Văn Mai', '2/1/1985')]
  const second = [rowOf('8', 'Lò Văn Một', '3/1/1985'), rowOf('9', 'Vi Thị Xuân', '9/9/1999')]
  const { pairs, ambiguous } = alignRows(FORM, first, second)
  t.same(pairs, [
    [0, null],
    [1, 0],
    [null, 1],
  ])
  t.equal(ambiguous, true)

  const misread = [rowOf('7', 'Đặng', 'khoảng tháng hai'), rowOf('1', 'Lò Văn Một', '1/1/1985')]
  const nothingElse = alignRows(FORM, first, misread)
  t.notMatch(nothingElse.pairs, [[0, 0]], 'but not rows that have nothing else in common')
})

t.test('C25: numbers a row too high do not move the rest without a person', async (t) => {
  const shifted = FIRST.map((record, place) => ({ ...record, number: typed(`${13 + place}`) }))
  const { ambiguous } = alignRows(FORM, FIRST, shifted)
  t.equal(ambiguous, true)
})

t.test('C26: where order is free, rows are found wherever they are', async (t) => {
  const turned = [SECOND[2], FIRST[1], SECOND[0], SECOND[1]].filter((row) => row !== undefined)
  const { pairs, ambiguous } = alignRows(FREE, FIRST, turned)
  t.same(pairs, [
    [0, 2],
    [1, 1],
    [2, 3],
    [3, 0],
  ])
  t.equal(ambiguous, false)
  t.match(alignRows(FREE, FIRST, SECOND), { pairs: EXPECTED, ambiguous: true })
  t.match(alignRows(FREE, [], FIRST.slice(0, 1)), { pairs: [[null, 0]], ambiguous: true })
})

const cost = fc.integer({ min: 0, max: 20 }).map((twentieths) => twentieths / 20)
const table = fc.tuple(fc.nat(3), fc.nat(3)).chain(([rows, columns]) =>
  fc
    .array(fc.array(cost, { minLength: columns, maxLength: columns }), {
      minLength: rows,
      maxLength: rows,
    })
    .map((costs) => ({ costs, rows, columns })),
)

/** The costs of all ways to pair rows, cheapest first. */
function allCosts(costs: number[][], columns: number, ordered: boolean): number[] {
  const ways = (row: number, taken: number[]): number[] => {
    if (row === costs.length) return [(columns - taken.length) * GAP]
    const alone = ways(row + 1, taken).map((rest) => rest + GAP)
    const paired = (costs[row] ?? []).flatMap((price, column) => {
      const free = ordered ? column > Math.max(-1, ...taken) : !taken.includes(column)
      return free ? ways(row + 1, [...taken, column]).map((rest) => rest + price) : []
    })
    return [...alone, ...paired]
  }
  return ways(0, []).sort((a, b) => a - b)
}

/** A margin is told exactly below .05, where it decides; above it may be more. */
function agrees(found: { cost: number; margin: number }, [best = 0, second]: number[]): boolean {
  const margin = second === undefined ? Number.POSITIVE_INFINITY : second - best
  return Math.abs(found.cost - best) < 1e-9 && isToldAs(found.margin, margin)
}

function isToldAs(told: number, margin: number): boolean {
  if (margin < MARGIN_MIN - 1e-9) return Math.abs(told - margin) < 1e-9
  return told >= MARGIN_MIN - 1e-9 && (told === margin || told <= margin + 1e-9)
}

t.test('C24: no other order is cheaper, and the margin is that to the next best', async () => {
  fc.assert(
    fc.property(table, ({ costs, rows, columns }) => {
      const at = (row: number, column: number) => costs[row]?.[column] ?? 0
      const found = alignInOrder(at, { first: [0, rows], second: [0, columns] })
      return agrees(found, allCosts(costs, columns, true))
    }),
    { numRuns: 500 },
  )
})

/** Larger tables, in which most rows have a row of their own near the diagonal, as on pages. */
const pageLike = fc
  .tuple(fc.integer({ min: 1, max: 14 }), fc.integer({ min: -3, max: 3 }), fc.nat(20))
  .chain(([rows, more, near]) => {
    const columns = Math.max(0, rows + more)
    const cell = fc.oneof(cost, fc.constant(1))
    return fc
      .array(fc.array(cell, { minLength: columns, maxLength: columns }), {
        minLength: rows,
        maxLength: rows,
      })
      .map((costs) => ({ costs, rows, columns, near: near / 100 }))
  })

t.test('C24: looking for cheap ways first finds what looking everywhere finds', async () => {
  fc.assert(
    fc.property(pageLike, fc.boolean(), ({ costs, rows, columns, near }, ordinary) => {
      const at = (row: number, column: number) => {
        const along = ordinary && (column === row || column === row + Math.sign(columns - rows))
        return along ? (costs[row]?.[column] ?? 0) * near : (costs[row]?.[column] ?? 0)
      }
      const section = { first: [0, rows], second: [0, columns] } as const
      const most = (row: number, column: number, limit = Number.POSITIVE_INFINITY) =>
        at(row, column) > limit ? Number.POSITIVE_INFINITY : at(row, column)
      const [found, whole] = [
        alignInOrder(most, section),
        alignWithin(at, section, Number.POSITIVE_INFINITY),
      ]
      if (whole === null) return false
      const same = Math.abs(found.cost - whole.cost) < 1e-9
      const margins = isToldAs(found.margin, whole.margin)
      // Of two ways that cost the same, either may come first; a person chooses.
      const pairs =
        whole.margin < 1e-9 || JSON.stringify(found.pairs) === JSON.stringify(whole.pairs)
      return same && margins && pairs
    }),
    { numRuns: 3000 },
  )
})

t.test('C26: no other assignment is cheaper', async () => {
  fc.assert(
    fc.property(table, ({ costs, rows, columns }) => {
      const at = (row: number, column: number) => costs[row]?.[column] ?? 0
      const places = (count: number) => Array.from({ length: count }, (_, place) => place)
      const { cost } = assignFreely(at, places(rows), places(columns))
      return Math.abs(cost - (allCosts(costs, columns, false)[0] ?? 0)) < 1e-9
    }),
    { numRuns: 500 },
  )
})

const row = fc
  .tuple(
    fc.constantFrom('1', '2', '3', '4', ''),
    fc.constantFrom('An', 'Ân', 'Bình', ''),
    fc.constantFrom('1/1/1985', '01.01.1985', '1985', ''),
  )
  .map((values) => rowOf(...values))
const page = fc.array(row, { maxLength: 6 })

t.test('C23: a cost that is not looked at closely is more than was asked for', async () => {
  fc.assert(
    fc.property(page, page, fc.double({ min: 0, max: 1, noNaN: true }), (a, b, most) => {
      const readings = readingColumns(FORM, a, b)
      const [whole, costs] = [rowCosts(readings), rowCosts(readings)]
      const both = (row: number, column: number) =>
        [whole.at(row, column), costs.at(row, column, most)] as const
      const found = a.flatMap((_, row) => b.map((_, column) => both(row, column)))
      return found.every(([exact, cost]) => cost === exact || (cost === Infinity && exact > most))
    }),
    { numRuns: 200 },
  )
})

t.test('C27: alignment never invents or loses a row, and keeps a page in order', async () => {
  fc.assert(
    fc.property(fc.constantFrom(FORM, FREE), page, page, (form, a, b) => {
      const { pairs } = alignRows(form, a, b)
      const [first, second] = [0, 1].map((side) =>
        pairs.map((pair) => pair[side]).filter((place) => typeof place === 'number'),
      )
      const all = (rows: unknown[]) => JSON.stringify(rows.map((_, place) => place))
      const sorted = (places: number[] = []) => places.toSorted((x, y) => x - y)
      const inOrder = JSON.stringify(second) === JSON.stringify(sorted(second))
      return (
        JSON.stringify(sorted(first)) === all(a) &&
        JSON.stringify(sorted(second)) === all(b) &&
        (form === FREE || (inOrder && JSON.stringify(first) === all(a)))
      )
    }),
    { numRuns: 2000 },
  )
})

t.test('C27: the other way round, the cost and the doubt are the same', async () => {
  fc.assert(
    fc.property(fc.constantFrom(FORM, FREE), page, page, (form, a, b) => {
      const [there, back] = [alignRows(form, a, b), alignRows(form, b, a)]
      return Math.abs(there.cost - back.cost) < 1e-9 && there.ambiguous === back.ambiguous
    }),
    { numRuns: 2000 },
  )
})

t.test('C27: a page with itself is aligned by place', async () => {
  fc.assert(
    fc.property(page, (a) => {
      const { pairs, cost } = alignRows(FORM, a, a)
      return cost === 0 && pairs.every(([first, second]) => first === second)
    }),
  )
})

t.test('C27: a full page takes little time, in either order', async (t) => {
  const many = Array.from({ length: 60 }, (_, place) =>
    rowOf(`${place}`, `Nguyễn Văn ${place}`, `1/1/${1900 + place}`),
  )
  const began = performance.now()
  for (const form of [FORM, FREE]) {
    const { pairs } = alignRows(form, many, many.slice(1))
    t.same(pairs[0], [0, null])
    t.equal(pairs.length, 60)
  }
  t.ok(performance.now() - began < 10_000)
})
