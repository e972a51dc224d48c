export interface Stretch {
  readonly start: number
  readonly end: number
}

interface Piece {
  readonly text: string
  readonly differs: boolean
}

/** A text cut where it differs; together the pieces are the text. */
export function cutInto(text: string, stretches: readonly Stretch[]): Piece[] {
  const pieces: Piece[] = []
  let at = 0
  for (const { start, end } of stretches) {
    pieces.push({ text: text.slice(at, start), differs: false })
    pieces.push({ text: text.slice(start, end), differs: true })
    at = end
  }
  pieces.push({ text: text.slice(at), differs: false })
  return pieces.filter((piece) => piece.text !== '')
}
