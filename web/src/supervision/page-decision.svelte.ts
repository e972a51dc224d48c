import type { ASIDE_REASONS, BookFile, SkippedPage } from '@songnhap/contracts'
import { textOf } from '../words/language.svelte.ts'
import { percent } from '../words/numbers.ts'
import { returnedWords } from '../words/returned.ts'
import { supervisionWords } from '../words/supervision.ts'
import type { ReturnedPage } from './campaign-view.ts'
import type { Campaigns } from './campaigns.svelte.ts'
import { FilesOfBook } from './files-of-book.svelte.ts'
import { sendFile } from './send-file.ts'

const LOOK_AGAIN_MS = 1_000
const LOOKS_MAX = 120

/** What typists say that is a reason to set a page aside. */
const REASON_OF_SAID = new Map<SkipReason, AsideReason>([
  ['photographed-twice', 'photographed-twice'],
  ['unreadable', 'unreadable'],
  ['wrong-form', 'not-part-of-book'],
  ['not-a-register-page', 'not-part-of-book'],
])

type AsideReason = (typeof ASIDE_REASONS)[number]
type SkipReason = SkippedPage['reason']

export type Way = 'again' | 'replace' | 'aside'

type Taken =
  | { outcome: 'accepted'; fileId: string }
  | { outcome: 'duplicate'; of: BookFile }
  | { outcome: 'refused'; problem: { message: { vi: string; en: string } } }

/** What a supervisor is deciding about one page. */
export class PageDecision {
  way = $state<Way>()
  /** What the typists said, where that is a reason; else nothing. */
  reason = $state<AsideReason>()
  note = $state('')
  file = $state.raw<File>()
  isSure = $state(false)
  busy = $state(false)
  problem = $state('')
  progress = $state('')
  readonly #stop = new AbortController()

  constructor(said: readonly SkipReason[]) {
    const reasons = new Set(said.map((one) => REASON_OF_SAID.get(one)))
    if (reasons.size === 1) this.reason = [...reasons][0]
  }

  get needsNote(): boolean {
    return this.way === 'aside' && this.reason === 'other'
  }

  /** To the question whether it is right, or what is missing is said. */
  goOn(): void {
    const words = returnedWords()
    if (this.way === undefined) this.problem = words.chooseFirst
    else if (this.way === 'replace' && this.file === undefined) this.problem = words.fileFirst
    else if (this.way === 'aside' && this.reason === undefined) this.problem = words.reasonFirst
    else if (this.needsNote && this.note.trim() === '') this.problem = words.noteFirst
    else {
      this.problem = ''
      this.isSure = true
    }
  }

  back(): void {
    this.problem = ''
    this.isSure = false
  }

  end(): void {
    this.#stop.abort()
  }

  /** Tells whether it is done; else it is said what is in the way. */
  async make(campaigns: Campaigns, { pageId, bookId }: ReturnedPage): Promise<boolean> {
    this.busy = true
    this.problem = ''
    const note = this.note.trim()
    const noted = note === '' ? {} : { note }
    const path = `/api/pages/${pageId}`
    if (this.way === 'replace') {
      this.problem = await this.#replace(campaigns, path, bookId, noted)
    } else {
      const isAside = this.way === 'aside'
      const body = isAside ? { reason: this.reason, ...noted } : noted
      const order = isAside ? `${path}/set-aside` : `${path}/offer-again`
      this.problem = problemOf(await campaigns.ask('POST', order, body))
    }
    this.busy = false
    this.progress = ''
    return this.problem === ''
  }

  async #replace(
    campaigns: Campaigns,
    path: string,
    bookId: string,
    noted: { note?: string },
  ): Promise<string> {
    const words = returnedWords()
    const { file } = this
    if (file === undefined) return words.fileFirst
    const sent = await sendFile({
      file,
      url: undefined,
      signal: this.#stop.signal,
      begun: () => {},
      progress: (bytes) => {
        this.progress = words.sending(percent(bytes, file.size))
      },
    })
    if (sent.is !== 'whole') return words.interrupted
    this.progress = words.reading
    const body = { uploadId: sent.uploadId, fileName: file.name, ...noted }
    const answer = await campaigns.ask<Taken>('POST', `${path}/replace-from-upload`, body)
    if (answer.is !== 'ok') return problemOf(answer)
    const taken = answer.body
    if (taken.outcome === 'refused') return textOf(taken.problem.message)
    if (taken.outcome === 'duplicate') return words.duplicate(taken.of.name)
    return await this.#untilRead(campaigns, bookId, taken.fileId)
  }

  /** The page is replaced once its file is read, which may find that it cannot be. */
  async #untilRead(campaigns: Campaigns, bookId: string, fileId: string): Promise<string> {
    const files = new FilesOfBook(campaigns, bookId)
    for (let looks = 0; looks < LOOKS_MAX && !this.#stop.signal.aborted; looks += 1) {
      await files.look()
      const state = files.all?.find((file) => file.fileId === fileId)?.state
      if (state?.is === 'received' || state?.is === 'refused') {
        files.end()
        return state.is === 'refused' ? textOf(state.problem.message) : ''
      }
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS))
    }
    files.end()
    return returnedWords().stillReading
  }
}

function problemOf(answer: Awaited<ReturnType<Campaigns['ask']>>): string {
  if (answer.is === 'ok') return ''
  return answer.is === 'refused' ? textOf(answer.message) : supervisionWords().unreachable
}
