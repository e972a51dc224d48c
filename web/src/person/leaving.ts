import { call } from '../line/call.ts'
import type { Network } from '../line/network.svelte.ts'

/** Signed out without a network: the session there is ended before anybody enters here again. */
const LEAVING = 'songnhap.leaving'
const WAIT_MAX_MS = 15_000

/** Ends the session at the gateway, as soon as the line allows; the computer is signed out before that. */
export class Leaving {
  readonly #network: Network
  #under: Promise<void> | undefined
  #held = 0

  constructor(network: Network) {
    this.#network = network
  }

  get isDue(): boolean {
    return localStorage.getItem(LEAVING) !== null
  }

  begin(): void {
    localStorage.setItem(LEAVING, 'yes')
  }

  /** A new session has taken the place of one that could not be ended. */
  isOver(): void {
    localStorage.removeItem(LEAVING)
  }

  /** While somebody signs in nothing is ended: the answer would end the new session in this browser. */
  async holdWhile<T>(signingIn: () => Promise<T>): Promise<T> {
    this.#held += 1
    try {
      await this.#under
      return await signingIn()
    } finally {
      this.#held -= 1
    }
  }

  async atLast(isOut: () => boolean): Promise<void> {
    while (isOut() && this.isDue) {
      if (this.#held === 0) {
        this.#under = this.#leave()
        await this.#under
      }
      if (this.isDue) await new Promise((go) => setTimeout(go, this.#network.waitMs))
    }
  }

  async #leave(): Promise<void> {
    const asked = await call('DELETE', '/api/session', undefined, WAIT_MAX_MS)
    const answer = this.#network.heard(asked)
    const gone = answer.is === 'ok' || (answer.is === 'refused' && answer.code === 'NOT_SIGNED_IN')
    if (gone) this.isOver()
  }
}
