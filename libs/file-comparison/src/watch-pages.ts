import { diagnosePage, type RowPair } from '@songnhap/comparators'
import type { FormDefinition } from '@songnhap/contracts'
import type { Verdict } from './compared-record.ts'
import type { Diagnosis } from './comparison-result.ts'
import type { RecordSource } from './record-source.ts'

/** Where no column names pages, this many records are looked at together. */
const WINDOW_RECORDS = 50
/** A page with more is looked at in parts: the time it takes grows with the square. */
const PAGE_RECORDS_MAX = 200
/** Less than this in one column has no one cause. */
const ASKED_MIN = 3
/** How many false findings may be expected in a table of windows: as on a page, in all of them together. */
const FALSE_FINDINGS_MAX = 0.01
const DIAGNOSES_MAX = 10_000

export interface PageWatch {
  readonly add: (pair: RowPair, verdicts: readonly Verdict[]) => void
  readonly finish: () => readonly Diagnosis[]
}

interface Open {
  page: string | undefined
  pairs: RowPair[]
  /** By field, how many pairs a person would decide. */
  readonly asked: Map<string, number>
}

interface Found {
  readonly diagnosis: Diagnosis
  readonly chance: number
}

/**
 * Looks for what has one cause while records are compared, page by page; where nothing says which
 * page a record is of, in one window of records after the other, of which neighbouring findings are
 * one. `pageOf` says the page of a pair.
 */
export function watchPages(
  form: FormDefinition,
  sources: readonly [RecordSource, RecordSource],
  pageOf: ((pair: RowPair) => string) | null,
): PageWatch {
  const found: Found[] = []
  const sizeMax = pageOf === null ? WINDOW_RECORDS : PAGE_RECORDS_MAX
  let windows = 0
  let open: Open = { page: undefined, pairs: [], asked: new Map() }
  const close = (next: string | undefined) => {
    const suspicious = [...open.asked.values()].some((count) => count >= ASKED_MIN)
    const gaps = open.pairs.some((pair) => pair.includes(null))
    if (open.pairs.length > 0) windows += 1
    if ((suspicious || gaps) && found.length < DIAGNOSES_MAX) {
      found.push(...diagnose(form, sources, open, pageOf !== null))
    }
    open = { page: next, pairs: [], asked: new Map() }
  }
  return {
    add: (pair, verdicts) => {
      const page = pageOf?.(pair)
      if (page !== open.page || open.pairs.length >= sizeMax) close(page)
      open.pairs.push(pair)
      for (const { field, settled } of verdicts) {
        if (settled === null) open.asked.set(field.name, (open.asked.get(field.name) ?? 0) + 1)
      }
    },
    finish: () => {
      close(undefined)
      if (pageOf !== null) return found.map(({ diagnosis }) => diagnosis)
      const sure = found.filter(({ chance }) => chance * windows <= FALSE_FINDINGS_MAX)
      return joinNeighbours(sure.map(({ diagnosis }) => diagnosis))
    },
  }
}

function diagnose(
  form: FormDefinition,
  [first, second]: readonly [RecordSource, RecordSource],
  { page, pairs }: Open,
  isPage: boolean,
): Found[] {
  // Of a window, which no page holds together, only what both have.
  const kept = isPage ? pairs : pairs.filter((pair) => !pair.includes(null))
  const rowsA = kept.flatMap(([a]) => a ?? [])
  const rowsB = kept.flatMap(([, b]) => b ?? [])
  if (rowsA.length === 0 || rowsB.length === 0) return []
  const [a, b] = [rowsA.map(first.record), rowsB.map(second.record)]
  // Row numbers of a page are its own; in a table they are counted from its beginning.
  const rowIn = (place: number) => (isPage ? place : (rowsA[place - 1] ?? 0) + 1)
  return diagnosePage(form, a, b).map(
    ({ kind, fields, fromRecord, toRecord, shift, fitBefore, fitAfter, chance }) => ({
      chance,
      diagnosis: {
        kind,
        ...(page === undefined ? {} : { page }),
        fields,
        fromRow: rowIn(fromRecord[0]),
        toRow: rowIn(toRecord[0]),
        shift,
        fitBefore,
        fitAfter,
      },
    }),
  )
}

/** A slip that goes on in the next window is one. */
function joinNeighbours(diagnoses: readonly Diagnosis[]): Diagnosis[] {
  const joined: Diagnosis[] = []
  for (const next of diagnoses) {
    const at = joined.findLastIndex((before) => isContinued(before, next))
    const before = joined[at]
    if (before === undefined) joined.push(next)
    else joined[at] = { ...before, toRow: next.toRow ?? 0 }
  }
  return joined
}

function isContinued(before: Diagnosis, next: Diagnosis): boolean {
  const gap = (next.fromRow ?? 0) - (before.toRow ?? 0)
  return (
    before.kind === next.kind &&
    before.shift === next.shift &&
    before.fields.join('\0') === next.fields.join('\0') &&
    gap > 0 &&
    gap <= WINDOW_RECORDS / 2
  )
}
