import { type Area, type Band, bandOf } from './strip-view.ts'

/** Where the records of a book stand: on most pages, on those of one side, on single ones. */
export interface BookBands {
  readonly book?: Band
  readonly odd?: Band
  readonly even?: Band
  readonly pages?: Readonly<Record<number, Band>>
}
/** Which pages a frame serves. */
export type Reach = 'book' | 'side' | 'page'

/** More single pages are not remembered; the book's frame serves them again. */
const PAGES_MAX = 200

export function bandOn(bands: BookBands, sequence: number): Band | undefined {
  return bands.pages?.[sequence] ?? bands[sideOf(sequence)] ?? bands.book
}

/**
 * The first frame of a book serves all of it. One that is drawn on another page later serves the pages of
 * that side, as left and right pages of a book are laid out; drawn once more on its page it serves as before.
 */
export function reachOf(bands: BookBands, sequence: number): Reach {
  if (bands.pages?.[sequence] !== undefined) return 'page'
  if (bands[sideOf(sequence)] !== undefined) return 'side'
  return bands.book === undefined || bands.book.drawn?.page === sequence ? 'book' : 'side'
}

/** A frame that was drawn around the record at this place (from 0) of a page. */
export function bandDrawn(bands: BookBands, sequence: number, drawn: Area, place: number): Band {
  return bandOf(drawn, { page: sequence, place }, bandOn(bands, sequence))
}

/** What is known of the book when this frame serves so many of its pages. */
export function withBand(before: BookBands, sequence: number, band: Band, reach: Reach): BookBands {
  const { [sequence]: _shadow, ...others } = before.pages ?? {}
  if (reach === 'page') {
    const kept = Object.entries(others).slice(-(PAGES_MAX - 1))
    return { ...before, pages: { ...Object.fromEntries(kept), [sequence]: band } }
  }
  if (reach === 'side') return { ...before, [sideOf(sequence)]: band, pages: others }
  return { book: band, pages: others }
}

/** A frame as it was drawn, around a record where a typist has it: its place changes with what is inserted. */
export interface Drawing {
  readonly area: Area
  readonly place: number
  readonly record?: string | undefined
}

/**
 * What is known of the book after all that was drawn on one page, one after the other; the frame that holds
 * there, and what was known before the last. Undefined where nothing was drawn.
 */
export function withDrawings(
  before: BookBands,
  sequence: number,
  drawings: readonly Drawing[],
  reach: Reach,
): { readonly bands: BookBands; readonly band: Band; readonly back: BookBands } | undefined {
  const last = drawings.at(-1)
  if (last === undefined) return undefined
  const earlier = withDrawings(before, sequence, drawings.slice(0, -1), reach)
  const back = earlier?.bands ?? before
  const band = bandDrawn(back, sequence, last.area, last.place)
  return { bands: withBand(back, sequence, band, reach), band, back }
}

function sideOf(sequence: number): 'odd' | 'even' {
  return sequence % 2 === 0 ? 'even' : 'odd'
}
