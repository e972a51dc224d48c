/** What the gateway tells supervisors, as its answers have it. */
import type {
  Book,
  BookState,
  DeadLetter,
  KeyingOverview,
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

export interface Trouble {
  readonly deadLetters: readonly DeadLetter[]
  /** Services that did not answer. */
  readonly silent: readonly string[]
  readonly skipped: readonly Named<SkippedPage>[]
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
  readonly skips: readonly Named<SkippedPage>[]
  /** A supervisor decided about each of these. */
  readonly isDecided: boolean
}

/** One for each page, in the order in which they were handed back last. */
export function returnedPages(skipped: readonly Named<SkippedPage>[]): ReturnedPage[] {
  const byPage = new Map<string, Named<SkippedPage>[]>()
  for (const one of skipped) {
    const others = byPage.get(one.pageId)
    if (others === undefined) byPage.set(one.pageId, [one])
    else others.push(one)
  }
  return [...byPage.values()].flatMap((skips) => {
    const [first] = skips
    if (first === undefined) return []
    const { pageId, bookId, bookTitle, sequence } = first
    const isDecided = skips.every(({ decision }) => decision !== undefined)
    return [{ pageId, bookId, bookTitle, sequence, skips, isDecided }]
  })
}
