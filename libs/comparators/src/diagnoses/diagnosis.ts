/** One cause for much of what differs on a page. */
export const DIAGNOSIS_KINDS = [
  /** Cells stand some rows lower, or higher, than in the other entry. */
  'row-shift',
  /** Two fields have changed places. */
  'columns-swapped',
  /** What stands under one heading stands under another, and its own is empty. */
  'wrong-heading',
  'day-month-swapped',
  /** The entries have next to nothing in common. */
  'wrong-image',
] as const
export type DiagnosisKind = (typeof DIAGNOSIS_KINDS)[number]

/**
 * Says how the entries stand to each other, and never which of them is wrong: two cannot tell. The
 * first of the records meant in one entry belongs to the first in the other, and so on.
 */
export interface Diagnosis {
  readonly kind: DiagnosisKind
  /** In the form's order; for `wrong-heading`: the field in the first entry, then that in the second. */
  readonly fields: readonly string[]
  /** Record of the first entry and of the second from which, and up to which, it holds; from 1. */
  readonly fromRecord: readonly [number, number]
  readonly toRecord: readonly [number, number]
  /** How many rows the second entry stands below the first; above it when negative. */
  readonly shift: number
  /** Share of cells in these fields and records that agree: as they stand, and once put right. */
  readonly fitBefore: number
  readonly fitAfter: number
  /** How many such findings chance would make on a page like this. */
  readonly chance: number
}
