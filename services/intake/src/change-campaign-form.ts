import {
  campaignFormChanged,
  type changeCampaignForm as contract,
  type FormReference,
  Problem,
  type ReplyOf,
  type RequestOf,
} from '@songnhap/contracts'
import type { Ledger } from '@songnhap/database'
import { findChangeProblems } from '@songnhap/forms'
import type { Transaction } from 'kysely'
import { findForm, needForm } from './forms/keep-form.ts'
import type { DB } from './schema.gen.ts'

/**
 * Lets a campaign go on with another version of its form, if what was keyed before fits it. Sent again it
 * changes nothing. FORM_UNFIT tells what differs that may not.
 */
export async function changeCampaignForm(
  ledger: Ledger<DB>,
  { campaignId, form: wanted }: RequestOf<typeof contract>,
): Promise<ReplyOf<typeof contract>> {
  return await ledger.change(async ({ trx, say }) => {
    const current = await lockCampaign(trx, campaignId)
    const form = await needForm(trx, wanted)
    const before = await findForm(trx, current)
    if (before === undefined) throw new Error('a campaign without its form')
    const unfit = findChangeProblems(before, form)
    if (unfit.length > 0) {
      const details = unfit.map(({ pointer, message }) => `${pointer} ${message}`)
      throw new Problem('FORM_UNFIT', details)
    }
    const { name, version } = form
    if (version !== current.version) {
      await trx
        .updateTable('campaign')
        .set({ form_version: version })
        .where('campaign_id', '=', campaignId)
        .execute()
      say(campaignFormChanged, { campaignId, form })
    }
    return { form: { name, version } }
  })
}

/** Two changes at once come one after the other. */
async function lockCampaign(trx: Transaction<DB>, campaignId: string): Promise<FormReference> {
  const campaign = await trx
    .selectFrom('campaign')
    .select(['form_name as name', 'form_version as version'])
    .where('campaign_id', '=', campaignId)
    .forUpdate()
    .executeTakeFirst()
  if (campaign === undefined) throw new Problem('NOT_FOUND')
  return campaign
}
