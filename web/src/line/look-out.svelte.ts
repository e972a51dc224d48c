import type { Network } from './network.svelte.ts'

/** With work at hand; without, a hint or this finds it. */
const LOOK_EVERY_MS = 20_000

/** Sends, asks, renews; one after the other, or what was just sent would be asked for again. */
export class LookOut {
  nextLookAt = $state(0)
  readonly #network: Network
  readonly #look: (what: 'all' | 'due') => Promise<void>
  #timer: ReturnType<typeof setTimeout> | undefined
  #looking: Promise<void> | undefined
  #lookAgain = false
  #sendWhat: 'all' | 'due' = 'due'
  #ended = false

  /** `look` is never called while it is under way. */
  constructor(network: Network, look: (what: 'all' | 'due') => Promise<void>) {
    this.#network = network
    this.#look = look
  }

  get ended(): boolean {
    return this.#ended
  }

  begin(): void {
    addEventListener('online', this.lookNow)
    this.lookNow()
  }

  /** Nothing more is sent from this window once it resolves. */
  async end(): Promise<void> {
    this.#ended = true
    clearTimeout(this.#timer)
    removeEventListener('online', this.lookNow)
    await this.#looking
  }

  /** What is under way is done. */
  async settled(): Promise<void> {
    await this.#looking
  }

  readonly lookNow = (): void => {
    if (this.#ended) return
    clearTimeout(this.#timer)
    this.#lookAgain = this.#looking !== undefined
    this.#looking ??= this.#lookOnce().finally(() => {
      this.#looking = undefined
      const usual = this.#network.online ? LOOK_EVERY_MS : this.#network.waitMs
      const wait = this.#lookAgain ? 0 : usual
      this.nextLookAt = Date.now() + wait
      if (!this.#ended) this.#timer = setTimeout(this.lookNow, wait)
    })
  }

  /** Also what was refused. */
  sendAgain(): void {
    this.#sendWhat = 'all'
    this.lookNow()
  }

  async #lookOnce(): Promise<void> {
    const what = this.#sendWhat
    this.#sendWhat = 'due'
    await this.#look(what)
  }
}
