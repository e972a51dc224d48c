import { type Api, patiently } from '@songnhap/client'
import type { OperatorFigures } from '@songnhap/contracts'
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
  const path = `/api/campaigns/${campaignId}/operators`
  const { typists } = await patiently(() => api.get<{ typists: OperatorFigures[] }>(path))
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
    // Of somebody who keyed little nothing is told: anything may be true.
    const { judged, rate: told } = measured
    const { value, low, high } = {
      value: told?.value ?? null,
      low: told?.low ?? 0,
      high: told?.high ?? 1,
    }
    const covered = low <= trueRate && trueRate <= high
    return { login, judged, rate: value, low, high, trueRate, covered }
  })
}
