import { type BookLayouts, Problem } from '@songnhap/contracts'
import type { Transaction } from 'kysely'
import { findForm } from './forms/keep-form.ts'
import type { DB } from './schema.gen.ts'

/** Refuses with LAYOUT_UNKNOWN what the form does not have that the campaign goes by now. */
export async function needLayouts(
  trx: Transaction<DB>,
  campaignId: string,
  layouts: BookLayouts,
): Promise<void> {
  if (layouts.length === 0) return
  const campaign = await trx
    .selectFrom('campaign')
    .select(['form_name as name', 'form_version as version'])
    .where('campaign_id', '=', campaignId)
    .executeTakeFirstOrThrow()
  const form = await findForm(trx, campaign)
  const known = (form?.layouts ?? []).map(({ name }) => name)
  if (layouts.every((name) => known.includes(name))) return
  const told = known.length === 0 ? 'the form has no layout' : `the form has: ${known.join(', ')}`
  throw new Problem('LAYOUT_UNKNOWN', [told])
}
