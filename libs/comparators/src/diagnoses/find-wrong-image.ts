import type { Diagnosis } from './diagnosis.ts'
import { FALSE_FINDINGS_MAX } from './evidence.ts'
import { type Column, isSame, type PageColumns } from './page-columns.ts'

/** Two readings of one page agree in half of their cells at the very least. */
const AGREEING = 0.5
/** Both entries must have so many cells to compare, and so much of their fields filled. */
const CELLS_MIN = 10
const FILLED_MIN = 0.5
/** Columns that differ; in fewer, somebody has typed another thing than was asked for. */
const COLUMNS_MIN = 3

/**
 * Entries that agree in next to nothing, however their rows are paired: each row is held against the
 * row of the other entry that is most like it, which says too much for the entries, never too little.
 */
export function findWrongImage({ columns, places }: PageColumns): Diagnosis[] {
  const telling = columns.filter(({ field, first, second }) => {
    const values = [...first, ...second].flatMap(({ form }) => form ?? [])
    // What is the same all over the page is the same on the next page, too.
    if (first.every(({ form }) => form === null) || second.every(({ form }) => form === null)) {
      return false
    }
    return places.length === 1 || (field.kind !== 'boolean' && new Set(values).size > 2)
  })
  const [first, last] = [places[0], places.at(-1)]
  if (first === undefined || last === undefined) return []
  if (telling.length < Math.min(COLUMNS_MIN, columns.length)) return []
  if (telling.some((column) => agrees(column, places.length))) return []
  const filled = (side: 'first' | 'second') =>
    telling.reduce((sum, column) => sum + column[side].filter(({ form }) => form).length, 0)
  const room = telling.length * places.length
  if (Math.min(filled('first'), filled('second')) < FILLED_MIN * room) return []
  const rows = places.length
  const turned = telling.map(({ field, first, second }) => ({
    field,
    first: second,
    second: first,
  }))
  const [there, back] = [telling, turned].map((columns) =>
    sumOf(places.map((_, row) => mostLike(columns, row, rows))),
  )
  if (there === undefined || back === undefined) return []
  // Seen from either entry; the one that says more for them counts.
  const { cells, alike } = there.alike * back.cells >= back.alike * there.cells ? there : back
  const chance = chanceOfSoFew(cells, alike)
  if (cells < CELLS_MIN || chance > FALSE_FINDINGS_MAX) return []
  const fit = alike / cells
  const fields = columns.map(({ field }) => field.name)
  const range = { fromRecord: first, toRecord: last, shift: 0 }
  return [{ kind: 'wrong-image', fields, ...range, fitBefore: fit, fitAfter: fit, chance }]
}

/** One column that is the same, in most of its cells, shows that the image is. */
function agrees(column: Column, rows: number): boolean {
  const places = Array.from({ length: rows }, (_, row) => row)
  const { cells, alike } = sumOf(places.map((row) => agreement([column], row, row)))
  return alike >= AGREEING * cells
}

interface Count {
  readonly cells: number
  readonly alike: number
}

function mostLike(columns: readonly Column[], row: number, rows: number): Count {
  let best: Count = { cells: 0, alike: 0 }
  for (let other = 0; other < rows; other += 1) {
    const found = agreement(columns, row, other)
    const more = found.alike * Math.max(best.cells, 1) - best.alike * Math.max(found.cells, 1)
    if (more > 0 || (more === 0 && found.cells > best.cells)) best = found
  }
  return best
}

function agreement(columns: readonly Column[], row: number, other: number): Count {
  let [cells, alike] = [0, 0]
  for (const { field, first, second } of columns) {
    const [x, y] = [first[row], second[other]]
    if (x === undefined || y === undefined || x.form === null || y.form === null) continue
    cells += 1
    if (isSame(field, x, y)) alike += 1
  }
  return { cells, alike }
}

function sumOf(counts: readonly Count[]): Count {
  return counts.reduce(
    (sum, { cells, alike }) => ({ cells: sum.cells + cells, alike: sum.alike + alike }),
    { cells: 0, alike: 0 },
  )
}

/** That of so many cells so few or fewer agree in two readings of one page; in logarithms, for large pages. */
function chanceOfSoFew(cells: number, alike: number): number {
  let [logarithm, sum] = [cells * Math.log(1 - AGREEING), 0]
  for (let count = 0; count <= alike; count += 1) {
    sum += Math.exp(logarithm)
    const odds = AGREEING / (1 - AGREEING)
    logarithm += Math.log(((cells - count) / (count + 1)) * odds)
  }
  return sum
}
