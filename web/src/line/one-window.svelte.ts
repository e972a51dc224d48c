const LOCK = 'songnhap desk'
const CHANNEL = 'songnhap desk'
/** How long the other window has to save and let go, before it is taken to be dead. */
const YIELD_MAX_MS = 3_000

/**
 * One window of this browser works at a time, whoever is signed in: they share one session. The
 * browser lets go of the lock of a window that dies.
 */
export class OneWindow {
  state = $state<'asking' | 'here' | 'elsewhere'>('asking')
  readonly #letGo: () => Promise<void>
  readonly #channel = new BroadcastChannel(CHANNEL)
  #release: (() => void) | undefined

  /** `letGo` saves everything; it is called before another window takes over. */
  constructor(letGo: () => Promise<void>) {
    this.#letGo = letGo
    this.#channel.onmessage = () => this.#yield()
  }

  /** Works here unless another window does. */
  async begin(): Promise<void> {
    await this.#hold({ ifAvailable: true })
  }

  /** Asks the other window to save and let go, and works here. */
  async takeOver(): Promise<void> {
    this.#channel.postMessage('yield')
    const patience = AbortSignal.timeout(YIELD_MAX_MS)
    const got = await this.#hold({ signal: patience })
    if (!got) await this.#hold({ steal: true })
  }

  end(): void {
    this.#release?.()
    this.#channel.close()
  }

  /** Resolves when it is known whether the lock was given; keeps it until it is released. */
  #hold(options: LockOptions): Promise<boolean> {
    return new Promise((resolve) => {
      navigator.locks
        .request(LOCK, options, (lock) => {
          if (lock === null) {
            this.state = 'elsewhere'
            resolve(false)
            return undefined
          }
          this.state = 'here'
          resolve(true)
          return new Promise<void>((release) => {
            this.#release = release
          })
        })
        .catch(() => {
          // Either nobody let go in time, or another window has stolen the lock from this one.
          if (this.state === 'here') void this.#letGo()
          this.state = 'elsewhere'
          resolve(false)
        })
    })
  }

  async #yield(): Promise<void> {
    if (this.state !== 'here') return
    await this.#letGo()
    this.state = 'elsewhere'
    this.#release?.()
  }
}
