import type { Answer } from './call.ts'

const WAIT_FIRST_MS = 2_000
const WAIT_MAX_MS = 60_000

/** Whether the gateway answers, as the last call and the browser have it; and when to try again. */
export class Network {
  online = $state(navigator.onLine)
  /** Since when it does not answer. */
  offSince = $state(Date.now())
  #failures = 0

  constructor() {
    addEventListener('offline', () => this.lost())
  }

  /** Every answer goes through here. */
  heard<T>(answer: Answer<T>): Answer<T> {
    if (answer.is === 'unreachable') this.lost()
    else {
      this.online = true
      this.#failures = 0
    }
    return answer
  }

  /** Grows to a minute, and differs from computer to computer so that not all come back at once. */
  get waitMs(): number {
    const grown = WAIT_FIRST_MS * 2 ** Math.min(this.#failures - 1, 6)
    return Math.min(WAIT_MAX_MS, grown) * (0.75 + Math.random() / 2)
  }

  lost(): void {
    if (this.online) this.offSince = Date.now()
    this.online = false
    this.#failures += 1
  }
}
