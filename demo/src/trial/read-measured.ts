import { type Api, patiently } from '@songnhap/client'
import type { ArbiterChecks, OperatorFigures, PairFigures } from '@songnhap/contracts'
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

/** A pair that stood out, or that should have. */
export interface MeasuredPair {
  readonly logins: readonly string[]
  readonly copies: boolean
  readonly flagged: boolean
  readonly differing: number
  readonly expected: number | null
  readonly q: number | null
}

/** Of all campaigns: pairs that are flagged, and those that were declared. */
export async function readPairsOfTrial(
  api: Api,
  campaignIds: readonly string[],
  plan: TrialPlan,
  tallies: readonly TrialTally[],
): Promise<MeasuredPair[]> {
  const placeOf = new Map(tallies.map(({ personId }, place) => [personId, place]))
  const found: MeasuredPair[] = []
  for (const campaignId of campaignIds) {
    const path = `/api/campaigns/${campaignId}/pairs`
    const { pairs } = await patiently(() => api.get<{ pairs: PairFigures[] }>(path))
    const isMixed = campaignId === campaignIds[0]
    for (const { members, flagged, differing, expected, q } of pairs) {
      const places = members.map(({ personId }) => placeOf.get(personId) ?? -1)
      const declared = isMixed
        ? undefined
        : plan.pairs.find((pair) => pair.members.every((place) => places.includes(place)))
      if (!flagged && declared === undefined) continue
      const logins = places.map((place) => plan.typists[place]?.login ?? '')
      const copies = declared?.copies === true
      found.push({ logins, copies, flagged, differing, expected, q })
    }
  }
  return found
}

/** How often a second arbiter, and after both a supervisor, said otherwise. */
export interface MeasuredArbiter {
  readonly login: string
  readonly careless: boolean
  readonly checked: number
  readonly overturned: number
}

export async function readArbitersOfTrial(
  api: Api,
  campaignId: string,
  plan: TrialPlan,
  arbiterIds: readonly string[],
): Promise<MeasuredArbiter[]> {
  const path = `/api/campaigns/${campaignId}/arbiters`
  const { arbiters } = await patiently(() => api.get<{ arbiters: ArbiterChecks[] }>(path))
  return plan.arbiters.map(({ login, careless }, place) => {
    const found = arbiters.find(({ arbiterId }) => arbiterId === arbiterIds[place])
    const { numerator: overturned, denominator: checked } = found?.overturned ?? {
      numerator: 0,
      denominator: 0,
    }
    return { login, careless, checked, overturned }
  })
}
