import { type FormDefinition, Problem } from '@songnhap/contracts'
import { withListsResolved } from '@songnhap/forms'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { DB } from './schema.gen.ts'

/** By which pages of these campaigns are compared that were not compared before. */
export async function selectForms(
  trx: Transaction<DB>,
  campaignIds: readonly string[],
): Promise<Map<string, FormDefinition>> {
  const { rows } = await sql<{ campaign_id: string; form: unknown }>`
    select campaign_id, form from campaign join campaign_form using (campaign_id, form_version)
    where campaign_id = any (${[...new Set(campaignIds)]}::uuid[])`.execute(trx)
  return new Map(rows.map((row) => [row.campaign_id, formFrom(row.form)]))
}

/** The form that a campaign has now. */
export async function selectForm(db: Kysely<DB>, campaignId: string): Promise<FormDefinition> {
  const row = await db
    .selectFrom('campaign')
    .innerJoin('campaign_form', (join) =>
      join
        .onRef('campaign_form.campaign_id', '=', 'campaign.campaign_id')
        .onRef('campaign_form.form_version', '=', 'campaign.form_version'),
    )
    .select('form')
    .where('campaign.campaign_id', '=', campaignId)
    .executeTakeFirst()
  if (row === undefined) throw new Problem('NOT_FOUND')
  return formFrom(row.form)
}

/**
 * The column was written from a checked fact, so its shape is known. Fields get the options of their
 * lists here, once: comparing a field looks at nothing beside it.
 */
export function formFrom(stored: unknown): FormDefinition {
  return withListsResolved(stored as FormDefinition)
}
