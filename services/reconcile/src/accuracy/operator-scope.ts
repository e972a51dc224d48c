import { type FormDefinition, type OperatorScope, Problem } from '@songnhap/contracts'
import { sql, type Transaction } from 'kysely'
import { formFrom } from '../forms.ts'
import type { DB } from '../schema.gen.ts'

/** The latest of them say what there is to say. */
const CAMPAIGNS_MAX = 200

/** Which campaigns figures are of, and every version of a form that they were keyed by. */
export interface Scope {
  readonly campaignIds: readonly string[]
  readonly formOf: (campaignId: string, version: number) => FormDefinition
  readonly from: string | null
  readonly to: string | null
}

/** Problem NOT_FOUND where there is no such campaign, or none of such a form. */
export async function readScope(
  trx: Transaction<DB>,
  { campaignId, formName, from, to }: OperatorScope,
): Promise<Scope> {
  const { rows } = await sql<{ campaignId: string }>`
    select c.campaign_id as "campaignId"
    from campaign c join campaign_form f using (campaign_id, form_version)
    where c.campaign_id = ${campaignId ?? null}::uuid
      or (${campaignId === undefined} and f.form ->> 'name' = ${formName ?? null}::text)
    order by c.campaign_id desc limit ${CAMPAIGNS_MAX}`.execute(trx)
  if (rows.length === 0) throw new Problem('NOT_FOUND')
  const campaignIds = rows.map((row) => row.campaignId)
  return { ...(await scopeOf(trx, campaignIds)), from: from ?? null, to: to ?? null }
}

export async function scopeOf(
  trx: Transaction<DB>,
  campaignIds: readonly string[],
): Promise<Scope> {
  const { rows } = await sql<{ campaignId: string; version: number; form: unknown }>`
    select campaign_id as "campaignId", form_version as version, form from campaign_form
    where campaign_id = any (${campaignIds}::uuid[])`.execute(trx)
  const forms = new Map(rows.map((row) => [`${row.campaignId} ${row.version}`, formFrom(row.form)]))
  const formOf = (campaignId: string, version: number) => {
    const form = forms.get(`${campaignId} ${version}`)
    if (form === undefined) throw new Error('a page was judged by a form that its campaign has not')
    return form
  }
  return { campaignIds, formOf, from: null, to: null }
}
