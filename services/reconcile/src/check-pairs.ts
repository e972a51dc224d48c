import type { RowPair } from '@songnhap/comparators'
import type { Compared } from './compared.ts'
import type { PageSide } from './page-side.ts'

/**
 * Why these pairs, in the order of the passes, are no pairing of a page's records; empty when they are.
 * Each record is there once. One that was keyed to fill a gap may be left out, if the gap is none.
 */
export function checkPairs(
  { form, sides }: Pick<Compared, 'form' | 'sides'>,
  pairs: readonly RowPair[],
): string[] {
  const findings = sides.flatMap((side, index) =>
    checkSide(side, rowsOf(pairs, index === 0 ? 0 : 1)),
  )
  if (pairs.some(([x, y]) => x === null && y === null)) findings.push('a pair has no record')
  if (pairs.some((pair) => isAddedAlone(pair, sides))) {
    findings.push('a record that was keyed to fill a gap stands alone')
  }
  const inOrder = sides.every((side, index) =>
    isAscending(side, rowsOf(pairs, index === 0 ? 0 : 1)),
  )
  if (form.recordOrder !== 'free' && !inOrder) findings.push('records are not in their order')
  return findings
}

function rowsOf(pairs: readonly RowPair[], side: 0 | 1): number[] {
  return pairs.flatMap((pair) => pair[side] ?? [])
}

function checkSide({ own, rows }: PageSide, paired: readonly number[]): string[] {
  const findings: string[] = []
  if (paired.some((row) => row >= rows.length)) findings.push('an entry has fewer records')
  if (new Set(paired).size < paired.length) findings.push('a record is paired twice')
  const missing = Array.from({ length: own }, (_, row) => row).filter(
    (row) => !paired.includes(row),
  )
  if (missing.length > 0) findings.push('a record is left out')
  return findings
}

function isAddedAlone([x, y]: RowPair, [first, second]: Compared['sides']): boolean {
  return (
    (x !== null && y === null && x >= first.own) || (y !== null && x === null && y >= second.own)
  )
}

/** Rows that were keyed later are at the end of a reading, wherever on the page they stand. */
function isAscending({ own }: PageSide, paired: readonly number[]): boolean {
  const ownRows = paired.filter((row) => row < own)
  return ownRows.every((row, index) => index === 0 || row > (ownRows[index - 1] ?? -1))
}
