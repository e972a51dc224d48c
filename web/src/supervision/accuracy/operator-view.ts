/** What the gateway tells supervisors of people's accuracy, as its answers have it. */
import type {
  ArbiterChecks,
  OperatorFigures,
  ReplyOf,
  readField,
  readOperator,
  readOperators,
} from '@songnhap/contracts'
import type { Answer } from '../../line/call.ts'
import type { Campaigns } from '../campaigns.svelte.ts'

type Named<T> = T & { readonly name: string | null }
export type OneOperator = Named<OperatorFigures>
export type Operators = Omit<ReplyOf<typeof readOperators>, 'typists' | 'arbiters'> & {
  readonly typists: readonly OneOperator[]
}
export type Operator = Named<ReplyOf<typeof readOperator>>
export type Arbiter = Named<ArbiterChecks>

const CALLS_MAX = 40

export type OneField = ReplyOf<typeof readField> & {
  readonly typists: readonly Named<ReplyOf<typeof readField>['typists'][number]>[]
}

/** All typists of a campaign, who come a part at a time. */
export async function readAllOperators(
  campaigns: Campaigns,
  path: string,
): Promise<Answer<Operators>> {
  const typists: OneOperator[] = []
  let whole: Answer<Operators> | undefined
  /** They come with the first part. */
  let fields: Operators['fields'] | undefined
  for (let calls = 0; calls < CALLS_MAX; calls += 1) {
    const last = typists.at(-1)
    const joint = path.includes('?') ? '&' : '?'
    const after = last === undefined ? '' : `${joint}after=${last.operatorId}`
    whole = await campaigns.ask<Operators>('GET', `${path}${after}`)
    if (whole.is !== 'ok') return whole
    fields ??= whole.body.fields
    typists.push(...whole.body.typists)
    if (!whole.body.more) break
  }
  if (whole?.is !== 'ok') return { is: 'unreachable' }
  return { ...whole, body: { ...whole.body, fields: fields ?? [], typists } }
}

const PER = 10_000
/** In 10,000 fields, as long as too few people are judged for the data to say what is usual. */
const HELP_FROM_AT_START = 100
const TIMES_USUAL = 2

/** From so many errors in 10,000 fields on a supervisor offers help: twice what is usual of these people. */
export function helpFrom({ alpha, beta, source }: Operators['prior']): number {
  if (source === 'start') return HELP_FROM_AT_START
  return Math.max(1, Math.round((TIMES_USUAL * PER * alpha) / (alpha + beta)))
}

/** Below it nothing is told of anybody. */
export const JUDGED_MIN = 300
