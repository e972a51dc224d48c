import type { Bilingual, BookFile, UploadReport } from '@songnhap/contracts'
import { type Answer, call } from '../line/call.ts'
import type { Network } from '../line/network.svelte.ts'
import { type ChosenFile, inOrder, isLitter } from './chosen-files.ts'
import { sendFile } from './send-file.ts'
import { noteKey, readNote, sweepNotes, writeNote } from './upload-notes.ts'

type Outcome = UploadReport['files'][number]

export interface UploadItem extends ChosenFile {
  readonly key: string
  state: 'waiting' | 'sending' | 'taken' | 'duplicate' | 'refused' | 'litter'
  sent: number
  /** Why it was refused. */
  message: Bilingual | undefined
  /** The file that it became, or that has the same bytes. */
  fileId: string | undefined
  /** What that is called, where it is another one. */
  same: string | undefined
}

const AGAIN_AFTER_MS = 5_000
/** Not of the file: signing in, or room on the server, helps. */
const NOT_OF_FILE: ReadonlySet<string> = new Set([
  'NOT_SIGNED_IN',
  'PASSWORD_TO_CHANGE',
  'UPLOADS_FULL',
  'UNAVAILABLE',
])
const BROKEN: Bilingual = {
  vi: 'Máy chủ không nhận tệp này và không nói vì sao. Thử lại; nếu vẫn vậy, gọi quản trị.',
  en: 'The server did not take this file and did not say why. Try again; if it stays so, call an administrator.',
}

/** Sends files to a book, one after the other: their order is the order of the pages. */
export class Uploader {
  items = $state<UploadItem[]>([])
  state = $state<'idle' | 'sending' | 'paused' | 'interrupted'>('idle')
  /** Something ends the sending that has nothing to do with the files. */
  hindrance = $state.raw<Bilingual>()
  readonly #network: Network
  readonly #bookId: string
  readonly #personId: string
  #stop = new AbortController()
  #running = false

  constructor(network: Network, bookId: string, personId: string) {
    this.#network = network
    this.#bookId = bookId
    this.#personId = personId
    sweepNotes()
  }

  /** Not sent yet. */
  get left(): number {
    return this.items.filter(({ state }) => state === 'waiting' || state === 'sending').length
  }

  get bytes() {
    const sizes = this.items.filter(({ state }) => state !== 'litter')
    const ended = (state: UploadItem['state']) => state !== 'waiting' && state !== 'sending'
    return {
      all: sizes.reduce((sum, { file }) => sum + file.size, 0),
      sent: sizes.reduce(
        (sum, { file, sent, state }) => sum + (ended(state) ? file.size : sent),
        0,
      ),
    }
  }

  get current(): UploadItem | undefined {
    return this.items.find(({ state }) => state === 'sending')
  }

  /** Those chosen twice are there once. `known` are the files that the book has. */
  async add(chosen: readonly ChosenFile[], known: readonly BookFile[]): Promise<void> {
    const kept = new Map(known.map((one) => [one.fileId, one]))
    const here = new Set(this.items.map(({ key }) => key))
    for (const { path, file } of inOrder(chosen)) {
      const parts = [this.#personId, this.#bookId, path, file.size, file.lastModified]
      const key = await noteKey(parts)
      if (here.has(key)) continue
      here.add(key)
      const item = { key, path, file, sent: 0, message: undefined }
      const note = readNote(key)
      const earlier = kept.get(note?.fileId ?? '')
      const isThere = earlier !== undefined && earlier.state.is !== 'refused'
      const there = note?.isSame === true ? 'duplicate' : 'taken'
      const state = isLitter(item) ? 'litter' : isThere ? there : 'waiting'
      this.items.push({ ...item, state, fileId: note?.fileId, same: earlier?.name })
    }
    if (this.state !== 'paused') void this.#run()
  }

  pause(): void {
    this.state = 'paused'
    this.#stop.abort()
  }

  resume(): void {
    this.state = 'idle'
    this.hindrance = undefined
    void this.#run()
  }

  /** Those that were refused, once more. */
  tryAgain(): void {
    for (const item of this.items) if (item.state === 'refused') item.state = 'waiting'
    this.resume()
  }

  clear(): void {
    this.items = this.items.filter(({ state }) => state === 'waiting' || state === 'sending')
  }

  end(): void {
    this.pause()
  }

  async #run(): Promise<void> {
    if (this.#running) return
    this.#running = true
    this.#stop = new AbortController()
    const { signal } = this.#stop
    for (;;) {
      const item = this.items.find(({ state }) => state === 'waiting')
      if (item === undefined || signal.aborted) break
      this.state = 'sending'
      item.state = 'sending'
      const went = await this.#send(item, signal)
      if (item.state === 'sending') item.state = 'waiting'
      if (went === 'stopped') break
      if (went === 'later') await this.#untilAgain(signal)
    }
    this.#running = false
    if (this.state !== 'paused') this.state = 'idle'
    // Paused and begun again before the last part was let go.
    else if (!this.#stop.signal.aborted) void this.#run()
  }

  async #send(item: UploadItem, signal: AbortSignal): Promise<'on' | 'later' | 'stopped'> {
    const sent = await sendFile({
      file: item.file,
      url: readNote(item.key)?.url,
      signal,
      begun: (url) => writeNote(item.key, { url }),
      progress: (bytes) => {
        item.sent = bytes
      },
    })
    if (sent.is === 'stopped') return 'stopped'
    if (sent.is === 'interrupted') {
      this.#network.heard({ is: 'unreachable' })
      return 'later'
    }
    if (sent.is === 'refused') return this.#refuse(item, problemIn(sent.body))
    return await this.#take(item, sent.uploadId)
  }

  /** The bytes are there: now the file gets its place in the book. */
  async #take(item: UploadItem, uploadId: string): Promise<'on' | 'later' | 'stopped'> {
    const path = `/api/books/${this.#bookId}/files/from-upload`
    const body = { uploadId, fileName: item.file.name }
    const answer: Answer<Outcome> = this.#network.heard(await call('POST', path, body))
    if (answer.is === 'unreachable') return 'later'
    if (answer.is === 'refused') {
      // Swept meanwhile, or somebody else's: from the beginning.
      if (answer.code === 'NOT_FOUND') writeNote(item.key, {})
      return this.#refuse(item, answer)
    }
    const outcome = answer.body
    if (outcome.outcome === 'refused') {
      // What is not taken must not fill the room for uploads; mended, it is another file.
      writeNote(item.key, {})
      void call('DELETE', `/api/uploads/${uploadId}`)
      return this.#refuse(item, outcome.problem)
    }
    const fileId = outcome.outcome === 'accepted' ? outcome.fileId : outcome.of.fileId
    // Sent from another computer: it is there, and nobody needs to hear of it.
    const isSame = outcome.outcome === 'duplicate' && !this.#isItself(item, outcome.of)
    writeNote(item.key, { fileId, isSame })
    item.fileId = fileId
    void call('DELETE', `/api/uploads/${uploadId}`)
    item.state = isSame ? 'duplicate' : 'taken'
    if (outcome.outcome === 'duplicate') item.same = outcome.of.name
    return 'on'
  }

  #isItself({ file }: UploadItem, { bookId, name }: BookFile): boolean {
    return bookId === this.#bookId && name === file.name.normalize('NFC')
  }

  #refuse(
    item: UploadItem,
    problem: { readonly code: string; readonly message: Bilingual } | undefined,
  ): 'on' | 'stopped' | 'later' {
    if (problem !== undefined && NOT_OF_FILE.has(problem.code)) {
      this.hindrance = problem.message
      if (problem.code !== 'NOT_SIGNED_IN') return 'later'
      this.state = 'paused'
      return 'stopped'
    }
    item.state = 'refused'
    item.message = problem?.message ?? BROKEN
    return 'on'
  }

  /** Until the browser says that there is a network again, or for a while. */
  async #untilAgain(signal: AbortSignal): Promise<void> {
    this.state = 'interrupted'
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, AGAIN_AFTER_MS)
      const now = () => {
        clearTimeout(timer)
        resolve()
      }
      addEventListener('online', now, { once: true, signal })
      signal.addEventListener('abort', now)
    })
    this.hindrance = undefined
  }
}

function problemIn(body: string): { code: string; message: Bilingual } | undefined {
  try {
    const problem: unknown = JSON.parse(body)
    const isOne = typeof problem === 'object' && problem !== null && 'code' in problem
    return isOne ? (problem as { code: string; message: Bilingual }) : undefined
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return undefined
  }
}
