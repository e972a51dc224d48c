/** Between a key and the first moment at which it is surely written: well under a second. */
const DELAY_MS = 250

/** Writes the newest of what is given to it, soon, and says how things stand. */
export class Saver<T> {
  state = $state<'nothing' | 'saving' | 'saved' | 'failed'>('nothing')
  savedAt = $state(0)
  readonly #write: (value: T) => Promise<void>
  #newest: { value: T } | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  #writing: Promise<void> = Promise.resolve()

  constructor(write: (value: T) => Promise<void>) {
    this.#write = write
  }

  save(value: T): void {
    this.#newest = { value }
    this.state = 'saving'
    // Not moved by further keys: a fast typist is saved as often as a slow one.
    this.#timer ??= setTimeout(() => void this.flush(), DELAY_MS)
  }

  /** Resolves when everything given so far is written, or could not be. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#writing = this.#writing.then(() => this.#writeNewest())
    await this.#writing
  }

  async #writeNewest(): Promise<void> {
    const newest = this.#newest
    if (newest === undefined) return
    this.#newest = undefined
    try {
      await this.#write(newest.value)
      this.savedAt = Date.now()
      this.state = this.#newest === undefined ? 'saved' : 'saving'
    } catch {
      // The disk is full, or the browser closed its database. Said in words, and tried again.
      this.#newest ??= newest
      this.state = 'failed'
      this.#timer ??= setTimeout(() => void this.flush(), DELAY_MS * 8)
    }
  }
}
