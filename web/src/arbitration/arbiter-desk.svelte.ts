import type {
  ArbitrationAssignment,
  FormDefinition,
  Reading,
  RowPairs,
  Ruling,
  Verdict,
  WorkKind,
} from '@songnhap/contracts'
import { Bands } from '../desk/bands.svelte.ts'
import { HeldPages, leavingWith } from '../desk/held-pages.svelte.ts'
import type { AtWork } from '../line/at-work.ts'
import { type Answer, type Call, call } from '../line/call.ts'
import { LookOut } from '../line/look-out.svelte.ts'
import type { Network } from '../line/network.svelte.ts'
import { isOvertaken, Outbox, type Waiting } from '../line/outbox.svelte.ts'
import { listenForWork } from '../line/work-hint.ts'
import type { Session } from '../person/session.svelte.ts'
import * as docket from './docket.ts'
import { GivenRulings } from './given-rulings.svelte.ts'
import { rulingsToSend } from './page-rulings.ts'

/** A page whose questions are all decided waits so long for second thoughts. */
const SECOND_THOUGHTS_MS = 30_000

export type Notice = 'none' | 'nothing-to-take-back' | 'not-complete' | 'needs-line' | 'ended'

/** An arbiter at work: the question at hand, what is decided and not sent yet, the pages ahead. */
export class ArbiterDesk implements AtWork {
  lineUp = $state.raw<docket.LineUp>()
  notice = $state.raw<Notice>('none')
  /** When the pages that are decided go out by themselves. */
  sendsAt = $state<number>()
  /** The page that went into the outbox last, by its place in the book. */
  lastSent = $state.raw<number>()
  reopened = $state.raw<number>()
  entries = $state.raw<docket.ShownEntries | 'waiting'>()
  readonly bands: Bands
  readonly given: GivenRulings
  readonly held: HeldPages<ArbitrationAssignment>
  readonly outbox: Outbox
  readonly network: Network
  readonly lookOut: LookOut
  readonly #session: Session
  readonly #call: Call
  readonly #works: readonly WorkKind[]
  #here = $state.raw<string>()
  /** Asked for by the arbiter, and on its way here. */
  #wanted: string | undefined
  /** Pages on their way into the outbox. */
  #leaving = $state.raw<ReadonlySet<string>>(new Set())
  #timer: ReturnType<typeof setTimeout> | undefined
  #fetching: Promise<void> | undefined
  #stopHints: readonly (() => void)[] = []

  constructor(session: Session, network: Network, works: readonly WorkKind[]) {
    const { kept } = session
    if (kept === undefined) throw new Error('a desk without anybody at it')
    this.#session = session
    this.#works = works
    this.network = network
    this.#call = async <T>(...args: Parameters<Call>): Promise<Answer<T>> =>
      network.heard(await call<T>(...args))
    this.held = new HeldPages<ArbitrationAssignment>(kept, this.#call, works)
    this.outbox = new Outbox(kept, this.#call, async () => {})
    this.bands = new Bands(kept)
    this.given = new GivenRulings(kept)
    this.lookOut = new LookOut(network, (what) => this.#look(what))
  }

  async begin(): Promise<void> {
    await Promise.all([this.given.load(), this.outbox.load(), this.held.load()])
    await this.#settle()
    if (this.#donePages().length > 0) this.#sendLater()
    addEventListener('visibilitychange', this.#hidden)
    this.#stopHints = this.#works.map((work) =>
      listenForWork(work, () => this.held.capacity, this.lookOut.lookNow),
    )
    this.lookOut.begin()
  }

  async end(): Promise<void> {
    clearTimeout(this.#timer)
    for (const stop of this.#stopHints) stop()
    removeEventListener('visibilitychange', this.#hidden)
    const looked = this.lookOut.end()
    await this.saver.flush()
    await looked
  }

  get isAllSent(): boolean {
    const { waiting, broken } = this.outbox
    return waiting.length === 0 && broken === 0 && !this.given.any
  }
  get saver() {
    return this.given.saver
  }
  get cases(): readonly docket.Case[] {
    const pages = this.held.pages.filter(({ assignment }) => this.#isReady(assignment))
    return docket.casesOf(pages.map(({ assignment }) => assignment))
  }
  get at(): docket.Case | undefined {
    return this.cases.find(({ question }) => question.questionId === this.#here)
  }
  get isAtPage(): boolean {
    return this.at !== undefined
  }
  get openCases(): readonly docket.Case[] {
    return this.cases.filter((one) => this.isOpen(one))
  }
  get ready(): number {
    const here = this.at?.assignment.pageId
    return this.held.pages.filter(
      ({ assignment }) => assignment.pageId !== here && this.#isReady(assignment),
    ).length
  }
  formOf(assignment: ArbitrationAssignment): FormDefinition | undefined {
    return this.held.formOf({ assignment })
  }
  isOpen(one: docket.Case): boolean {
    return this.given.on(one) === undefined
  }

  /** The next question stands there at once; a page that was decided before goes out now. */
  decide(verdict: Verdict, more: { value?: Reading; note?: string; pairs?: RowPairs } = {}): void {
    const { at } = this
    if (at === undefined) return
    const { pageId } = at.assignment
    const done = this.#donePages().filter((assignment) => assignment.pageId !== pageId)
    for (const assignment of done) void this.#leave(assignment)
    this.given.give(pageId, { questionId: at.question.questionId, verdict, ...more })
    this.#forgetWords()
    this.#goOn(at)
    if (this.#donePages().length > 0) this.#sendLater()
  }

  /** Takes the last ruling back that has not been sent, and asks its question again. */
  takeBack(): void {
    const last = this.given.last(this.cases)
    this.#forgetWords()
    if (last === undefined) {
      this.notice = 'nothing-to-take-back'
      return
    }
    const { questionId } = last.question
    this.given.takeBack(last.assignment.pageId, questionId)
    this.#here = questionId
    if (this.#donePages().length === 0) this.#sendNever()
  }

  /** To another question of the page at hand, decided or not. */
  step(by: -1 | 1): void {
    const next = docket.neighbourOf(this.cases, this.at, by)
    if (next !== undefined) this.goTo(next.question.questionId)
  }
  goTo(questionId: string): void {
    this.#forgetWords()
    this.#here = questionId
    // Whoever looks again gets the time to.
    if (this.sendsAt !== undefined) this.#sendLater()
  }

  /** Pages that are decided go out now. */
  async sendDone(): Promise<void> {
    const done = this.#donePages()
    this.#forgetWords()
    if (done.length === 0) this.notice = this.at === undefined ? 'none' : 'not-complete'
    for (const assignment of done) await this.#leave(assignment)
  }

  /** Both entries, for an arbiter who sees that records are paired wrongly. */
  async openPairs(): Promise<void> {
    const { at } = this
    if (at === undefined) return
    this.#forgetWords()
    this.entries = 'waiting'
    const path = `/api/assignments/${at.assignment.leaseToken}/entries`
    const answer = await this.#call<docket.ShownEntries>('GET', path)
    // Somebody who went on meanwhile is not called back.
    if (this.entries !== 'waiting' || this.#here !== at.question.questionId) return
    this.entries = answer.is === 'ok' ? answer.body : undefined
    if (answer.is === 'unreachable') this.notice = 'needs-line'
    if (answer.is === 'refused') this.notice = 'ended'
  }

  /** Goes out at once with everything that is decided of the page, and brings its next questions. */
  async pairAnew(pairs: RowPairs): Promise<void> {
    const { at, entries } = this
    if (at === undefined || entries === undefined || entries === 'waiting') return
    const { questionId } = entries
    this.entries = undefined
    await this.#leave(at.assignment, [{ questionId, verdict: 'aligned', pairs }])
  }

  /** What was refused is looked at again; nothing of it is lost, and nothing goes out by itself. */
  async reopen(item: Waiting): Promise<void> {
    if (item.kind !== 'rulings') return
    const value = this.given.giveAgain(item.pageId, item.rulings)
    await this.outbox.takeOut(item, { put: [{ room: 'rulings', id: item.pageId, value }] })
    this.reopened = item.sequence
    this.#wanted = item.rulings[0]?.questionId
    this.lookOut.lookNow()
  }

  readonly #hidden = (): void => void this.saver.flush()

  #forgetWords(): void {
    this.notice = 'none'
    this.reopened = undefined
    this.entries = undefined
  }
  #goOn(from: docket.Case): void {
    const next = docket.nextCase(this.cases, (one) => this.isOpen(one), from.question, this.lineUp)
    if (next && this.lineUp && !docket.isLinedUp(next, this.lineUp)) this.lineUp = undefined
    this.#here = next?.question.questionId
  }

  /** What is at hand stays at hand; a question is only put there where none is. */
  async #settle(): Promise<void> {
    for (const { assignment } of this.held.pages) await this.bands.load(assignment.bookTitle)
    const { cases } = this
    const wanted = cases.find(({ question }) => question.questionId === this.#wanted)
    if (wanted !== undefined) this.#wanted = undefined
    else if (this.at !== undefined) return
    const next = wanted ?? docket.nextCase(cases, (one) => this.isOpen(one), undefined, this.lineUp)
    this.#here = next?.question.questionId
  }

  #isReady(assignment: ArbitrationAssignment): boolean {
    const { pageId } = assignment
    if (this.#leaving.has(pageId)) return false
    return this.held.pictures[pageId] !== undefined && this.formOf(assignment) !== undefined
  }
  #donePages(): ArbitrationAssignment[] {
    return this.held.pages
      .map(({ assignment }) => assignment)
      .filter(({ pageId }) => !this.#leaving.has(pageId))
      .filter((assignment) => this.given.isDone(assignment))
  }

  #sendLater(): void {
    this.#sendNever()
    this.sendsAt = Date.now() + SECOND_THOUGHTS_MS
    this.#timer = setTimeout(() => void this.sendDone(), SECOND_THOUGHTS_MS)
  }
  #sendNever(): void {
    clearTimeout(this.#timer)
    this.sendsAt = undefined
  }

  async #leave(assignment: ArbitrationAssignment, more: readonly Ruling[] = []): Promise<void> {
    const { pageId, leaseToken, bookTitle, sequence, questions } = assignment
    const page = this.given.of(pageId)
    const rulings = [...rulingsToSend(page, questions), ...more]
    const id = page?.submissionId ?? crypto.randomUUID()
    const about = { id, leaseToken, pageId, bookTitle, sequence, doneAt: Date.now() }
    // The key may come again while this is being written.
    this.#leaving = new Set([...this.#leaving, pageId])
    this.#sendNever()
    try {
      await this.saver.flush()
      await this.outbox.add({ ...about, kind: 'rulings', rulings }, { remove: leavingWith(pageId) })
      this.given.forget(pageId)
      this.held.forget(pageId)
      this.lastSent = sequence
    } finally {
      this.#leaving = new Set([...this.#leaving].filter((one) => one !== pageId))
    }
    await this.#settle()
    this.lookOut.lookNow()
  }

  async #look(what: 'all' | 'due'): Promise<void> {
    const there = await this.#session.isThere()
    this.outbox.needsSignIn = there === 'no'
    if (there !== 'yes' || this.lookOut.ended) return
    await this.outbox.send(what)
    if (this.lookOut.ended) return
    // A page that was overtaken and is here once more is opened with what was decided of it.
    const answer = await this.held.take(
      (pageId) => this.outbox.waiting.some((one) => one.pageId === pageId && !isOvertaken(one)),
      (pageId) => this.given.hasAny(pageId),
    )
    if (answer.is !== 'ok') return
    const listed = new Set(this.held.pages.map(({ assignment }) => assignment.pageId))
    for (const item of this.outbox.waiting) {
      if (isOvertaken(item) && listed.has(item.pageId)) await this.reopen(item)
    }
    await this.#settle()
    await this.held.renew()
    // A slow picture must not hold up what is to be sent.
    this.#fetching ??= this.held
      .fetchMissing(() => this.#settle())
      .finally(() => {
        this.#fetching = undefined
      })
  }
}
