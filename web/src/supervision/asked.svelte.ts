import type { Answer } from '../line/call.ts'
import type { Campaigns } from './campaigns.svelte.ts'

type Read<T> = (path: string) => Promise<Answer<T>>

/**
 * What one address answers, asked for again whenever the room has looked. Made while a component is; the
 * address is a function, so that another one clears what was shown.
 */
export class Asked<T> {
  value = $state.raw<T>()
  /** Of the last time, if it was refused; what was told before stays. */
  refusal = $state.raw<{ readonly code: string; readonly vi: string; readonly en: string }>()
  readonly #campaigns: Campaigns
  readonly #read: Read<T>
  readonly #path: () => string
  #shown = ''

  /** `read`: where an answer comes in several parts. */
  constructor(
    campaigns: Campaigns,
    path: () => string,
    read: Read<T> = async (from) => await campaigns.ask<T>('GET', from),
  ) {
    this.#campaigns = campaigns
    this.#read = read
    this.#path = path
    $effect(() => {
      path()
      // Set by each look of the room that brought everything.
      campaigns.seenAt
      void this.again()
    })
  }

  async again(): Promise<void> {
    const path = this.#path()
    if (path !== this.#shown) {
      this.#shown = path
      this.value = undefined
      this.refusal = undefined
    }
    const answer = await this.#read(path)
    // Somebody looks at something else by now.
    if (path !== this.#path()) return
    if (answer.is === 'ok') {
      this.value = answer.body
      this.refusal = undefined
      this.#campaigns.keepTold(path, answer.body)
    } else if (answer.is === 'refused') {
      this.refusal = { code: answer.code, ...answer.message }
    } else this.value ??= this.#campaigns.told<T>(path)
  }
}
