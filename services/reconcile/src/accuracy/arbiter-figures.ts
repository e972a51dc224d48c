/** What is told of arbiters, from what was counted as they ruled. Pure. */
import type { ArbiterFigures } from '@songnhap/contracts'
import { type Count, total } from '@songnhap/database'
import { testOrderBias } from '@songnhap/statistics'
import { type CutOff, exactFigure, plainFigure } from './figures.ts'

const MS = 1000

export function arbitersOf(counts: readonly Required<Count>[], cutOff: CutOff): ArbiterFigures[] {
  const rulings = counts.filter(({ measure }) => measure === 'rulings')
  const arbiters = [...new Set(rulings.map(({ subject }) => subject))].sort()
  const bySubject = Map.groupBy(counts, ({ subject }) => subject)
  return arbiters.map((arbiterId) => {
    const own = bySubject.get(arbiterId) ?? []
    const first = total(own, 'chose-first')
    const chosen = first + total(own, 'chose-second')
    const timed = total(own, 'rulings-timed')
    return {
      arbiterId,
      rulings: total(own, 'rulings'),
      escalated: total(own, 'escalated'),
      secondsPerRuling:
        timed === 0 ? null : plainFigure(total(own, 'ruling-ms') / MS, timed, cutOff),
      firstChosen: chosen === 0 ? null : exactFigure(first, chosen, cutOff),
      orderBias: testOrderBias(first, chosen),
    }
  })
}
