import { type setDeadline as contract, Problem, type RequestOf } from '@songnhap/contracts'
import { type Kysely, sql } from 'kysely'
import type { DB } from './schema.gen.ts'

/** It is a plan, and nothing that was keyed depends on it. */
export async function setDeadline(
  db: Kysely<DB>,
  { campaignId, deadline }: RequestOf<typeof contract>,
): Promise<Record<string, never>> {
  const { numUpdatedRows } = await db
    .updateTable('campaign')
    .set({ deadline: deadline === null ? null : sql<Date>`${deadline}::date` })
    .where('campaign_id', '=', campaignId)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw new Problem('NOT_FOUND')
  return {}
}
