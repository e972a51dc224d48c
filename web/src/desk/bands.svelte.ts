import type { Kept } from '../keeping/kept.ts'
import { type BookBands, bandDrawn, bandOn, type Reach, reachOf, withBand } from './book-bands.ts'
import type { Area, Band } from './strip-view.ts'

/** As an assignment names it. */
export interface BookPage {
  readonly bookTitle: string
  readonly sequence: number
}
/** The frame that was drawn last, as long as its page is at hand. */
interface Drawn extends BookPage {
  readonly band: Band
  readonly reach: Reach
  /** What was known before anything was drawn on this page, and before this frame. */
  readonly before: BookBands
  readonly back: BookBands
}

const settingOf = (bookTitle: string) => `band ${bookTitle}`
const NONE: BookBands = {}

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

  async draw(page: BookPage, area: Area, place: number): Promise<void> {
    const { bookTitle, sequence } = page
    const back = this.#all[bookTitle] ?? NONE
    const last = this.#drawnOn(page)
    const band = bandDrawn(back, sequence, area, place)
    const reach = last?.reach ?? reachOf(back, sequence)
    this.#last = { bookTitle, sequence, band, reach, before: last?.before ?? back, back }
    await this.#keep(bookTitle, withBand(back, sequence, band, reach))
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
