/**
 * A campaign in which everything that accuracy is to be measured by is known: who errs how often, which
 * pages are hard, who copies, who tires, which arbiter is careless, which books are bad. Pure.
 */
import { between, createRandom, type Random } from '@songnhap/samples'
import { shiftOdds } from './shift-odds.ts'

/** Log-odds by which pages differ: their spread, and the limits beyond which none is. */
const DIFFICULTY_SPREAD = 0.5
const TYPIST_RATE = [0.006, 0.04] as const
const ARBITER_RATE = [0.002, 0.008] as const
const CARELESS_RATE = 0.15
/** What the odds of an error are multiplied by once somebody has tired. */
export const DRIFT_ODDS = 3
const PAGES_OF_A_PAIR = 150
const SHARE_OF_A_PAIR = 0.03
const PAIRS = [
  { name: 'honest-1', copies: false },
  { name: 'honest-2', copies: false },
  { name: 'copy-1', copies: true },
  { name: 'copy-2', copies: true },
] as const
const MIXED_BOOKS = 10

export interface TrialSizes {
  readonly pages: number
  readonly typists: number
  readonly arbiters: number
  readonly seed: number
}

interface TrialTypist {
  readonly login: string
  /** Probability of an error on a page of middle difficulty. */
  readonly rate: number
  /** After so many of his or her pages the odds are multiplied by `DRIFT_ODDS`. */
  readonly tiresAfter: number | null
}

interface TrialArbiter {
  readonly login: string
  readonly rate: number
  readonly careless: boolean
}

interface TrialPair {
  readonly name: string
  readonly copies: boolean
  /** Places among the typists. */
  readonly members: readonly [number, number]
}

export interface TrialBook {
  readonly title: string
  /** Null: keyed by whom chance pairs; otherwise by this pair alone. */
  readonly pair: TrialPair | null
  readonly firstPage: number
  readonly pages: number
}

export interface TrialPlan {
  readonly seed: number
  readonly typists: readonly TrialTypist[]
  readonly arbiters: readonly TrialArbiter[]
  readonly pairs: readonly TrialPair[]
  readonly books: readonly TrialBook[]
  /** By page: log-odds that it adds to everybody's. */
  readonly difficulties: readonly number[]
}

export function planTrial({ pages, typists, arbiters, seed }: TrialSizes): TrialPlan {
  const ofPair = Math.min(PAGES_OF_A_PAIR, Math.floor(pages * SHARE_OF_A_PAIR))
  if (typists < 2 * PAIRS.length + 2 || arbiters < 3 || ofPair < 1) {
    throw new Error('a trial needs 10 typists, 3 arbiters and 34 pages at least')
  }
  const random = createRandom(seed, 'trial')
  const pairs = PAIRS.map((pair, index) => {
    return { ...pair, members: [2 * index, 2 * index + 1] as const }
  })
  const mixed = pages - ofPair * PAIRS.length
  const tires = 2 * PAIRS.length
  return {
    seed,
    typists: Array.from({ length: typists }, (_, index) => ({
      login: `typist.${index + 1}`,
      rate: between(random, ...TYPIST_RATE),
      tiresAfter: index === tires ? Math.floor(mixed / typists) : null,
    })),
    arbiters: Array.from({ length: arbiters }, (_, index) => ({
      login: `arbiter.${index + 1}`,
      rate: index === 0 ? CARELESS_RATE : between(random, ...ARBITER_RATE),
      careless: index === 0,
    })),
    pairs,
    books: planBooks(mixed, pairs, ofPair),
    difficulties: Array.from({ length: pages }, () => DIFFICULTY_SPREAD * normal(random)),
  }
}

function planBooks(mixed: number, pairs: readonly TrialPair[], ofPair: number): TrialBook[] {
  const count = Math.min(MIXED_BOOKS, mixed)
  const edges = Array.from({ length: count + 1 }, (_, at) => Math.floor((mixed * at) / count))
  return [
    ...edges.slice(1).map((end, at) => {
      const firstPage = edges[at] ?? 0
      return { title: `Quyển ${at + 1}`, pair: null, firstPage, pages: end - firstPage }
    }),
    ...pairs.map((pair, at) => {
      return { title: pair.name, pair, firstPage: mixed + at * ofPair, pages: ofPair }
    }),
  ]
}

/** Box–Muller. */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

/** What somebody's rate is over pages like these, half of the rest keyed tired if he or she tires. */
export function rateOver(
  rate: number,
  difficulties: readonly number[],
  tiredShare: number,
): number {
  const mean = (odds: number) =>
    difficulties.reduce((sum, one) => sum + shiftOdds(rate, one + Math.log(odds)), 0) /
    difficulties.length
  return (1 - tiredShare) * mean(1) + tiredShare * mean(DRIFT_ODDS)
}
