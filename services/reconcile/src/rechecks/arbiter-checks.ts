/** What the counts of an arbiter amount to. Pure. */
import type { ArbiterChecks, ArbiterFigures, Figure } from '@songnhap/contracts'
import { arbiterError } from '@songnhap/statistics'
import { type CutOff, exactFigure } from '../accuracy/figures.ts'

/** As counted; what was never counted is 0. */
export type AmountOf = (measure: string) => number

export function arbiterChecks(
  figures: ArbiterFigures,
  of: AmountOf,
  medianSeconds: number | null,
  cutOff: CutOff,
): ArbiterChecks {
  const [secondChecked, secondPassedOn] = [of('second-checked'), of('second-passed-on')]
  const answered = secondChecked - secondPassedOn
  const disagreement = exactFigure(of('second-disagreed'), answered, cutOff)
  return {
    ...figures,
    medianSeconds,
    secondChecked,
    secondPassedOn,
    disagreement,
    error: errorOf(disagreement),
    overturned: exactFigure(of('second-overturned'), secondChecked, cutOff),
    appeals: exactFigure(of('appeals-overturned'), of('appeals-decided'), cutOff),
    audited: exactFigure(of('audited-ruled-wrong'), of('audited-ruled'), cutOff),
  }
}

/** The more of them disagree, the more of them err: so with the limits. */
function errorOf({ value, low, high, ...disagreement }: Figure): Figure {
  const errorAt = (share: number | null) => (share === null ? null : arbiterError(share))
  return { ...disagreement, value: errorAt(value), low: errorAt(low), high: errorAt(high) }
}
