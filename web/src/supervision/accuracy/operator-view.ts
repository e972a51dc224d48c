/** What the gateway tells supervisors of people's accuracy, as its answers have it. */
import type {
  ArbiterChecks,
  OperatorFigures,
  ReplyOf,
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

/** All typists of a campaign, who come a part at a time. */
export async function readAllOperators(
  campaigns: Campaigns,
  path: string,
): Promise<Answer<Operators>> {
  const typists: OneOperator[] = []
  let whole: Answer<Operators> | undefined
  for (let calls = 0; calls < CALLS_MAX; calls += 1) {
    const last = typists.at(-1)
    const after = last === undefined ? '' : `?after=${last.operatorId}`
    whole = await campaigns.ask<Operators>('GET', `${path}${after}`)
    if (whole.is !== 'ok') return whole
    typists.push(...whole.body.typists)
    if (!whole.body.more) break
  }
  if (whole?.is !== 'ok') return { is: 'unreachable' }
  return { ...whole, body: { ...whole.body, typists } }
}

/** From so many errors in 10,000 fields on a supervisor offers help. */
export const HELP_FROM = 100
/** Below it nothing is told of anybody. */
export const JUDGED_MIN = 300
