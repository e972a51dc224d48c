import type {
  ArbitrationAssignment,
  FormDefinition,
  TypingAssignment,
  WorkKind,
} from '@songnhap/contracts'
import type { Kept } from '../keeping/kept.ts'
import { type Answer, type Call, fetchImage } from '../line/call.ts'
import { formOnPage } from './form-on-page.ts'

/** So many ahead for when the network is away, where the campaign does not say. */
const PAGES_AHEAD = 3
/** A campaign may want more than was asked for at first; its first page says so. */
const ASKS_MAX = 2
const IMAGE_TRIES_MAX = 3

type Assignment = TypingAssignment | ArbitrationAssignment

/** A page under lease, on this computer. */
export interface HeldPage<A extends Assignment> {
  readonly assignment: A
  /** By this computer's clock; how long the lease lasts was taken from the server's. */
  readonly takenAt: number
  readonly lastsMs: number
  /** In the order in which they came. */
  readonly number: number
  /** The gateway does not list it any more. Its text is kept, and will be taken. */
  readonly ended: boolean
}

interface Picture {
  readonly url: string
  readonly sharp: boolean
}

/** Pages under lease with their forms and pictures, as far as they have come. */
export class HeldPages<A extends Assignment> {
  pages = $state.raw<readonly HeldPage<A>[]>([])
  forms = $state.raw<Readonly<Record<string, FormDefinition>>>({})
  pictures = $state.raw<Readonly<Record<string, Picture>>>({})
  /** How much of a picture has come, by lease. */
  come = $state.raw<Readonly<Record<string, number>>>({})
  failed = $state.raw<Readonly<Record<string, number>>>({})
  /** Whether the gateway has been asked for pages since the app was opened. */
  asked = $state(false)
  /** How many pages were asked for: the one being typed, and those ahead. */
  capacity = 1 + PAGES_AHEAD
  readonly #kept: Kept
  readonly #call: Call

  readonly #works: readonly WorkKind[]

  constructor(kept: Kept, call: Call, works: readonly WorkKind[]) {
    this.#kept = kept
    this.#call = call
    this.#works = works
  }

  async load(): Promise<void> {
    const { values } = await this.#kept.all<HeldPage<A>>('page')
    // Who types and arbitrates keeps both here.
    const mine = values.filter(({ assignment }) => this.#isMine(assignment))
    this.pages = mine.sort((one, other) => one.number - other.number)
    for (const page of this.pages) await this.#loadKept(page)
  }

  #isMine({ kind }: Assignment): boolean {
    return (kind === 'typing') === this.#works.includes('typing')
  }

  /** As it lies on this page. */
  formOf({ assignment }: Pick<HeldPage<A>, 'assignment'>): FormDefinition | undefined {
    const form = this.forms[nameOf(assignment)]
    return form && formOnPage(form, assignment)
  }

  /** Asks for everything that is held, filled up. Pages done here are not wanted again. */
  async take(
    isDone: (pageId: string) => boolean,
    isTyped: (pageId: string) => boolean,
  ): Promise<Answer<unknown>> {
    const held: A[] = []
    let serverTime = Date.now()
    for (const work of this.#works) {
      const answer = await this.#take(work)
      if (answer.is !== 'ok') return answer
      held.push(...answer.body.assignments.filter(({ pageId }) => !isDone(pageId)))
      serverTime = answer.serverTime ?? serverTime
    }
    await this.#merge(held, serverTime, isTyped)
    this.asked = true
    return { is: 'ok', body: undefined, serverTime }
  }

  async #take(work: WorkKind) {
    let answer = await this.#ask(work, capacityFor(this.pages.at(-1)?.assignment))
    for (let asks = 1; answer.is === 'ok' && asks < ASKS_MAX; asks += 1) {
      const wanted = capacityFor(answer.body.assignments.at(-1))
      if (wanted <= this.capacity) break
      answer = await this.#ask(work, wanted)
    }
    return answer
  }

  async #ask(work: WorkKind, capacity: number) {
    this.capacity = capacity
    const body = { work, capacity }
    return await this.#call<{ assignments: A[] }>('POST', '/api/assignments/take', body)
  }

  /** Pages are told apart by their id: one that comes again under a new lease goes on as it stood. */
  async #merge(
    held: readonly A[],
    serverTime: number,
    isTyped: (pageId: string) => boolean,
  ): Promise<void> {
    const listed = new Map(held.map((assignment) => [assignment.pageId, assignment]))
    const known = this.pages.filter(
      ({ assignment: { pageId } }) => listed.has(pageId) || isTyped(pageId),
    )
    const underLease = (assignment: A, number: number): HeldPage<A> => ({
      assignment,
      takenAt: Date.now(),
      lastsMs: Date.parse(assignment.expiresAt) - serverTime,
      number,
      ended: false,
    })
    const next = known.map((page) => {
      const assignment = listed.get(page.assignment.pageId)
      listed.delete(page.assignment.pageId)
      return assignment === undefined
        ? { ...page, ended: true }
        : underLease(assignment, page.number)
    })
    const last = this.pages.at(-1)?.number ?? 0
    const come = [...listed.values()].map((assignment, at) => underLease(assignment, last + 1 + at))
    await this.#keep([...next, ...come])
  }

  async #keep(next: readonly HeldPage<A>[]): Promise<void> {
    const stays = new Set(next.map(({ assignment }) => assignment.pageId))
    const gone = this.pages.filter(({ assignment }) => !stays.has(assignment.pageId))
    await this.#kept.change({
      put: next.map((value) => ({ room: 'page', id: value.assignment.pageId, value })),
      remove: gone.flatMap(({ assignment }) => leavingWith(assignment.pageId)),
    })
    for (const { assignment } of gone) this.#letPictureGo(assignment.pageId)
    this.pages = next
  }

  /** Of a page that is finished, when it has left the store. */
  forget(pageId: string): void {
    this.pages = this.pages.filter(({ assignment }) => assignment.pageId !== pageId)
    this.#letPictureGo(pageId)
  }

  /** Renews what has less than half of its time left. */
  async renew(): Promise<void> {
    for (const page of this.pages) {
      const { leaseToken, pageId } = page.assignment
      const passed = Math.abs(Date.now() - page.takenAt)
      if (page.ended || passed < page.lastsMs / 2) continue
      const answer = await this.#call<{ expiresAt: string }>(
        'POST',
        `/api/assignments/${leaseToken}/renew`,
      )
      if (answer.is === 'unreachable') return
      if (answer.is === 'ok') {
        const lastsMs = Date.parse(answer.body.expiresAt) - (answer.serverTime ?? Date.now())
        this.#change(pageId, { takenAt: Date.now(), lastsMs })
      } else if (answer.code === 'LEASE_ENDED') this.#change(pageId, { ended: true })
    }
  }

  #change(pageId: string, change: Partial<HeldPage<A>>): void {
    this.pages = this.pages.map((page) =>
      page.assignment.pageId === pageId ? { ...page, ...change } : page,
    )
  }

  /** Fetches what is missing: pictures in the order of the pages, and all forms while the first comes. */
  async fetchMissing(tell: () => Promise<void>): Promise<void> {
    const forms = this.#fetchForms()
    for (const page of this.pages) {
      const there = await this.#fetchPicture(page)
      if (!(await forms) || !there) return
      await tell()
    }
  }

  async #fetchForms(): Promise<boolean> {
    for (const page of this.pages) if (!(await this.#fetchForm(page.assignment))) return false
    return true
  }

  async #fetchForm(assignment: A): Promise<boolean> {
    const name = nameOf(assignment)
    if (this.forms[name] !== undefined) return true
    const { form } = assignment
    const answer = await this.#call<FormDefinition>(
      'GET',
      `/api/forms/${form.name}/${form.version}`,
    )
    if (answer.is !== 'ok') return answer.is === 'refused'
    await this.#kept.change({ put: [{ room: 'form', id: name, value: answer.body }] })
    this.forms = { ...this.forms, [name]: answer.body }
    return true
  }

  async #fetchPicture({
    assignment: { leaseToken, pageId },
    ended,
  }: HeldPage<A>): Promise<boolean> {
    const tries = this.failed[pageId] ?? 0
    if (this.pictures[pageId] !== undefined || ended || tries >= IMAGE_TRIES_MAX) return true
    const answer = await fetchImage(`/api/assignments/${leaseToken}/image/display`, (share) => {
      this.come = { ...this.come, [pageId]: share }
    })
    if (answer.is === 'refused') this.failed = { ...this.failed, [pageId]: tries + 1 }
    if (answer.is !== 'ok') return answer.is === 'refused'
    await this.#kept.putBytes(pageId, answer.body)
    if (this.pages.some(({ assignment }) => assignment.pageId === pageId)) {
      this.#show(pageId, answer.body, false)
    }
    return true
  }

  /** The picture as it was scanned, when somebody looks closely. Not kept: it may be large. */
  async fetchSharp({ leaseToken, pageId }: A): Promise<void> {
    if (this.pictures[pageId]?.sharp !== false) return
    const answer = await fetchImage(`/api/assignments/${leaseToken}/image/original`, () => {})
    if (answer.is === 'ok') this.#show(pageId, answer.body, true)
  }

  tryPictureAgain(pageId: string): void {
    this.failed = { ...this.failed, [pageId]: 0 }
  }

  async #loadKept({ assignment }: HeldPage<A>): Promise<void> {
    const name = nameOf(assignment)
    const form = this.forms[name] ?? (await this.#kept.get<FormDefinition>('form', name))
    if (form !== undefined) this.forms = { ...this.forms, [name]: form }
    const bytes = await this.#kept.getBytes(assignment.pageId)
    if (bytes !== undefined) this.#show(assignment.pageId, bytes, false)
  }

  #show(pageId: string, bytes: Uint8Array<ArrayBuffer>, sharp: boolean): void {
    const before = this.pictures[pageId]
    const url = URL.createObjectURL(new Blob([bytes]))
    this.pictures = { ...this.pictures, [pageId]: { url, sharp } }
    if (before !== undefined) URL.revokeObjectURL(before.url)
  }

  #letPictureGo(pageId: string): void {
    const { [pageId]: gone, ...rest } = this.pictures
    if (gone !== undefined) URL.revokeObjectURL(gone.url)
    this.pictures = rest
  }
}

/** What is kept of a page besides its text. */
export function leavingWith(pageId: string) {
  return [
    { room: 'page', id: pageId },
    { room: 'image', id: pageId },
    { room: 'draft', id: pageId },
    { room: 'rulings', id: pageId },
  ] as const
}

/** Of the campaign that the last page given is of. */
function capacityFor(assignment: Assignment | undefined): number {
  const pagesAhead = assignment?.kind === 'typing' ? assignment.pagesAhead : undefined
  return 1 + (pagesAhead ?? PAGES_AHEAD)
}

function nameOf({ form }: Assignment): string {
  return `${form.name}/${form.version}`
}
