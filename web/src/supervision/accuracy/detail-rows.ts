/** Rows of a person's tables: days, and letters confused. */
import type { Confusion, OperatorDay } from '@songnhap/contracts'
import { figureWords } from '../../words/figures.ts'
import { number, rounded } from '../../words/numbers.ts'
import { operatorWords } from '../../words/operators.ts'
import type { FigureCell } from '../figures/figure-table.svelte'

export function dayRows(days: readonly OperatorDay[], asOf: string) {
  const words = operatorWords()
  return [...days].reverse().map((one) => {
    const judged = words.judgedFields(number(one.judged))
    const cell = (text: string, value: number, name: string, meaning: string): FigureCell => ({
      text,
      value,
      told: { name: `${name}, ${one.day}`, meaning, numerator: text, denominator: judged, asOf },
    })
    return {
      key: one.day,
      cells: [
        { text: one.day },
        cell(number(one.judged), one.judged, words.judged, words.dayJudgedMeaning),
        cell(number(one.wrong), one.wrong, words.wrong, words.dayWrongMeaning),
        cell(rounded(one.expected), one.expected, words.expectedHead, words.dayExpectedMeaning),
        {
          ...cell(rounded(one.average), one.average, words.average, words.averageMeaning),
          told: {
            name: `${words.average}, ${one.day}`,
            meaning: words.averageMeaning,
            numerator: rounded(one.average),
            interval: figureWords().fromTo(rounded(one.low), rounded(one.high)),
            asOf,
          },
        },
        one.sum === null
          ? { text: '–', value: null }
          : cell(rounded(one.sum), one.sum, words.cusum, words.trendMeaning),
        { text: one.signalled ? words.signal : '' },
      ],
    }
  })
}

export function confusionRows(confusions: readonly Confusion[], asOf?: string) {
  const words = operatorWords()
  return confusions.map(({ truth, typed, how, times }) => ({
    key: `${truth} ${typed} ${how}`,
    cells: [
      { text: truth === '' ? words.nothing : truth },
      { text: typed === '' ? words.nothing : typed },
      { text: words[how] },
      {
        text: number(times),
        value: times,
        told: {
          name: `${truth} – ${typed}`,
          meaning: words.confusionMeaning,
          numerator: words.times(number(times)),
          asOf,
        },
      },
    ],
  }))
}
