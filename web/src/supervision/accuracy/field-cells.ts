/** Rows of the tables about fields over all typists, and about appeals. */
import type { ReplyOf, readAppeals } from '@songnhap/contracts'
import { filterWords } from '../../words/filters.ts'
import { number } from '../../words/numbers.ts'
import { operatorWords } from '../../words/operators.ts'
import { explain, told } from '../figures/explain.ts'
import type { FigureCell } from '../figures/figure-table.svelte'
import { className } from '../release/class-name.ts'
import { judgedCell, ratioCell } from './operator-cells.ts'
import type { OneField, Operators } from './operator-view.ts'
import { rateCell } from './rate-cell.ts'

const NOTHING: FigureCell = { text: '–', value: null }

/** Each field with what all typists together have of it, and the way to its page. */
export function fieldRows(
  { fields, asOf, truth }: Pick<Operators, 'fields' | 'asOf' | 'truth'>,
  labelOf: (field: string) => string,
  to: (field: string) => string,
) {
  const few = { text: operatorWords().fewOfField, value: null }
  return fields.map((one) => ({
    key: one.field,
    cells: [
      { text: labelOf(one.field), href: to(one.field) },
      { text: className(one.class) },
      judgedCell(one, { asOf, truth }),
      one.rate === null ? few : rateCell(one.rate),
    ],
  }))
}

/** Who keys the field, by name. */
export function typistRows({ typists, asOf, truth }: OneField, to: (operatorId: string) => string) {
  const words = operatorWords()
  const few = { text: words.fewOfField, value: null }
  const nameOf = ({ name }: OneField['typists'][number]) => name ?? words.someone
  return [...typists]
    .sort((one, other) => nameOf(one).localeCompare(nameOf(other), 'vi'))
    .map((one) => ({
      key: one.operatorId,
      cells: [
        { text: nameOf(one), href: to(one.operatorId) },
        judgedCell(one, { asOf, truth }),
        one.rate === null ? few : rateCell(one.rate),
        one.rate === null ? NOTHING : ratioCell(one.ratio),
      ],
    }))
}

export type Appeals = ReplyOf<typeof readAppeals>

/** One row: how many there are of each kind. */
export function appealRows(appeals: Appeals, campaign: string) {
  const words = filterWords()
  const { upheldShare } = appeals
  const count = (amount: number, name: string, meaning: string): FigureCell => ({
    text: number(amount),
    value: amount,
    told: { name, meaning, numerator: words.appealsCount(number(amount)), asOf: upheldShare.asOf },
  })
  const counts = { numerator: words.appealsCount, denominator: words.appealsCount }
  const share: FigureCell = {
    text: told(upheldShare.value, 'percent'),
    value: upheldShare.value,
    told: explain(upheldShare, 'percent', {
      name: words.share,
      meaning: words.shareMeaning,
      ...counts,
    }),
  }
  const cells = [
    { text: campaign },
    count(appeals.appeals, words.made, words.madeMeaning),
    count(appeals.open, words.open, words.openMeaning),
    count(appeals.upheld, words.upheld, words.upheldMeaning),
    count(appeals.refused, words.refused, words.refusedMeaning),
    count(appeals.lapsed, words.lapsed, words.lapsedMeaning),
    upheldShare.value === null ? NOTHING : share,
  ]
  return [{ key: campaign, cells }]
}
