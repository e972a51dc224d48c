import { isDeepStrictEqual } from 'node:util'
import {
  type FormDefinition,
  type FormReference,
  type ListReference,
  Problem,
} from '@songnhap/contracts'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { DB } from '../schema.gen.ts'
import { needWhole } from './check-form.ts'

/** A campaign's fact has it, and must fit into a message on the bus. */
const FORM_BYTES_MAX = 400 * 1024

/** Until the transaction ends, nobody else saves, publishes or deletes this version. */
export async function lockForm(
  trx: Transaction<DB>,
  { name, version }: FormReference,
): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`form ${name} ${version}`}, 0))`.execute(
    trx,
  )
}

/** A published form. */
export async function findForm(
  db: Kysely<DB>,
  form: FormReference,
): Promise<FormDefinition | undefined> {
  return await findIn(db, 'form', form)
}

export async function findDraft(
  db: Kysely<DB>,
  form: FormReference,
): Promise<FormDefinition | undefined> {
  return await findIn(db, 'form_draft', form)
}

async function findIn(
  db: Kysely<DB>,
  table: 'form' | 'form_draft',
  { name, version }: FormReference,
): Promise<FormDefinition | undefined> {
  const row = await db
    .selectFrom(table)
    .select('definition')
    .where('name', '=', name)
    .where('version', '=', version)
    .executeTakeFirst()
  return asForm(row?.definition)
}

/** Checked when it was kept; a stricter check that comes later must not make it unreadable. */
function asForm(definition: unknown): FormDefinition | undefined {
  return definition as FormDefinition | undefined
}

/**
 * Publishes a form, whole with its lists. The same again changes nothing; FORM_CHANGED
 * where the version is published, or waits as a draft, with other content.
 */
export async function keepForm(
  trx: Transaction<DB>,
  wanted: FormDefinition,
): Promise<{ form: FormDefinition; taken: readonly ListReference[] }> {
  await lockForm(trx, wanted)
  const draft = await findDraft(trx, wanted)
  if (draft !== undefined && !isDeepStrictEqual(draft, wanted)) throw new Problem('FORM_CHANGED')
  const { form, taken } = await needWhole(trx, wanted)
  const text = JSON.stringify(form)
  if (Buffer.byteLength(text) > FORM_BYTES_MAX) {
    throw new Problem('TOO_LARGE', [`a form with its lists has at most ${FORM_BYTES_MAX} bytes`])
  }
  const kept = await findForm(trx, form)
  if (kept !== undefined && !isDeepStrictEqual(kept, form)) throw new Problem('FORM_CHANGED')
  if (kept === undefined) {
    const { name, version } = form
    await trx.insertInto('form').values({ name, version, definition: text }).execute()
  }
  if (draft !== undefined) await deleteDraft(trx, form)
  return { form, taken }
}

/** The form that a campaign is to have, which this publishes, or the published one that it names. */
export async function needForm(
  trx: Transaction<DB>,
  wanted: FormReference | FormDefinition,
): Promise<FormDefinition> {
  if ('fields' in wanted) return (await keepForm(trx, wanted)).form
  const form = await findForm(trx, wanted)
  if (form === undefined) throw new Problem('FORM_UNPUBLISHED')
  return form
}

/** Whether there was one. */
export async function deleteDraft(
  trx: Transaction<DB>,
  { name, version }: FormReference,
): Promise<boolean> {
  const { numDeletedRows } = await trx
    .deleteFrom('form_draft')
    .where('name', '=', name)
    .where('version', '=', version)
    .executeTakeFirst()
  return numDeletedRows === 1n
}
