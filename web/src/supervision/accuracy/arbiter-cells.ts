/** Each figure of an arbiter with what it says of itself. */
import type { Figure } from '@songnhap/contracts'
import { arbiterWords } from '../../words/arbiters.ts'
import { exact, number, rounded } from '../../words/numbers.ts'
import { explain, told } from '../figures/explain.ts'
import type { FigureCell } from '../figures/figure-table.svelte'
import type { Arbiter } from './operator-view.ts'

export function arbiterHead(): string[] {
  const words = arbiterWords()
  return [
    words.rulings,
    words.escalated,
    words.secondChecked,
    words.disagreed,
    words.overturned,
    words.errorRate,
    words.audited,
    words.appealed,
    words.firstChosen,
    words.median,
  ]
}

export function arbiterCells(one: Arbiter): FigureCell[] {
  const words = arbiterWords()
  const bias = one.orderBias === null ? '' : words.bias(exact(one.orderBias.pValue))
  const { asOf } = one.overturned
  return [
    countCell(one.rulings, words.rulings, words.rulingsMeaning, asOf),
    countCell(one.escalated, words.escalated, words.escalatedMeaning, asOf),
    countCell(one.secondChecked, words.secondChecked, words.checkedMeaning, asOf),
    shareCell(one.disagreement, words.disagreed, words.disagreedMeaning),
    shareCell(one.overturned, words.overturned, words.overturnedMeaning),
    estimateCell(one.error),
    shareCell(one.audited, words.audited, words.auditedMeaning),
    shareCell(one.appeals, words.appealed, words.appealedMeaning),
    shareCell(one.firstChosen, words.firstChosen, words.firstMeaning, bias),
    secondsCell(one, asOf),
  ]
}

function countCell(count: number, name: string, meaning: string, asOf: string): FigureCell {
  const numerator = arbiterWords().rulingsCount(number(count))
  return { text: number(count), value: count, told: { name, meaning, numerator, asOf } }
}

/** As a count of a count: a share alone says nothing of how much it rests on. */
function shareCell(figure: Figure | null, name: string, meaning: string, more = ''): FigureCell {
  if (figure === null || figure.denominator === 0) return { text: '–', value: null }
  const { rulingsCount } = arbiterWords()
  const counts = { numerator: rulingsCount, denominator: rulingsCount }
  const sum = `${told(figure.value, 'percent')}. ${more}`
  return {
    text: `${number(figure.numerator)}/${number(figure.denominator)}`,
    value: figure.value,
    told: explain(figure, 'percent', { name, meaning, ...counts, sum }),
  }
}

/** Follows from the share that disagrees, and is no count of anything itself. */
function estimateCell(figure: Figure): FigureCell {
  if (figure.denominator === 0) return { text: '–', value: null }
  const words = arbiterWords()
  const counts = { numerator: words.rulingsCount, denominator: words.rulingsCount }
  const meaning = { name: words.errorRate, meaning: words.errorMeaning, ...counts }
  return {
    text: told(figure.value, 'percent'),
    value: figure.value,
    told: explain(figure, 'percent', meaning),
  }
}

function secondsCell({ medianSeconds, rulings }: Arbiter, asOf: string): FigureCell {
  if (medianSeconds === null) return { text: '–', value: null }
  const words = arbiterWords()
  return {
    text: rounded(medianSeconds),
    value: medianSeconds,
    told: {
      name: words.median,
      meaning: words.medianMeaning,
      numerator: words.rulingsCount(number(rulings)),
      asOf,
    },
  }
}
