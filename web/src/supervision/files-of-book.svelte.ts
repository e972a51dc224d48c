import type { BookFile } from '@songnhap/contracts'
import type { Campaigns } from './campaigns.svelte.ts'

const LOOK_AGAIN_MS = 2_000
const CALLS_MAX = 40

/** The files of a book and what became of each; asked for again while some are still being read. */
export class FilesOfBook {
  all = $state.raw<readonly BookFile[]>()
  readonly #campaigns: Campaigns
  readonly #bookId: string
  #timer: ReturnType<typeof setTimeout> | undefined
  #ended = false

  constructor(campaigns: Campaigns, bookId: string) {
    this.#campaigns = campaigns
    this.#bookId = bookId
  }

  get unread(): number {
    return (this.all ?? []).filter(({ state }) => state.is === 'waiting' || state.is === 'reading')
      .length
  }

  async look(): Promise<void> {
    clearTimeout(this.#timer)
    if (this.#ended) return
    const found: BookFile[] = []
    for (let calls = 0; calls < CALLS_MAX; calls += 1) {
      const last = found.at(-1)
      const after = last === undefined ? '' : `?after=${last.fileId}`
      const path = `/api/books/${this.#bookId}/files${after}`
      const answer = await this.#campaigns.ask<{ files: BookFile[]; more: boolean }>('GET', path)
      if (answer.is !== 'ok') return this.#later()
      found.push(...answer.body.files)
      if (!answer.body.more) break
    }
    this.all = found
    if (this.unread > 0) this.#later()
    // The pages that came of them.
    else if (found.length > 0) void this.#campaigns.look()
  }

  end(): void {
    this.#ended = true
    clearTimeout(this.#timer)
  }

  #later(): void {
    if (!this.#ended) this.#timer = setTimeout(() => void this.look(), LOOK_AGAIN_MS)
  }
}
