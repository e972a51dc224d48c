import type { FormDefinition } from '@songnhap/contracts'
import { withListsResolved } from '@songnhap/forms'
import { sql, type Transaction } from 'kysely'
import type { DB } from './schema.gen.ts'

/** The forms of these campaigns. */
export async function selectForms(
  trx: Transaction<DB>,
  campaignIds: readonly string[],
): Promise<Map<string, FormDefinition>> {
  const { rows } = await sql<{ campaign_id: string; form: unknown }>`
    select campaign_id, form from campaign
    where campaign_id = any (${[...new Set(campaignIds)]}::uuid[])`.execute(trx)
  return new Map(rows.map((row) => [row.campaign_id, formFrom(row.form)]))
}

/**
 * The column was written from a checked fact, so its shape is known. Fields get the options of their
 * lists here, once: comparing a field looks at nothing beside it.
 */
export function formFrom(stored: unknown): FormDefinition {
  return withListsResolved(stored as FormDefinition)
}
