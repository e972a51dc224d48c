import type { Kept } from '../keeping/kept.ts'
import {
  type BookBands,
  bandOn,
  type Drawing,
  type Reach,
  reachOf,
  withBand,
  withDrawings,
} from './book-bands.ts'
import type { Area, Band } from './strip-view.ts'

/** As an assignment names it. */
export interface BookPage {
  readonly bookTitle: string
  readonly sequence: number
}
/** The frame that was drawn last, as long as its page is at hand, with those before it on the page. */
interface Drawn extends BookPage {
  readonly drawings: readonly Drawing[]
  readonly band: Band
  readonly reach: Reach
  /** What was known before anything was drawn on this page, and before this frame. */
  readonly before: BookBands
  readonly back: BookBands
}

const settingOf = (bookTitle: string) => `band ${bookTitle}`
const NONE: BookBands = {}
/** On one page; two say all that there is to say. */
const DRAWINGS_MAX = 20

/** Where the records of each book stand, as they were drawn at this computer. */
export class Bands {
  #all = $state.raw<Readonly<Record<string, BookBands>>>({})
  #last = $state.raw<Drawn>()
  readonly #kept: Kept

  constructor(kept: Kept) {
    this.#kept = kept
  }

  of(page: BookPage | undefined): Band | undefined {
    return page && bandOn(this.#all[page.bookTitle] ?? NONE, page.sequence)
  }
  /** What the frame serves that was just drawn on this page. */
  reachOn(page: BookPage): Reach | undefined {
    return this.#drawnOn(page)?.reach
  }

  async load(bookTitle: string): Promise<void> {
    if (this.#all[bookTitle] !== undefined) return
    const kept = await this.#kept.get<BookBands | Band>('setting', settingOf(bookTitle))
    if (kept === undefined) return
    // Before pages of other layouts were told apart, one frame was kept.
    const bands = 'area' in kept ? { book: kept } : kept
    this.#all = { ...this.#all, [bookTitle]: bands }
  }

  async draw(page: BookPage, area: Area, place: number, record?: string): Promise<void> {
    const last = this.#drawnOn(page)
    const known = this.#all[page.bookTitle] ?? NONE
    const reach = last?.reach ?? reachOf(known, page.sequence)
    const drawings = [...(last?.drawings ?? []), { area, place, record }].slice(-DRAWINGS_MAX)
    await this.#drawAll(page, last?.before ?? known, drawings, reach)
  }

  /** Records were inserted, removed or moved: a frame stays around the record that it was drawn around. */
  async follow(page: BookPage, placeOf: (record: string) => number | undefined): Promise<void> {
    const last = this.#drawnOn(page)
    if (last === undefined) return
    const drawings = last.drawings.map((one) => ({
      ...one,
      place: (one.record === undefined ? undefined : placeOf(one.record)) ?? one.place,
    }))
    if (drawings.every(({ place }, index) => place === last.drawings[index]?.place)) return
    await this.#drawAll(page, last.before, drawings, last.reach)
  }

  async #drawAll(
    { bookTitle, sequence }: BookPage,
    before: BookBands,
    drawings: readonly Drawing[],
    reach: Reach,
  ): Promise<void> {
    const drawn = withDrawings(before, sequence, drawings, reach)
    if (drawn === undefined) return
    const { bands, band, back } = drawn
    this.#last = { bookTitle, sequence, drawings, band, reach, before, back }
    await this.#keep(bookTitle, bands)
  }

  /** The frame that was just drawn serves more pages, or fewer; those it leaves are as they were. */
  async reach(page: BookPage, reach: Reach): Promise<void> {
    const last = this.#drawnOn(page)
    if (last === undefined) return
    this.#last = { ...last, reach }
    await this.#keep(page.bookTitle, withBand(last.before, page.sequence, last.band, reach))
  }

  /** As if the last frame had not been drawn. */
  async takeBack(page: BookPage): Promise<void> {
    const last = this.#drawnOn(page)
    this.#last = undefined
    if (last !== undefined) await this.#keep(page.bookTitle, last.back)
  }

  #drawnOn({ bookTitle, sequence }: BookPage): Drawn | undefined {
    const last = this.#last
    return last?.bookTitle === bookTitle && last.sequence === sequence ? last : undefined
  }
  async #keep(bookTitle: string, bands: BookBands): Promise<void> {
    this.#all = { ...this.#all, [bookTitle]: bands }
    await this.#kept.change({ put: [{ room: 'setting', id: settingOf(bookTitle), value: bands }] })
  }
}
