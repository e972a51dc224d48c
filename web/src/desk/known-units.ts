import type { lookUpUnits, ReplyOf } from '@songnhap/contracts'
import type { UnitLookup } from '@songnhap/forms'
import type { Call } from '../line/call.ts'

/** The places of a shelf of registers: in one book a few come again and again. */
const KNOWN_MAX = 2_000
const PLACE_LENGTH_MAX = 200
/** One question has room for more. */
const ASKED_AT_ONCE_MAX = 20

interface Asked {
  readonly place: string
  readonly first: string
  readonly last: string
}

/**
 * Which places were administrative units, as far as the gateway has told this window. What is not known yet
 * is asked for beside the typing, which never waits: a place that comes again, and the last look at the
 * page, have the answer.
 */
export class KnownUnits {
  readonly #call: Call
  readonly #isOnline: () => boolean
  /** Null: asked, and it cannot be told. The longest known are forgotten first. */
  readonly #known = new Map<string, boolean | null>()
  readonly #wanted = new Map<string, Asked>()
  #asking = false

  constructor(call: Call, isOnline: () => boolean) {
    this.#call = call
    this.#isOnline = isOnline
  }

  readonly lookUp: UnitLookup = (place, first, last) => {
    const key = JSON.stringify([place, first, last])
    const known = this.#known.get(key)
    // The registry knows no earlier days, and no longer names.
    const isAskable = place.length <= PLACE_LENGTH_MAX && /^[12]/.test(first) && /^[12]/.test(last)
    if (known === undefined && isAskable && this.#isOnline()) {
      this.#wanted.set(key, { place, first, last })
      void this.#ask()
    }
    return known ?? undefined
  }

  async #ask(): Promise<void> {
    if (this.#asking) return
    this.#asking = true
    while (this.#wanted.size > 0) {
      const some = [...this.#wanted].slice(0, ASKED_AT_ONCE_MAX)
      const places = some.map(([, asked]) => asked)
      const path = '/api/units/look-up'
      const answer = await this.#call<ReplyOf<typeof lookUpUnits>>('POST', path, { places })
      // Without an answer they are wanted again when somebody looks again.
      for (const [at, [key]] of some.entries()) {
        this.#wanted.delete(key)
        if (answer.is === 'ok') this.#keep(key, answer.body.known[at] ?? null)
      }
    }
    this.#asking = false
  }

  #keep(key: string, known: boolean | null): void {
    const [oldest] = this.#known.keys()
    if (this.#known.size >= KNOWN_MAX && oldest !== undefined) this.#known.delete(oldest)
    this.#known.set(key, known)
  }
}
