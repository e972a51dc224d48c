import type { Kept } from '../keeping/kept.ts'
import type { Band } from './strip-view.ts'

const settingOf = (bookTitle: string) => `band ${bookTitle}`

/** Where the records of each book stand, as they were drawn at this computer. */
export class Bands {
  #all = $state.raw<Readonly<Record<string, Band>>>({})
  readonly #kept: Kept

  constructor(kept: Kept) {
    this.#kept = kept
  }

  of(bookTitle: string | undefined): Band | undefined {
    return bookTitle === undefined ? undefined : this.#all[bookTitle]
  }

  async load(bookTitle: string): Promise<void> {
    if (this.#all[bookTitle] !== undefined) return
    const band = await this.#kept.get<Band>('setting', settingOf(bookTitle))
    if (band !== undefined) this.#all = { ...this.#all, [bookTitle]: band }
  }

  async keep(bookTitle: string, band: Band): Promise<void> {
    this.#all = { ...this.#all, [bookTitle]: band }
    await this.#kept.change({ put: [{ room: 'setting', id: settingOf(bookTitle), value: band }] })
  }
}
