import { fitIntoReply } from '@songnhap/bus'
import {
  type checkForm as checkContract,
  type FormDefinition,
  type listForms as listContract,
  Problem,
  type ReplyOf,
  type RequestOf,
  type readForm as readContract,
} from '@songnhap/contracts'
import { type Kysely, sql } from 'kysely'
import type { DB } from '../schema.gen.ts'
import { checkForm } from './check-form.ts'
import { findDraft, findForm } from './keep-form.ts'
import { warnAboutLists } from './warn-about-lists.ts'

const FORMS_A_CALL_MAX = 500

/** Everything that is wrong with what somebody takes for a form, and what should be known of it. */
export async function tellOfForm(
  db: Kysely<DB>,
  { form: input }: RequestOf<typeof checkContract>,
): Promise<ReplyOf<typeof checkContract>> {
  const { errors, missing } = await checkForm(db, input)
  const others = errors.length > 0 ? [] : await warnAboutLists(db, input as FormDefinition)
  return { errors: [...errors], warnings: [...missing, ...others] }
}

export async function listForms(
  db: Kysely<DB>,
  { after }: RequestOf<typeof listContract>,
): Promise<ReplyOf<typeof listContract>> {
  const [name = '', version = '0'] = after?.split('@') ?? []
  const { rows } = await sql<ReplyOf<typeof listContract>['forms'][number]>`
    select name, version, definition -> 'title' as title, state,
      json_array_length(definition -> 'fields') as fields,
      (select count(*) from campaign where form_name = every.name and form_version = every.version) as campaigns
    from (
      select name, version, definition, 'published' as state from form
      union all select name, version, definition, 'draft' from form_draft
    ) as every
    where (name, version) > (${name}, ${Number(version)}::int)
    order by name, version
    limit ${FORMS_A_CALL_MAX + 1}`.execute(db)
  const { fitting, more } = fitIntoReply(rows.slice(0, FORMS_A_CALL_MAX))
  return { forms: fitting, more: more || rows.length > FORMS_A_CALL_MAX }
}

export async function readForm(
  db: Kysely<DB>,
  { drafts = false, ...reference }: RequestOf<typeof readContract>,
): Promise<FormDefinition> {
  const form =
    (await findForm(db, reference)) ?? (drafts ? await findDraft(db, reference) : undefined)
  if (form === undefined) throw new Problem('NOT_FOUND')
  return form
}
