import type { RowPairs, Verdict } from '@songnhap/contracts'

/** In the order of the other side: what the arbiter saw first is the second pass, or back again. */
export function swapVerdict(verdict: Verdict): Verdict {
  return SWAPPED[verdict] ?? verdict
}

const SWAPPED: Partial<Record<Verdict, Verdict>> = {
  first: 'second',
  second: 'first',
  'correct-first': 'correct-second',
  'correct-second': 'correct-first',
  'send-back-first': 'send-back-second',
  'send-back-second': 'send-back-first',
}

export function swapPairs(pairs: RowPairs): RowPairs {
  return pairs.map(([first, second]) => [second, first])
}

/** The order in which what was read is shown to an arbiter. */
export interface ShownOrder {
  /** True: the second pass before the first. */
  readonly swapped: boolean
  /** Where among them the third person's reading stands, from 0. Null: there is none. */
  readonly thirdAt: number | null
  /** True: the two had agreed, and one of them is shown beside the third person's. */
  readonly agreed: boolean
}

const PLACES = ['first', 'second', 'third'] as const

/** What the two passes and the third person have, in the order shown; what two have alike, once. */
export function inShownOrder<T>(
  [first, second, third]: readonly [T, T, T],
  { swapped, thirdAt, agreed }: ShownOrder,
): T[] {
  const other = agreed ? third : second
  const shown = swapped ? [other, first] : [first, other]
  return thirdAt === null ? shown : shown.toSpliced(thirdAt, 0, third)
}

/** A verdict on what was shown in terms of the two passes, `third` being the third person's reading. */
export function placeVerdict(verdict: Verdict, order: ShownOrder): Verdict {
  const place = PLACES.indexOf(verdict as (typeof PLACES)[number])
  if (place !== -1) return inShownOrder<Verdict>(PLACES, order)[place] ?? verdict
  return order.swapped ? swapVerdict(verdict) : verdict
}
