import type { FormDefinition } from '@songnhap/contracts'
import type { Transaction } from 'kysely'
import type { DB } from './schema.gen.ts'

export async function formOfPage(
  trx: Transaction<DB>,
  pageId: string,
): Promise<{ form: FormDefinition; campaignId: string }> {
  const row = await trx
    .selectFrom('page')
    .innerJoin('campaign', 'campaign.campaign_id', 'page.campaign_id')
    .select(['campaign.form', 'campaign.campaign_id'])
    .where('page.page_id', '=', pageId)
    .executeTakeFirstOrThrow()
  return { form: formFrom(row.form), campaignId: row.campaign_id }
}

/** The column was written from a checked fact, so its shape is known. */
export function formFrom(stored: unknown): FormDefinition {
  return stored as FormDefinition
}
