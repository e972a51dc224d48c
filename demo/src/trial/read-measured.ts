import { type Api, patiently } from '@songnhap/client'
import type { OperatorAccuracy } from '@songnhap/contracts'
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
}

export async function readTypists(
  api: Api,
  campaignId: string,
  plan: TrialPlan,
  tallies: readonly TrialTally[],
): Promise<MeasuredTypist[]> {
  const path = `/api/campaigns/${campaignId}/accuracy`
  const { typists } = await patiently(() => api.get<{ typists: OperatorAccuracy[] }>(path))
  const mixed = plan.books
    .filter(({ pair }) => pair === null)
    .reduce((sum, { pages }) => sum + pages, 0)
  const difficulties = plan.difficulties.slice(0, mixed)
  return plan.typists.map(({ login, rate }, place) => {
    const tally = tallies[place]
    const measured = typists.find(({ operatorId }) => operatorId === tally?.personId)
    if (tally === undefined || measured === undefined) throw new Error(`${login} is not judged`)
    const tired = tally.mixedPages === 0 ? 0 : tally.tiredPages / tally.mixedPages
    const trueRate = rateOver(rate, difficulties, tired)
    const { judged, low, high } = measured
    const covered = low <= trueRate && trueRate <= high
    return { login, judged, rate: measured.rate, low, high, trueRate, covered }
  })
}
