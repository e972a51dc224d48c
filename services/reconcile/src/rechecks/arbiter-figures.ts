/** What the counts of an arbiter amount to. Pure. */
import type { ArbiterFigures } from '@songnhap/contracts'
import { arbiterError, testOrderBias } from '@songnhap/statistics'
import { shareOf } from './share-of.ts'

/** As counted; what was never counted is 0. */
export type AmountOf = (measure: string) => number

export type RulingTimes = Pick<ArbiterFigures, 'medianSeconds' | 'timedSubmissions'>

export function arbiterFigures(
  arbiterId: string,
  of: AmountOf,
  times: RulingTimes,
): ArbiterFigures {
  const [secondChecked, secondPassedOn] = [of('second-checked'), of('second-passed-on')]
  const [secondDisagreed, secondOverturned] = [of('second-disagreed'), of('second-overturned')]
  const [audited, auditedWrong] = [of('audited-ruled'), of('audited-ruled-wrong')]
  const [chose, choseShownFirst] = [of('chose'), of('chose-shown-first')]
  const disagreement = shareOf(secondDisagreed, secondChecked - secondPassedOn)
  return {
    arbiterId,
    rulings: of('rulings'),
    escalated: of('escalated'),
    secondChecked,
    secondPassedOn,
    secondDisagreed,
    secondOverturned,
    disagreement,
    error: {
      estimate: disagreement.share === null ? null : arbiterError(disagreement.share),
      // The more of them disagree, the more of them err.
      low: arbiterError(disagreement.low),
      high: arbiterError(disagreement.high),
    },
    overturn: shareOf(secondOverturned, secondChecked),
    appealsDecided: of('appeals-decided'),
    appealsOverturned: of('appeals-overturned'),
    audited,
    auditedWrong,
    auditedError: shareOf(auditedWrong, audited),
    chose,
    choseShownFirst,
    shownFirst: shareOf(choseShownFirst, chose),
    orderBias: testOrderBias(choseShownFirst, chose),
    ...times,
  }
}
