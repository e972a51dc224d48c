/** A bounce of the key before must decide nothing. */
const SHUT_MS = 300

/** The picture first: what may be chosen comes a moment later, or at any key. */
export class Reveal {
  open = $state(false)
  readonly #began = performance.now()
  #timer: ReturnType<typeof setTimeout>

  constructor(afterMs = SHUT_MS) {
    this.#timer = setTimeout(() => this.#show(), afterMs)
  }

  hurry(): void {
    if (this.open) return
    clearTimeout(this.#timer)
    const passed = performance.now() - this.#began
    this.#timer = setTimeout(() => this.#show(), Math.max(0, SHUT_MS - passed))
  }
  end(): void {
    clearTimeout(this.#timer)
  }
  #show(): void {
    this.open = true
  }
}
