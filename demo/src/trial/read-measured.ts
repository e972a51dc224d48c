import type { Api } from '@songnhap/client'
import type { OperatorFigures } from '@songnhap/contracts'
import { readAll } from '../read-all.ts'
import { rateOver, type TrialPlan } from './plan-trial.ts'
import type { TrialTally } from './trial-people.ts'

/** What the installation measured of somebody, and what is true. */
export interface MeasuredTypist {
  readonly login: string
  readonly judged: number
  readonly rate: number | null
  readonly low: number
  readonly high: number
  /** Over the pages that chance gave out, in the state in which he or she keyed them. */
  readonly trueRate: number
  readonly covered: boolean
  /** That the trend was signalled, and whether it should have been. */
  readonly drifts: boolean
  readonly tires: boolean
}

export async function readTypists(
  api: Api,
  campaignId: string,
  plan: TrialPlan,
  tallies: readonly TrialTally[],
): Promise<MeasuredTypist[]> {
  const path = `/api/campaigns/${campaignId}/operators`
  const typists = await readAll<OperatorFigures>(api, path, 'typists', 'operatorId')
  const mixed = plan.books
    .filter(({ pair }) => pair === null)
    .reduce((sum, { pages }) => sum + pages, 0)
  const difficulties = plan.difficulties.slice(0, mixed)
  return plan.typists.map(({ login, rate, tiresAfter }, place) => {
    const tally = tallies[place]
    const measured = typists.find(({ operatorId }) => operatorId === tally?.personId)
    const corrected = measured?.corrected
    if (tally === undefined || measured === undefined || !corrected) {
      throw new Error(`${login} has too little judged`)
    }
    const tired = tally.mixedPages === 0 ? 0 : tally.tiredPages / tally.mixedPages
    const trueRate = rateOver(rate, difficulties, tired)
    const low = corrected.low ?? 0
    const high = corrected.high ?? 1
    return {
      login,
      judged: measured.judged,
      rate: corrected.value,
      low,
      high,
      trueRate,
      covered: low <= trueRate && trueRate <= high,
      drifts: (measured.trend?.signalDays.length ?? 0) > 0,
      tires: tiresAfter !== null,
    }
  })
}
