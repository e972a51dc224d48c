import { PlaceCounter } from './place-counter.ts'
import type { FilePlace } from './table-error.ts'

export interface BrokenQuote {
  readonly place: FilePlace
  readonly what: string
}

const UNCLOSED =
  'a quotation mark that is never closed; close it, or double it if it is part of a value'
const INSIDE =
  'a quotation mark inside a value without any around it; quote the value and double those inside'
const BEHIND =
  'something behind a closing quotation mark; double the quotation marks that are part of a value'

/**
 * Where the quotation marks of a table go wrong first; null: nowhere. The parser says only near which
 * row, so the text is walked once more, and only when it is broken. A value longer than the bound is
 * one that was never closed.
 */
export async function findBrokenQuote(
  text: AsyncIterable<string>,
  separator: string,
  charsMax: number,
): Promise<BrokenQuote | null> {
  const counter = new PlaceCounter()
  let state: 'start' | 'plain' | 'quoted' | 'closed' = 'start'
  let [opened, length] = [counter.place, 0]
  for await (const piece of text) {
    for (const character of piece) {
      const ends = character === separator || character === '\n' || character === '\r'
      if (state === 'quoted') {
        length += 1
        if (length > charsMax) return { place: opened, what: UNCLOSED }
        if (character === '"') state = 'closed'
      } else if (ends) state = 'start'
      else if (character !== '"') {
        if (state === 'closed') return { place: counter.place, what: BEHIND }
        state = 'plain'
      } else if (state === 'plain') return { place: counter.place, what: INSIDE }
      else {
        if (state === 'start') [opened, length] = [counter.place, 0]
        state = 'quoted'
      }
      counter.pass(character)
    }
  }
  return state === 'quoted' ? { place: opened, what: UNCLOSED } : null
}
