/** What the gateway tells supervisors, as its answers have it. */
import type {
  Book,
  BookState,
  DeadLetter,
  KeyingOverview,
  PageSettled,
  SettlingOverview,
  SkippedPage,
  StuckPage,
} from '@songnhap/contracts'

type Named<T> = T & { readonly name: string | null }
type WithNames<T extends { holders: readonly unknown[] }> = Omit<T, 'holders'> & {
  readonly holders: readonly Named<T['holders'][number]>[]
}

export interface Overview {
  readonly keying: WithNames<KeyingOverview>
  readonly settling: WithNames<SettlingOverview>
}

export interface BookProgress extends Book, StateCounts {
  readonly state: BookState
}

/** What a typist said of a page that was handed back, with how far the page is by now. */
type Skip = Named<SkippedPage> & Omit<PageSettled, 'pageId'>

export interface Trouble {
  readonly deadLetters: readonly DeadLetter[]
  /** Services that did not answer. */
  readonly silent: readonly string[]
  readonly skipped: readonly Skip[]
  readonly moreSkipped: boolean
  readonly stuckKeying: readonly StuckPage[]
  readonly stuckArbitration: readonly StuckPage[]
}

/** Where a page can be, the furthest first. */
export const STATES = [
  'settled',
  'supervisor',
  'arbiter',
  'third',
  'comparing',
  'once',
  'held',
  'untouched',
  'aside',
] as const
/** A page is in exactly one of these; the counts come from three services and may be a moment apart. */
export type PageState = (typeof STATES)[number]
export type PageStates = Readonly<Record<PageState, number>>

interface StateCounts {
  readonly pages: number
  readonly aside: number
  readonly held: number
  readonly begun: number
  readonly keyedTwice: number
  readonly wanted: number
  readonly settled: number
  /** For an arbiter or a supervisor, and those of them for a supervisor. */
  readonly waiting: number
  readonly escalated: number
}

/** The furthest state takes its pages first, so that the sum is the number of pages whatever came when. */
export function statesOf(counts: StateCounts): PageStates {
  const { settled, waiting, escalated, wanted, begun, keyedTwice, held } = counts
  const aside = Math.min(counts.pages, counts.aside)
  let left = counts.pages - aside
  const take = (count: number) => {
    const taken = Math.max(0, Math.min(left, count))
    left -= taken
    return taken
  }
  return {
    settled: take(settled),
    supervisor: take(escalated),
    arbiter: take(waiting - escalated),
    third: take(wanted),
    comparing: take(keyedTwice - settled - waiting - wanted),
    once: take(begun - keyedTwice),
    held: take(held),
    untouched: left,
    aside,
  }
}

/** A page that typists handed back, with all that they said of it. */
export interface ReturnedPage {
  readonly pageId: string
  readonly bookId: string
  readonly bookTitle: string
  readonly sequence: number
  readonly skips: readonly Skip[]
  /** Where it stands now: out of its book, or how far it is in it. */
  readonly standing: 'set-aside' | 'replaced' | 'settled' | 'keyed-twice' | 'to-be-keyed'
  readonly bookState: BookState
  /** A supervisor decided about each of these. */
  readonly isDecided: boolean
  /** Nobody decided, and nothing goes on by itself. */
  readonly waits: boolean
}

/** One for each page, in the order in which they were handed back last. */
export function returnedPages(skipped: readonly Skip[]): ReturnedPage[] {
  const byPage = new Map<string, Skip[]>()
  for (const one of skipped) {
    const others = byPage.get(one.pageId)
    if (others === undefined) byPage.set(one.pageId, [one])
    else others.push(one)
  }
  return [...byPage.values()].flatMap((skips) => {
    const [first] = skips
    if (first === undefined) return []
    const { pageId, bookId, bookTitle, sequence, bookState } = first
    const isDecided = skips.every(({ decision }) => decision !== undefined)
    const standing = standingOf(first)
    const waits = !isDecided && standing !== 'settled'
    return [{ pageId, bookId, bookTitle, sequence, skips, standing, bookState, isDecided, waits }]
  })
}

function standingOf({ decision, isSettled, open }: Skip): ReturnedPage['standing'] {
  if (decision === 'set-aside' || decision === 'replaced') return decision
  if (isSettled) return 'settled'
  return open ? 'to-be-keyed' : 'keyed-twice'
}
