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

export interface BookProgress extends Book {
  readonly begun: number
  readonly keyedTwice: number
  readonly settled: number
  readonly waiting: number
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

/** A page is in exactly one of these; the counts come from three services and may be a moment apart. */
export interface PageStates {
  readonly settled: number
  readonly waiting: number
  /** Keyed by two people, and neither settled nor with an arbiter: being compared, or keyed once more. */
  readonly between: number
  readonly begun: number
  readonly untouched: number
}

interface StateCounts {
  readonly pages: number
  readonly begun: number
  readonly keyedTwice: number
  readonly settled: number
  readonly waiting: number
}

/** The furthest state takes its pages first, so that the sum is the number of pages whatever came when. */
export function statesOf({ pages, begun, keyedTwice, settled, waiting }: StateCounts): PageStates {
  let left = pages
  const take = (count: number) => {
    const taken = Math.max(0, Math.min(left, count))
    left -= taken
    return taken
  }
  return {
    settled: take(settled),
    waiting: take(waiting),
    between: take(keyedTwice - settled - waiting),
    begun: take(begun - keyedTwice),
    untouched: left,
  }
}
