import type { Figure } from '@songnhap/contracts'
import { operatorWords } from '../../words/operators.ts'
import { explain, told } from '../figures/explain.ts'
import type { FigureCell } from '../figures/figure-table.svelte'

const PER = 10_000

/** Errors ÷ judged as they were seen, with the limits beside the rate. */
export function rateCell(rate: Figure): FigureCell {
  const words = operatorWords()
  const limits = `${told(rate.low, 'in-10000')}–${told(rate.high, 'in-10000')}`
  return {
    text: `${told(rate.value, 'in-10000')} (${limits})`,
    value: rate.value === null ? null : rate.value * PER,
    told: explain(rate, 'in-10000', {
      name: words.rate,
      meaning: words.plainMeaning,
      numerator: words.wrongSeen,
      denominator: words.judgedFields,
      leftOut: words.notCounted,
    }),
  }
}
