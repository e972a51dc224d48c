/** Each figure of a typist with what it says of itself. */
import type { OperatorFigures } from '@songnhap/contracts'
import { knownWords } from '../../words/known.ts'
import { exact, number, rounded } from '../../words/numbers.ts'
import { operatorWords } from '../../words/operators.ts'
import { explain, told } from '../figures/explain.ts'
import type { FigureCell } from '../figures/figure-table.svelte'
import type { Operators } from './operator-view.ts'

type Basis = Pick<Operators, 'prior' | 'coincidence' | 'arbiterError' | 'asOf' | 'truth'>
const PER = 10_000
const SECONDS_AN_HOUR = 3_600
const NOTHING: FigureCell = { text: '–', value: null }

export function judgedCell(
  one: Pick<OperatorFigures, 'judged' | 'unjudged'>,
  { asOf, truth }: Pick<Basis, 'asOf' | 'truth'>,
): FigureCell {
  const words = operatorWords()
  return {
    text: number(one.judged),
    value: one.judged,
    told: {
      name: words.judged,
      meaning: words.judgedMeaning,
      numerator: words.judgedFields(number(one.judged)),
      denominator: words.judgedAll(number(one.unjudged)),
      leftOut: words.notCounted,
      asOf,
      truth,
    },
  }
}

/** As it would be if errors that both made alike were seen. */
export function correctedCell(
  { corrected }: OperatorFigures,
  { coincidence, arbiterError }: Basis,
): FigureCell {
  if (corrected === null) return NOTHING
  const words = operatorWords()
  const source = coincidence.source === 'audits' ? words.fromAudits : words.fromStart
  const { numerator, denominator } = arbiterError
  const moved =
    arbiterError.value === 0
      ? []
      : [words.rulings(exact(arbiterError.value), number(numerator), number(denominator))]
  return {
    text: told(corrected.value, 'in-10000'),
    value: corrected.value === null ? null : corrected.value * PER,
    told: explain(corrected, 'in-10000', {
      name: words.rate,
      meaning: words.rateMeaning,
      numerator: words.wrongSeen,
      denominator: words.judgedFields,
      sum: [...moved, words.corrected(exact(coincidence.value), source)].join(' '),
      leftOut: words.notCounted,
    }),
  }
}

export function boundCell({ shrunk }: OperatorFigures, { prior }: Basis): FigureCell {
  if (shrunk === null) return NOTHING
  const words = operatorWords()
  const weight = prior.alpha + prior.beta
  const source = prior.source === 'fitted' ? words.fitted : words.start
  return {
    text: told(shrunk.high, 'in-10000'),
    value: shrunk.high === null ? null : shrunk.high * PER,
    told: explain(shrunk, 'in-10000', {
      name: words.bound,
      meaning: words.boundMeaning,
      numerator: words.wrongSeen,
      denominator: words.judgedFields,
      sum: words.prior(rounded((prior.alpha / weight) * PER), rounded(weight), source),
    }),
  }
}

export function ratioCell(ratio: OperatorFigures['ratio']): FigureCell {
  if (ratio === null) return NOTHING
  const words = operatorWords()
  const text = `${told(ratio.value, 'ratio')}×`
  const meaning = {
    name: words.ratio,
    meaning: words.ratioMeaning,
    numerator: words.errors,
    denominator: words.expected,
  }
  return { text, value: ratio.value, told: explain(ratio, 'ratio', meaning) }
}

export function rowsCell({ rows }: Pick<OperatorFigures, 'rows'>): FigureCell {
  const { leftOut, madeUp, slips, rate } = rows
  if (rate === null) return NOTHING
  const words = operatorWords()
  const [a, b, c] = [number(leftOut), number(madeUp), number(slips)]
  return {
    text: number(leftOut + madeUp + slips),
    value: leftOut + madeUp + slips,
    told: explain(rate, 'in-10000', {
      name: words.rows,
      meaning: words.rowsMeaning,
      numerator: (count) => words.rowErrors(count, a, b, c),
      denominator: words.rowsOf,
    }),
  }
}

/** Never without accuracy beside it. */
export function speedCell({ pace }: Pick<OperatorFigures, 'pace'>, asOf: string): FigureCell {
  const words = operatorWords()
  if (pace === null || pace.perActiveHour === null) return { text: words.noSpeed, value: null }
  return {
    text: number(pace.perActiveHour),
    value: pace.perActiveHour,
    told: {
      name: words.speed,
      meaning: words.speedMeaning,
      numerator: words.speedRecords(number(pace.records)),
      denominator: words.speedHours(rounded(pace.activeSeconds / SECONDS_AN_HOUR)),
      asOf,
    },
  }
}

/** The same by fields and by keys, and how much of the keys erased something. */
export function paceCells({ pace }: Pick<OperatorFigures, 'pace'>, asOf: string): FigureCell[] {
  if (pace === null) return []
  const words = operatorWords()
  const { fieldsPerHour, keysPerHour, erasedShare, activeSeconds } = pace
  const denominator = words.speedHours(rounded(activeSeconds / SECONDS_AN_HOUR))
  const hours = activeSeconds / SECONDS_AN_HOUR
  const cell = (perHour: number | null, name: string, of: (count: string) => string) =>
    perHour === null
      ? []
      : [
          {
            text: number(perHour),
            value: perHour,
            told: {
              name,
              meaning: words.speedMeaning,
              numerator: of(number(perHour * hours)),
              denominator,
              asOf,
            },
          },
        ]
  const erased =
    erasedShare === null
      ? []
      : [
          {
            text: told(erasedShare, 'percent'),
            told: {
              name: words.erased,
              meaning: words.erasedMeaning,
              numerator: told(erasedShare, 'percent'),
              asOf,
            },
          },
        ]
  return [
    ...cell(fieldsPerHour, words.fieldsPerHour, words.readings),
    ...cell(keysPerHour, words.keysPerHour, words.keys),
    ...erased,
  ]
}

export function trendCell({ trend }: OperatorFigures, asOf: string): FigureCell {
  if (trend === null) return NOTHING
  const words = operatorWords()
  const day = trend.signalDays.at(-1)
  return {
    text: day === undefined ? words.steady : words.rising(day),
    told: {
      name: words.trend,
      meaning: words.trendMeaning,
      numerator: words.trendSum(rounded(trend.sum)),
      denominator: words.trendLimit(rounded(trend.limit)),
      sum: words.trendUsual(rounded(trend.usual), number(trend.usualOf)),
      asOf,
    },
  }
}

/** Major errors, marks, and what was taken over from above. */
export function otherCells({
  major,
  marks,
  carried,
}: Pick<OperatorFigures, 'major' | 'marks' | 'carried'>): FigureCell[] {
  const words = operatorWords()
  const cells: FigureCell[] = []
  if (major !== null) {
    const meaning = {
      name: words.major,
      meaning: words.majorMeaning,
      numerator: words.wrongSeen,
      denominator: words.judgedFields,
    }
    cells.push({ text: told(major.value, 'in-10000'), told: explain(major, 'in-10000', meaning) })
  }
  const shares = [
    { figure: marks, name: words.marks, meaning: words.marksMeaning },
    { figure: carried, name: words.carried, meaning: words.carriedMeaning },
  ]
  for (const { figure, ...meaning } of shares) {
    if (figure === null) continue
    const counts = { numerator: words.times, denominator: words.readings }
    cells.push({
      text: told(figure.value, 'percent'),
      told: explain(figure, 'percent', { ...meaning, ...counts }),
    })
  }
  return cells
}

/** Few fields, of which the truth is known for certain: told beside the rates, and in none of them. */
export function keptApartCells({
  agreed,
  known,
}: Pick<OperatorFigures, 'agreed' | 'known'>): FigureCell[] {
  const [words, own] = [operatorWords(), knownWords()]
  const cells = [
    { figure: known, name: own.known, meaning: own.knownMeaning, denominator: words.judgedFields },
    { figure: agreed, name: own.agreed, meaning: own.agreedMeaning, denominator: own.audited },
  ]
  return cells
    .filter(({ figure }) => figure.denominator > 0)
    .map(({ figure, ...meaning }) => ({
      text: told(figure.value, 'in-10000'),
      value: figure.value === null ? null : figure.value * PER,
      told: explain(figure, 'in-10000', { ...meaning, numerator: words.wrongSeen }),
    }))
}
