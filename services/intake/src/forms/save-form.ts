import { isDeepStrictEqual } from 'node:util'
import {
  type saveForm as contract,
  Problem,
  type ReplyOf,
  type RequestOf,
} from '@songnhap/contracts'
import type { Kysely } from 'kysely'
import type { DB } from '../schema.gen.ts'
import { checkForm, needDraft } from './check-form.ts'
import { findForm, lockForm } from './keep-form.ts'
import { warnAboutLists } from './warn-about-lists.ts'

/** Keeps a draft. Of a published version only the same may come again, and stays what it is. */
export async function saveForm(
  db: Kysely<DB>,
  { name, version, form: input }: RequestOf<typeof contract>,
): Promise<ReplyOf<typeof contract>> {
  const form = await needDraft(db, input)
  if (form.name !== name || form.version !== version) {
    throw new Problem('MALFORMED', ['name and version of the form are not those of the address'])
  }
  return await db.transaction().execute(async (trx) => {
    await lockForm(trx, form)
    const { whole, missing } = await checkForm(trx, form)
    const warnings = [...missing, ...(await warnAboutLists(trx, form))]
    const published = await findForm(trx, form)
    if (published !== undefined) {
      if (!isDeepStrictEqual(published, whole)) throw new Problem('FORM_CHANGED')
      return { state: 'published', warnings }
    }
    const definition = JSON.stringify(form)
    await trx
      .insertInto('form_draft')
      .values({ name, version, definition })
      .onConflict((conflict) =>
        conflict.columns(['name', 'version']).doUpdateSet({ definition, saved_at: new Date() }),
      )
      .execute()
    return { state: 'draft', warnings }
  })
}
