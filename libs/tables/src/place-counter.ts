import type { FilePlace } from './table-error.ts'

const LINE_ENDS = /\r\n|\n|\r/g

/** Walks along a text, in pieces, and knows the line and the column where it is. */
export class PlaceCounter {
  #line = 1
  #column = 1
  #afterReturn = false

  get place(): FilePlace {
    return { line: this.#line, column: this.#column }
  }

  pass(piece: string): void {
    // CRLF is one line end, also where a piece ends between the two.
    const text = this.#afterReturn && piece.startsWith('\n') ? piece.slice(1) : piece
    if (piece !== '') this.#afterReturn = piece.endsWith('\r')
    const ends = text.match(LINE_ENDS)?.length ?? 0
    const last = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r'))
    this.#line += ends
    this.#column = (ends > 0 ? 1 : this.#column) + countCharacters(text, last + 1)
  }
}

function countCharacters(text: string, from: number): number {
  let count = 0
  for (let at = from; at < text.length; at += 1) {
    const unit = text.charCodeAt(at)
    // The second half of a pair belongs to the character before.
    if (unit < 0xdc00 || unit > 0xdfff) count += 1
  }
  return count
}
