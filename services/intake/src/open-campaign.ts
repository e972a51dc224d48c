import { isDeepStrictEqual } from 'node:util'
import {
  campaignOpened,
  type openCampaign as contract,
  type FormDefinition,
  type FormReference,
  Problem,
  type ReplyOf,
  type RequestOf,
} from '@songnhap/contracts'
import type { Ledger } from '@songnhap/database'
import { readFormDefinition } from '@songnhap/forms'
import type { Kysely, Transaction } from 'kysely'
import type { DB } from './schema.gen.ts'

type Opening = RequestOf<typeof contract>

/** Opens a campaign once an id, and keeps its form; a version of a form never changes. */
export async function openCampaign(
  ledger: Ledger<DB>,
  opening: Opening,
): Promise<ReplyOf<typeof contract>> {
  const form = readFormDefinition(opening.form)
  const { campaignId, name, pairs } = opening
  if (pairs.some(([one, other]) => one.toLowerCase() === other.toLowerCase())) {
    throw new Problem('MALFORMED', ['a pair names one person twice'])
  }
  return await ledger.change(async ({ trx, say }) => {
    await keepForm(trx, form)
    const { numInsertedOrUpdatedRows: opened } = await trx
      .insertInto('campaign')
      .values({
        campaign_id: campaignId,
        name,
        form_name: form.name,
        form_version: form.version,
        pairs: JSON.stringify(pairs),
      })
      .onConflict((conflict) => conflict.column('campaign_id').doNothing())
      .executeTakeFirst()
    if (opened === 1n) say(campaignOpened, { campaignId, name, form, pairs })
    else await refuseOther(trx, opening, form)
    return { campaignId }
  })
}

export async function readForm(
  db: Kysely<DB>,
  { name, version }: FormReference,
): Promise<FormDefinition> {
  const row = await db
    .selectFrom('form')
    .select('definition')
    .where('name', '=', name)
    .where('version', '=', version)
    .executeTakeFirst()
  if (row === undefined) throw new Problem('NOT_FOUND')
  return readFormDefinition(row.definition)
}

async function keepForm(trx: Transaction<DB>, form: FormDefinition): Promise<void> {
  await trx
    .insertInto('form')
    .values({ name: form.name, version: form.version, definition: JSON.stringify(form) })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const kept = await readForm(trx, form)
  if (!isDeepStrictEqual(kept, form)) throw new Problem('FORM_CHANGED')
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
    stored.form_version === form.version &&
    isDeepStrictEqual(stored.pairs, pairs)
  if (!same) throw new Problem('ALREADY_EXISTS')
}
