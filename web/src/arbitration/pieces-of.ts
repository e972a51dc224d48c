import { differingLetters } from '@songnhap/comparators'
import type { Reading } from '@songnhap/contracts'

/** A stretch of a reading, the same in both or not; empty where only the other reading has letters. */
export interface Piece {
  readonly text: string
  readonly differs: boolean
}

/** Both readings cut where they differ, the n-th difference of one against the n-th of the other. */
export function piecesOf(first: string, second: string): readonly [Piece[], Piece[]] {
  // A mark, or nothing at all, has no letters that could differ.
  if (first === '' || second === '') return [cut(first, []), cut(second, [])]
  const differing = differingLetters(first, second)
  return [cut(first, differing.first), cut(second, differing.second)]
}

/**
 * Of two readings as they differ; of three, each whole: what stands against what would be three tables. A
 * choice is whole too: nobody typed its letters.
 */
export function piecesOfAll(
  texts: readonly string[],
  isChosen = false,
): readonly (readonly Piece[])[] {
  const [first = '', second = '', third] = texts
  if (isChosen || third !== undefined) return texts.map((text) => cut(text, []))
  return piecesOf(first, second)
}

/** What of each reading has letters to be compared: a reading that is only a mark has none. */
export function textOfReading(reading: Reading | null): string {
  return reading?.value ?? ''
}

function cut(text: string, stretches: readonly { start: number; end: number }[]): Piece[] {
  const pieces: Piece[] = []
  let at = 0
  for (const { start, end } of stretches) {
    if (start > at) pieces.push({ text: text.slice(at, start), differs: false })
    pieces.push({ text: text.slice(start, end), differs: true })
    at = end
  }
  if (at < text.length) pieces.push({ text: text.slice(at), differs: false })
  return pieces
}
