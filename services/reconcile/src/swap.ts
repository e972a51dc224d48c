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
