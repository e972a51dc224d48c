import {
  type publishForm as contract,
  type deleteForm as deleteContract,
  type FormReference,
  Problem,
  type ReplyOf,
} from '@songnhap/contracts'
import type { Kysely } from 'kysely'
import type { DB } from '../schema.gen.ts'
import { deleteDraft, findDraft, findForm, keepForm, lockForm } from './keep-form.ts'

/** Publishes a draft; what is published already stays so. */
export async function publishForm(
  db: Kysely<DB>,
  reference: FormReference,
): Promise<ReplyOf<typeof contract>> {
  return await db.transaction().execute(async (trx) => {
    await lockForm(trx, reference)
    const draft = await findDraft(trx, reference)
    if (draft === undefined) {
      if ((await findForm(trx, reference)) === undefined) throw new Problem('NOT_FOUND')
      return { state: 'published', listsTaken: [] }
    }
    // Once more: what is checked may have become more since the draft was saved.
    const { taken } = await keepForm(trx, draft)
    return { state: 'published', listsTaken: [...taken] }
  })
}

/** Deletes a draft; FORM_PUBLISHED for what is none any more. */
export async function deleteForm(
  db: Kysely<DB>,
  reference: FormReference,
): Promise<ReplyOf<typeof deleteContract>> {
  return await db.transaction().execute(async (trx) => {
    await lockForm(trx, reference)
    if (await deleteDraft(trx, reference)) return {}
    const isPublished = (await findForm(trx, reference)) !== undefined
    throw new Problem(isPublished ? 'FORM_PUBLISHED' : 'NOT_FOUND')
  })
}
