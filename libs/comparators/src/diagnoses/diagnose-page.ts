import type { FormDefinition } from '@songnhap/contracts'
import { markOf } from '../compare-readings.ts'
import { type Contents, resolveDittos } from '../dittos/resolve-dittos.ts'
import { areIdentical, readingColumns } from '../reading-columns.ts'
import { readingOf } from '../reading-of.ts'
import type { RowPair } from '../rows/align-in-order.ts'
import { pairRecords, type RecordPairs } from '../rows/pair-records.ts'
import type { Diagnosis } from './diagnosis.ts'
import { findExchangedColumns } from './find-exchanged-columns.ts'
import { findRowShifts } from './find-row-shifts.ts'
import { findSwappedDates } from './find-swapped-dates.ts'
import { findWrongImage } from './find-wrong-image.ts'
import { pageColumns } from './page-columns.ts'

/** More at once is no page with a slip, but a page to be keyed again. */
const DIAGNOSES_MAX = 8

/**
 * What went wrong with a page as a whole, where one cause explains much of what differs between its
 * two entries. Usually nothing. Most certain first.
 *
 * Entries of the same length are held against each other by place, since a slip leaves their length;
 * otherwise as their records are paired, or were paired by a person.
 */
export function diagnosePage(
  form: FormDefinition,
  a: readonly Contents[],
  b: readonly Contents[],
  decided?: readonly RowPair[],
): Diagnosis[] {
  // Nothing went wrong where nothing differs, which is so for most pages.
  if (areIdentical(readingColumns(form, a, b))) return []
  const [first, second] = [resolveDittos(form, a), resolveDittos(form, b)]
  const pairs = decided ?? pairsFor(form, first, second)
  const page = pageColumns(form, first, second, pairs)
  if (page.places.length === 0) return []
  const all = form.fields.map(({ name }) => name)
  const shifts = findRowShifts(page, all).filter(
    (shift) => shift.fields.length < all.length || isWholePageShift(form, first, second, shift),
  )
  const found = [...shifts, ...findExchangedColumns(page), ...findSwappedDates(page)]
  const diagnoses = found.length === 0 ? findWrongImage(page) : found
  return diagnoses.toSorted((x, y) => x.chance - y.chance).slice(0, DIAGNOSES_MAX)
}

function pairsFor(
  form: FormDefinition,
  a: readonly Contents[],
  b: readonly Contents[],
): RecordPairs {
  const ordered = form.recordOrder !== 'free'
  // The proposal also where it is too uncertain to compare by: by place would only be worse.
  return ordered && a.length === b.length ? null : pairRecords(form, a, b).alignment.proposed
}

/**
 * Whole records off by a row are records left out and made up, unless there are blank records where
 * the slip began: then nothing is lost by putting it right.
 */
function isWholePageShift(
  form: FormDefinition,
  a: readonly Contents[],
  b: readonly Contents[],
  { fromRecord, toRecord, shift }: Diagnosis,
): boolean {
  if (a.length !== b.length || form.fields.length === 1) return a.length === b.length
  const rows = Math.abs(shift)
  const [above, below] = shift > 0 ? ([b, a] as const) : ([a, b] as const)
  const start = Math.min(...fromRecord)
  const end = Math.min(...toRecord)
  return isBlankStretch(form, above, start, rows) || isBlankStretch(form, below, end + 1, rows)
}

function isBlankStretch(
  form: FormDefinition,
  records: readonly Contents[],
  from: number,
  rows: number,
): boolean {
  const stretch = records.slice(from - 1, from - 1 + rows)
  return stretch.every((record) =>
    form.fields.every((field) => {
      const reading = readingOf(field, record)
      return reading === null || markOf(reading) === 'blank'
    }),
  )
}
