const OFFER_AFTER_MS = 50 * 60_000
const PAUSE_MS = 5 * 60_000

/** Offers a rest after 50 minutes at a stretch: between two pages, and never in the middle of one. */
export class Rest {
  offered = $state(false)
  #began = Date.now()
  #lastKey = Date.now()

  typed(now = Date.now()): void {
    if (now - this.#lastKey > PAUSE_MS) this.#began = now
    this.#lastKey = now
  }
  pageDone(now = Date.now()): void {
    if (now - this.#began > OFFER_AFTER_MS) this.offered = true
  }
  later(): void {
    this.offered = false
    this.#began = Date.now()
  }
}
