import type { Campaign } from '@songnhap/contracts'
import { type Answer, call } from '../line/call.ts'
import type { Network } from '../line/network.svelte.ts'
import { watchChanges } from '../line/watch-changes.ts'
import type { BookProgress, Overview, Trouble } from './campaign-view.ts'
import { waitMs } from './look-pace.ts'

/** Lists that change slowly, or cost more. */
const LISTS_EVERY_MS = 14_000
const BOOK_CALLS_MAX = 40
/** A line that has not told the campaigns by then is said to be away. */
const FIRST_MAX_MS = 15_000
/** Answers that a section shows again while the line is away. */
const TOLD_MAX = 40
/** More than one answer has. */
const MANY_BOOKS = 500

export type Section = 'progress' | 'trouble' | 'accuracy' | 'release' | 'upload' | 'accounts'

const WITH_BOOKS: readonly Section[] = ['progress', 'release', 'upload']

interface MoreBooks {
  readonly books: readonly BookProgress[]
  readonly more: boolean
}

/** The campaigns, and of the one that is looked at what a section shows; asked for again and again. */
export class Campaigns {
  all = $state.raw<readonly Campaign[]>()
  chosenId = $state<string>()
  section = $state<Section>('progress')
  overview = $state.raw<Overview>()
  books = $state.raw<readonly BookProgress[]>([])
  /** Whether the books of this campaign are known: it may have none. */
  hasBooks = $state(false)
  trouble = $state.raw<Trouble>()
  /** When all that is shown was told, by this computer's clock. */
  seenAt = $state<number>()
  /** What was refused in the last look, in words of both languages. */
  refusal = $state.raw<{ readonly vi: string; readonly en: string }>()
  sessionEnded = $state(false)
  /** Whether the gateway says when something changed. */
  live = $state(false)
  readonly #network: Network
  readonly #told = new Map<string, unknown>()
  #timer: ReturnType<typeof setTimeout> | undefined
  #lookedAt = 0
  #listsAt = 0
  /** A hint came after the last look began; and before it. */
  #hinted = false
  #wasHinted = false
  #waitsToBeSeen = false
  #stopWatching: (() => void) | undefined
  #looking: Promise<void> | undefined
  #ended = false

  constructor(network: Network) {
    this.#network = network
  }

  get isOffline(): boolean {
    return !this.#network.online
  }
  get chosen(): Campaign | undefined {
    return this.all?.find(({ campaignId }) => campaignId === this.chosenId)
  }

  async begin(): Promise<void> {
    this.#ended = false
    addEventListener('online', this.#lookAgain)
    this.#stopWatching = watchChanges(
      ({ campaignId, things }) => {
        const isOfOther = campaignId !== null && campaignId !== this.chosenId
        if (!isOfOther || things.includes('campaign')) this.#hint()
      },
      (isLive) => {
        this.live = isLive
        // What was said meanwhile was not heard; and from now on it is asked at another pace.
        this.#hint()
      },
    )
    await this.look()
  }

  end(): void {
    this.#ended = true
    this.#stopWatching?.()
    removeEventListener('online', this.#lookAgain)
    clearTimeout(this.#timer)
  }

  readonly #lookAgain = (): void => void this.look()

  choose(campaignId: string): void {
    if (campaignId === this.chosenId) return
    this.chosenId = campaignId
    this.overview = undefined
    this.books = []
    this.hasBooks = false
    this.trouble = undefined
    void this.look()
  }

  show(section: Section): void {
    this.section = section
    void this.look()
  }

  /** Looks now; who asks while it looks gets another look behind it. */
  async look(): Promise<void> {
    clearTimeout(this.#timer)
    const before = this.#looking
    const looking = (async () => {
      await before
      if (this.#ended) return
      this.#lookedAt = Date.now()
      this.#wasHinted = this.#hinted
      this.#hinted = false
      await this.#lookOnce()
    })()
    this.#looking = looking
    await looking
    if (this.#looking !== looking || this.#ended) return
    this.#looking = undefined
    this.#wait()
  }

  #wait(): void {
    clearTimeout(this.#timer)
    const wait = waitMs({
      sinceMs: Date.now() - this.#lookedAt,
      isLive: this.live && this.#network.online,
      isHinted: this.#hinted,
      wasHinted: this.#wasHinted,
      isCostly: this.section !== 'progress',
    })
    this.#timer = setTimeout(() => this.#lookIfSeen(), wait)
  }

  /** Worth looking; soon, or after the look that is under way. */
  #hint(): void {
    if (this.#hinted || this.#ended) return
    this.#hinted = true
    if (this.#looking === undefined) this.#wait()
  }

  /** Nobody looks at a window that is hidden. */
  #lookIfSeen(): void {
    if (!document.hidden) {
      void this.look()
      return
    }
    if (this.#waitsToBeSeen) return
    this.#waitsToBeSeen = true
    const seen = () => {
      this.#waitsToBeSeen = false
      document.removeEventListener('visibilitychange', seen)
      if (!this.#ended) void this.look()
    }
    document.addEventListener('visibilitychange', seen)
  }

  async #lookOnce(): Promise<void> {
    type All = { campaigns: Campaign[] }
    const answer = await this.ask<All>('GET', '/api/campaigns', undefined, FIRST_MAX_MS)
    if (answer.is !== 'ok') return
    // The newest is what people work on.
    this.all = [...answer.body.campaigns].reverse()
    if (this.chosen === undefined) this.chosenId = this.all[0]?.campaignId
    const whole = this.chosenId === undefined || (await this.#lookAt(this.chosenId))
    if (whole) {
      this.seenAt = Date.now()
      this.refusal = undefined
    }
  }

  async #lookAt(campaignId: string): Promise<boolean> {
    const path = `/api/campaigns/${campaignId}`
    const isOld = () => campaignId !== this.chosenId
    const overview = await this.ask<Overview>('GET', `${path}/overview`)
    if (overview.is !== 'ok' || isOld()) return false
    this.overview = overview.body
    const isDue = Date.now() - this.#listsAt > LISTS_EVERY_MS
    if (isDue) this.#listsAt = Date.now()
    if (WITH_BOOKS.includes(this.section)) {
      if (isDue || this.books.length < MANY_BOOKS) {
        const books = await this.#readBooks(path)
        if (books === undefined || isOld()) return false
        this.books = books
        this.hasBooks = true
      }
    }
    if (this.section === 'progress' || this.section === 'trouble') {
      if (isDue || this.trouble === undefined || this.section === 'trouble') {
        const trouble = await this.#readTrouble(path)
        if (trouble === undefined || isOld()) return false
        this.trouble = trouble
      }
    }
    return true
  }

  async #readBooks(path: string): Promise<BookProgress[] | undefined> {
    const all: BookProgress[] = []
    for (let calls = 0; calls < BOOK_CALLS_MAX; calls += 1) {
      const last = all.at(-1)
      const after = last === undefined ? '' : `?after=${last.bookId}`
      const answer = await this.ask<MoreBooks>('GET', `${path}/books/progress${after}`)
      if (answer.is !== 'ok') return undefined
      all.push(...answer.body.books)
      if (!answer.body.more) break
    }
    return all
  }

  async #readTrouble(path: string): Promise<Trouble | undefined> {
    type Stuck = Record<'keying' | 'arbitration', { pages: Trouble['stuckKeying'] }>
    type Skipped = { pages: Trouble['skipped']; more: boolean }
    type Letters = Pick<Trouble, 'deadLetters' | 'silent'>
    const [letters, skipped, stuck] = await Promise.all([
      this.ask<Letters>('GET', '/api/dead-letters'),
      this.ask<Skipped>('GET', `${path}/skipped`),
      this.ask<Stuck>('GET', `${path}/stuck`),
    ])
    // Dead letters are for supervisors; an administrator is told nothing of them.
    const isForOthers = letters.is === 'refused' && letters.code === 'NOT_ALLOWED'
    if ((letters.is !== 'ok' && !isForOthers) || skipped.is !== 'ok' || stuck.is !== 'ok') {
      return undefined
    }
    return {
      ...(letters.is === 'ok' ? letters.body : { deadLetters: [], silent: [] }),
      skipped: skipped.body.pages,
      moreSkipped: skipped.body.more,
      stuckKeying: stuck.body.keying.pages,
      stuckArbitration: stuck.body.arbitration.pages,
    }
  }

  /** What an address told last, for when it cannot be asked. */
  told<T>(path: string): T | undefined {
    return this.#told.get(path) as T | undefined
  }
  keepTold(path: string, value: unknown): void {
    this.#told.delete(path)
    this.#told.set(path, value)
    const [oldest] = this.#told.keys()
    if (this.#told.size > TOLD_MAX && oldest !== undefined) this.#told.delete(oldest)
  }

  /** Every answer goes through here: what it says of line, session and service is noted. */
  async ask<T>(
    method: 'GET' | 'POST' | 'PUT',
    path: string,
    body?: unknown,
    maxMs?: number,
  ): Promise<Answer<T>> {
    const answer = this.#network.heard(await call<T>(method, path, body, maxMs))
    if (answer.is === 'refused') {
      this.sessionEnded = answer.code === 'NOT_SIGNED_IN'
      if (answer.code !== 'NOT_ALLOWED') this.refusal = answer.message
    }
    return answer
  }
}
