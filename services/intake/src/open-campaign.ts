import { isDeepStrictEqual } from 'node:util'
import {
  campaignOpened,
  type openCampaign as contract,
  type FormDefinition,
  Problem,
  type ReplyOf,
  type RequestOf,
} from '@songnhap/contracts'
import type { Ledger } from '@songnhap/database'
import { sql, type Transaction } from 'kysely'
import { needForm } from './forms/keep-form.ts'
import type { DB } from './schema.gen.ts'

type Opening = RequestOf<typeof contract>

/** Opens a campaign once an id, and keeps its form; a version of a form never changes. */
export async function openCampaign(
  ledger: Ledger<DB>,
  opening: Opening,
): Promise<ReplyOf<typeof contract>> {
  const { campaignId, name, pairs, deadline = null, pagesAhead } = opening
  if (pairs.some(([one, other]) => one.toLowerCase() === other.toLowerCase())) {
    throw new Problem('MALFORMED', ['a pair names one person twice'])
  }
  return await ledger.change(async ({ trx, say }) => {
    const form = await needForm(trx, opening.form)
    const { numInsertedOrUpdatedRows: opened } = await trx
      .insertInto('campaign')
      .values({
        campaign_id: campaignId,
        name,
        form_name: form.name,
        form_version: form.version,
        opened_version: form.version,
        pairs: JSON.stringify(pairs),
        deadline: deadline === null ? null : sql<Date>`${deadline}::date`,
        pages_ahead: pagesAhead ?? null,
      })
      .onConflict((conflict) => conflict.column('campaign_id').doNothing())
      .executeTakeFirst()
    if (opened === 1n) {
      const ahead = pagesAhead === undefined ? {} : { pagesAhead }
      say(campaignOpened, { campaignId, name, form, pairs, ...ahead })
    } else await refuseOther(trx, opening, form)
    return { campaignId }
  })
}

async function refuseOther(
  trx: Transaction<DB>,
  { campaignId, name, pairs }: Opening,
  form: FormDefinition,
): Promise<void> {
  const stored = await trx
    .selectFrom('campaign')
    .selectAll()
    .where('campaign_id', '=', campaignId)
    .executeTakeFirstOrThrow()
  const same =
    stored.name === name &&
    stored.form_name === form.name &&
    stored.opened_version === form.version &&
    // Deadline and pages ahead may have been changed since.
    isDeepStrictEqual(stored.pairs, pairs)
  if (!same) throw new Problem('ALREADY_EXISTS')
}
