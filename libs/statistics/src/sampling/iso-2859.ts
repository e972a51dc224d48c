import { assertWhole } from '../assert-arguments.ts'

/** Acceptable quality levels in per cent of things that do not conform, as the standard writes them. */
export const AQLS = [
  '0.010',
  '0.015',
  '0.025',
  '0.040',
  '0.065',
  '0.10',
  '0.15',
  '0.25',
  '0.40',
  '0.65',
  '1.0',
] as const
export type Aql = (typeof AQLS)[number]
export type Severity = 'normal' | 'tightened'

export interface SamplingPlan {
  readonly letter: string
  /** Things to look at; all of them where the lot has no more. */
  readonly sample: number
  /** Accept with at most so many bad ones; reject with one more. */
  readonly accept: number
}

const LETTERS = 'ABCDEFGHJKLMNPQR'
/** By letter; the last one is S, which tightened inspection alone has. */
const SIZES = [2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800, 1250, 2000, 3150]
/** The largest lot of each letter from A at level II; Q beyond. */
const LOTS_MAX = [8, 15, 25, 50, 90, 150, 280, 500, 1200, 3200, 10_000, 35_000, 150_000, 500_000]
const LOT_MIN = 2
const ACCEPT = { normal: [1, 2, 3, 5, 7, 10, 14, 21], tightened: [1, 2, 3, 5, 8, 12, 18] }
/** The last place that may carry an acceptance number of 1: R, and S when tightened. */
const LAST = { normal: 15, tightened: 16 }

/** The code letter of a lot at general inspection level II. */
export function codeLetter(lot: number): string {
  assertWhole('lot', lot, LOT_MIN)
  const at = LOTS_MAX.findIndex((most) => lot <= most)
  return LETTERS.charAt(at === -1 ? LOTS_MAX.length : at)
}

/**
 * The single sampling plan of ISO 2859-1 for a letter and an AQL, arrows followed. The diagonal z = 14 −
 * (place of the AQL), or 15 tightened, carries 0; three places on stands 1; between them arrows lead up
 * or down. Protects the producer: a plan of AQL .065 % accepts 1.14 % bad one time in ten. It never
 * replaces the gate. Switching between severities is not built.
 */
export function planOf(letter: string, aql: Aql, severity: Severity = 'normal'): SamplingPlan {
  const [place, column] = [letter === '' ? -1 : LETTERS.indexOf(letter), AQLS.indexOf(aql)]
  if (letter.length !== 1 || place === -1) throw new RangeError('letter must be one of A to R')
  const tightened = severity === 'tightened'
  const zero = LETTERS.length - 2 - column + (tightened ? 1 : 0)
  const one = zero + 3
  const numbers = ACCEPT[severity]
  const plan = (at: number, accept: number) => ({ letter, sample: SIZES[at] ?? 0, accept })
  const arrowUp = !tightened && place === zero + 1
  if (place <= zero || arrowUp) return plan(zero, 0)
  if (place < one) return one <= LAST[severity] ? plan(one, 1) : plan(zero, 0)
  const last = numbers.length - 1
  const step = Math.min(place - one, last)
  return plan(one + step, numbers[step] ?? 0)
}

/** The plan of a lot at level II; the whole lot is looked at where it has no more than the sample. */
export function planForLot(lot: number, aql: Aql, severity: Severity = 'normal'): SamplingPlan {
  const plan = planOf(codeLetter(lot), aql, severity)
  return { ...plan, sample: Math.min(lot, plan.sample) }
}
