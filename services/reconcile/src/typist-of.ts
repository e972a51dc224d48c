import type { PageSide } from './page-side.ts'

/** Who keyed a row of a side: its typist, or whoever keyed what that one left out. */
export function typistOf({ own, typist, added }: PageSide, row: number | null): string | undefined {
  if (row === null) return undefined
  return row < own ? typist : added[row - own]?.typist
}
