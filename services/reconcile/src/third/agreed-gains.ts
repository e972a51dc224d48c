/** How doubtful each field is on which two agree, and what asking a third person saves. Pure. */
import { needsArbiter } from '@songnhap/comparators'
import { agreedRisk, PRIOR_AT_START, thirdOfAgreed } from '@songnhap/statistics'
import { judgedFields } from '../accuracy/operator-tally.ts'
import { coincidenceOf } from '../accuracy/read-basis.ts'
import type { PageCase } from '../page-case.ts'
import { typistOf } from '../typist-of.ts'
import type { AgreedPlace } from './agreed-places.ts'
import type { CampaignCounts, FieldCounts } from './read-field-counts.ts'
import {
  ARBITER_COST,
  ERROR_COSTS,
  THIRD_ENTRY_COST,
  type TotalOf,
  thirdCosts,
} from './third-costs.ts'

/** How often a third person does not repeat what two misread alike: chosen, as nobody knows before audits tell. */
const DETECTION = 0.7

const NOTHING: FieldCounts = { judged: 0, wrong: 0, audited: 0 }

export interface AgreedGain {
  readonly risk: number
  /** In third entries of one field; 0 or less: it is not worth it. */
  readonly gain: number
}

export function agreedGains(
  page: PageCase,
  places: readonly AgreedPlace[],
  counts: CampaignCounts,
  total: TotalOf,
): AgreedGain[] {
  const { form, compared } = page
  const { sides } = compared
  const all = new Map(judgedFields(form).map(({ name }) => [name, pooled(counts, name)]))
  const coincidence = coincidenceOf([...all.values()], {
    audited: total('audited-agreed'),
    alike: total('audited-agreed-wrong'),
  }).value
  const arbiterError = thirdCosts(total).inputs[0]?.value ?? 0
  const ofPage = { coincidence, ...differencesOf(page, counts) }
  return places.map(({ rows, field, marked, odd }) => {
    const errors = errorsOf(
      counts,
      [typistOf(sides[0], rows[0]), typistOf(sides[1], rows[1])],
      field.name,
    )
    const risk = agreedRisk({ errors, marked, odd, ...ofPage })
    const gain = thirdOfAgreed({
      thirdEntry: THIRD_ENTRY_COST,
      arbiter: ARBITER_COST,
      error: ERROR_COSTS[field.class ?? 'ordinary'],
      arbiterError,
      risk,
      thirdError: rateOf(all.get(field.name) ?? NOTHING),
      detection: DETECTION,
    })
    return { risk, gain }
  })
}

/** On how many fields of the page the two differ, and on how many two who err as they do would. */
function differencesOf({ compared, form }: PageCase, counts: CampaignCounts) {
  const { sides, round } = compared
  const named = new Map(form.fields.map((field) => [field.name, field]))
  const differences = round.differences.filter(({ field, outcome }) => {
    return field !== null && needsArbiter(named.get(field) ?? null, outcome)
  }).length
  const people = [sides[0].typist, sides[1].typist] as const
  const ofRecord = judgedFields(form).reduce((sum, { name }) => {
    const [first, second] = errorsOf(counts, people, name)
    return sum + first + second
  }, 0)
  return { differences, expectedDifferences: ofRecord * round.pairs.length }
}

function errorsOf(
  counts: CampaignCounts,
  [first = '', second = '']: readonly (string | undefined)[],
  field: string,
): readonly [number, number] {
  return [rateOf(counts.of(first, field)), rateOf(counts.of(second, field))]
}

/** As arbitration sees it, drawn towards what is usual while little is known. */
function rateOf({ judged, wrong, audited }: FieldCounts): number {
  const { alpha, beta } = PRIOR_AT_START
  const seen = Math.min(judged, Math.max(0, wrong - audited))
  return (seen + alpha) / (judged + alpha + beta)
}

function pooled({ typists, of }: CampaignCounts, field: string): FieldCounts {
  return typists
    .map((typist) => of(typist, field))
    .reduce(
      (sum, one) => ({
        judged: sum.judged + one.judged,
        wrong: sum.wrong + one.wrong,
        audited: sum.audited + one.audited,
      }),
      NOTHING,
    )
}
