import { createHash } from 'node:crypto'
import type { Count } from '@songnhap/database'
import type { Confused } from './count-judgement.ts'

/** Of the counts of letters confused: the typist is their scope, or a field; the campaign is their subject. */
export const CONFUSED = 'confused'

const UUID = /^(.{8})(.{4})(.{4})(.{4})(.{12})/

/** A scope of its own for one field of one campaign: all that is counted of a campaign is read often, this is not. */
export function scopeOfField(campaignId: string, field: string): string {
  const hash = createHash('sha256').update(`${campaignId} ${field}`).digest('hex')
  return hash.slice(0, 32).replace(UUID, '$1-$2-$3-$4-$5')
}

interface ConfusedOnPage {
  readonly typist: string
  readonly campaign_id: string
  readonly confused: readonly Confused[]
}

/** By typist, and by field of the campaign. */
export function confusionCounts(
  { typist, campaign_id, confused }: ConfusedOnPage,
  sign: 1 | -1,
): Count[] {
  return confused.flatMap(({ truth, typed, inField, times }) => {
    const of = {
      subject: campaign_id,
      measure: CONFUSED,
      field: `${truth}\t${typed}`,
      amount: sign * times,
    }
    const scopes = inField === undefined ? [typist] : [typist, scopeOfField(campaign_id, inField)]
    return scopes.map((scope) => ({ scope, ...of }))
  })
}
