import type { Effort, FormDefinition, TypingAssignment } from '@songnhap/contracts'
import type { Kept } from '../keeping/kept.ts'
import { Saver } from '../keeping/saver.svelte.ts'
import type { AtWork } from '../line/at-work.ts'
import { type Answer, type Call, call } from '../line/call.ts'
import { keepApp } from '../line/keep-app.ts'
import { LookOut } from '../line/look-out.svelte.ts'
import type { Network } from '../line/network.svelte.ts'
import { Outbox, type Waiting } from '../line/outbox.svelte.ts'
import { listenForWork } from '../line/work-hint.ts'
import type { Session } from '../person/session.svelte.ts'
import { Bands } from './bands.svelte.ts'
import { type Draft, isUntouched } from './draft.ts'
import { FirstDay } from './first-day.svelte.ts'
import { type HeldPage, HeldPages, leavingWith } from './held-pages.svelte.ts'
import { KnownUnits } from './known-units.ts'
import { OneComputer } from './one-computer.svelte.ts'
import { Rest } from './rest.svelte.ts'
import { Typing } from './typing.svelte.ts'

const SENT = 'sent'
const CURRENT = 'current'
/** What an entry cost is kept in so many letters, or twice as many. */
const EFFORT_LETTERS = 2_048

interface Sent {
  readonly day: string
  readonly pages: number
}

/** A typist at work: the page under the hands, the pages ahead, what waits to be sent. */
export class Workplace implements AtWork {
  typing = $state.raw<Typing>()
  sentToday = $state(0)
  /** The place of the page that was handed back just now, until another one is left. */
  handedBack = $state<number>()
  readonly bands: Bands
  readonly held: HeldPages<TypingAssignment>
  readonly outbox: Outbox
  readonly saver: Saver<Draft>
  readonly network: Network
  readonly rest = new Rest()
  readonly firstDay: FirstDay
  readonly computer: OneComputer
  readonly lookOut: LookOut
  readonly #units: KnownUnits
  readonly #session: Session
  readonly #kept: Kept
  readonly #drafts = new Map<string, Draft>()
  /** Pages that were left for others because their picture would not open. */
  readonly #later = new Set<string>()
  #fetching: Promise<void> | undefined
  #stopHints: (() => void) | undefined
  #leaving = false

  constructor(session: Session, network: Network) {
    const { kept } = session
    if (kept === undefined) throw new Error('a desk without anybody at it')
    this.#session = session
    this.#kept = kept
    this.network = network
    const heard: Call = async <T>(...args: Parameters<Call>): Promise<Answer<T>> =>
      network.heard(await call<T>(...args))
    this.bands = new Bands(kept)
    this.held = new HeldPages<TypingAssignment>(kept, heard, ['typing'])
    this.firstDay = new FirstDay(kept, heard)
    this.computer = new OneComputer(kept, heard)
    this.outbox = new Outbox(kept, heard, (item) => this.#countSent(item))
    this.#units = new KnownUnits(heard, () => network.online)
    this.saver = new Saver((draft) => this.#keepDraft(draft))
    this.lookOut = new LookOut(network, (what) => this.#look(what))
  }

  async begin(): Promise<void> {
    const { values } = await this.#kept.all<Draft>('draft')
    for (const draft of values) this.#drafts.set(draft.pageId, draft)
    await Promise.all([this.outbox.load(), this.held.load(), this.#loadSent()])
    await this.#openPage((await this.#kept.get<string>('setting', CURRENT)) ?? '')
    addEventListener('visibilitychange', this.#hidden)
    this.#stopHints = listenForWork('typing', () => this.held.capacity, this.lookOut.lookNow)
    this.lookOut.begin()
  }

  async end(): Promise<void> {
    this.#stopHints?.()
    removeEventListener('visibilitychange', this.#hidden)
    const looked = this.lookOut.end()
    await this.saver.flush()
    await looked
  }

  get isAllSent(): boolean {
    const { waiting, broken } = this.outbox
    return waiting.length === 0 && broken === 0 && ![...this.#drafts.values()].some(isTyped)
  }
  get current(): HeldPage<TypingAssignment> | undefined {
    const pageId = this.typing?.assignment.pageId
    return this.held.pages.find(({ assignment }) => assignment.pageId === pageId)
  }
  /** As the page at hand lies by the layout that its book has now; it may have changed since. */
  get form(): FormDefinition | undefined {
    const { current } = this
    return (current && this.held.formOf(current)) ?? this.typing?.form
  }
  get isAtPage(): boolean {
    return this.typing !== undefined
  }
  /** Pages with everything that typing them needs, without the one at hand. */
  get ready(): number {
    return this.held.pages.filter((page) => page !== this.current && this.#isReady(page)).length
  }
  /** The first page that is waited for. */
  get awaited(): HeldPage<TypingAssignment> | undefined {
    return this.held.pages.find(({ assignment }) => !this.#later.has(assignment.pageId))
  }

  /** Finishes the page at hand; false while something in it is open. */
  async finish(): Promise<boolean> {
    const { typing, current } = this
    if (this.#leaving) return false
    const records = typing?.finish()
    if (typing === undefined || records === undefined) return false
    const { draft } = typing
    const assignment = current?.assignment ?? typing.assignment
    await this.#leave(assignment, {
      ...aboutOf(assignment),
      kind: 'entry',
      id: draft.entryId,
      records,
      ...withEffort(typing.effort()),
    })
    return true
  }

  /** Hands the page at hand back, for a reason. */
  async skip(reason: string, note: string): Promise<void> {
    const assignment = this.current?.assignment ?? this.typing?.assignment
    if (assignment === undefined || this.#leaving) return
    const why = note === '' ? { reason } : { reason, note }
    const about = aboutOf(assignment)
    await this.#leave(assignment, { ...about, kind: 'skip', id: assignment.leaseToken, ...why })
    this.handedBack = assignment.sequence
  }

  /** Another page first; this one keeps its text. */
  async setAside(): Promise<void> {
    const pageId = this.awaited?.assignment.pageId
    if (pageId !== undefined) this.#later.add(pageId)
    this.typing = undefined
    await this.#openPage()
  }

  /** From another computer of the same person; what was typed there stays there. */
  async takeOver(): Promise<void> {
    await this.computer.look(true)
    this.lookOut.lookNow()
  }

  readonly #hidden = (): void => void this.saver.flush()

  async #look(what: 'all' | 'due'): Promise<void> {
    const there = await this.#session.isThere()
    this.outbox.needsSignIn = there === 'no'
    if (there !== 'yes' || this.lookOut.ended) return
    await this.outbox.send(what)
    if (this.lookOut.ended) return
    // At once, since on a weak line each takes a second; taking gives both computers the same pages.
    const seated = this.computer.look()
    const answer = await this.held.take(
      (pageId) => this.outbox.waiting.some((item) => item.pageId === pageId),
      (pageId) => pageId === this.typing?.assignment.pageId || isTyped(this.#drafts.get(pageId)),
    )
    await seated
    if (this.computer.isElsewhere) await this.saver.flush()
    if (answer.is !== 'ok') return
    await this.#openPage()
    await this.held.renew()
    // A slow picture must not hold up what is to be sent.
    this.#fetching ??= this.held
      .fetchMissing(async () => {
        await this.#openPage()
        keepApp()
      })
      .finally(() => {
        this.#fetching = undefined
      })
    await this.firstDay.ask()
  }

  async #leave(
    assignment: TypingAssignment,
    finished: Parameters<Outbox['add']>[0],
  ): Promise<void> {
    const { pageId } = assignment
    // The key may come again while this is being written.
    this.#leaving = true
    this.handedBack = undefined
    this.rest.pageDone()
    await this.saver.flush()
    await this.outbox.add(finished, { remove: leavingWith(pageId) })
    this.#drafts.delete(pageId)
    this.typing = undefined
    this.held.forget(pageId)
    this.#leaving = false
    await this.#openPage()
    this.lookOut.lookNow()
  }

  /** Puts the next page under the hands, unless one is there. */
  async #openPage(wanted = ''): Promise<void> {
    if (this.typing !== undefined) return
    const ready = this.held.pages.filter((page) => this.#isReady(page))
    const page = ready.find(({ assignment }) => assignment.pageId === wanted) ?? ready[0]
    const form = page === undefined ? undefined : this.held.formOf(page)
    if (page === undefined || form === undefined) return
    const { assignment } = page
    const { pageId, bookTitle } = assignment
    await this.bands.load(bookTitle)
    if (this.typing !== undefined) return
    const draft = this.#drafts.get(pageId)
    const save = (next: Draft) => {
      this.rest.typed()
      this.saver.save(next)
      // Records may have been inserted, or moved.
      void this.bands.follow(assignment, (record) => {
        const index = next.records.findIndex(({ id }) => id === record)
        return index === -1 ? undefined : this.typing?.placeOf(index)
      })
    }
    this.typing = new Typing(assignment, form, draft, save, this.#units.lookUp)
    this.saver.state = draft === undefined ? 'nothing' : 'saved'
    if (draft !== undefined) this.saver.savedAt = Date.now()
    await this.#kept.change({ put: [{ room: 'setting', id: CURRENT, value: pageId }] })
  }

  #isReady(page: HeldPage<TypingAssignment>): boolean {
    const { pageId } = page.assignment
    const seen = this.held.pictures[pageId] !== undefined && !this.#later.has(pageId)
    return seen && this.held.formOf(page) !== undefined
  }

  async #keepDraft(draft: Draft): Promise<void> {
    if (!this.held.pages.some(({ assignment }) => assignment.pageId === draft.pageId)) return
    this.#drafts.set(draft.pageId, draft)
    await this.#kept.change({ put: [{ room: 'draft', id: draft.pageId, value: draft }] })
  }

  async #countSent({ kind }: Waiting): Promise<void> {
    if (kind !== 'entry') return
    this.sentToday += 1
    const value: Sent = { day: today(), pages: this.sentToday }
    await this.#kept.change({ put: [{ room: 'setting', id: SENT, value }] })
  }
  async #loadSent(): Promise<void> {
    const sent = await this.#kept.get<Sent>('setting', SENT)
    this.sentToday = sent?.day === today() ? sent.pages : 0
  }
}

function isTyped(draft: Draft | undefined): boolean {
  return draft?.records.some((record) => !isUntouched(record)) ?? false
}

/** What is kept is as long for whoever was quick as for whoever was slow (N9). */
function withEffort(effort: Effort | undefined) {
  if (effort === undefined) return {}
  const text = JSON.stringify(effort)
  return { effort: text.padEnd(Math.ceil(text.length / EFFORT_LETTERS) * EFFORT_LETTERS) }
}

function aboutOf({ leaseToken, pageId, bookTitle, sequence }: TypingAssignment) {
  return { leaseToken, pageId, bookTitle, sequence, doneAt: Date.now() }
}

function today(): string {
  return new Date().toDateString()
}
