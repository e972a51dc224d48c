import {
  type FormDefinition,
  type FormFinding,
  type ListReference,
  Problem,
} from '@songnhap/contracts'
import { findFormProblems } from '@songnhap/forms'
import type { Kysely } from 'kysely'
import type { DB } from '../schema.gen.ts'
import { embedLists } from './embed-lists.ts'

const FINDINGS_MAX = 1_000
const TEXT_LENGTH_MAX = 500
/** What a problem can carry, but for the line that says how many there are. */
const TOLD_MAX = 49

/** What is to be known of something that somebody takes for a form. */
export interface CheckedForm {
  /** Everything wrong with it, but for lists that are nowhere yet: a draft may wait for these. */
  readonly errors: readonly FormFinding[]
  readonly missing: readonly FormFinding[]
  readonly taken: readonly ListReference[]
  /** With the lists taken from the registry; a form only where there are no errors. */
  readonly whole: unknown
}

export async function checkForm(db: Kysely<DB>, input: unknown): Promise<CheckedForm> {
  const { whole, taken, missing } = await embedLists(db, input)
  const nowhere = new Set(missing.map(({ pointer }) => pointer))
  const errors = findFormProblems(whole)
    .filter(({ pointer }) => !nowhere.has(pointer))
    .slice(0, FINDINGS_MAX)
    .map(({ pointer, message }) => ({
      pointer: pointer.slice(0, TEXT_LENGTH_MAX),
      message: message.slice(0, TEXT_LENGTH_MAX),
    }))
  return { errors, missing, taken, whole }
}

/** The form as a draft, or Problem FORM_INVALID with as many of its errors as a problem has room for. */
export async function needDraft(db: Kysely<DB>, input: unknown): Promise<FormDefinition> {
  const { errors } = await checkForm(db, input)
  if (errors.length > 0) throw formInvalid(errors)
  return input as FormDefinition
}

/** The form with all its lists, or Problem FORM_INVALID. */
export async function needWhole(
  db: Kysely<DB>,
  input: unknown,
): Promise<{ form: FormDefinition; taken: readonly ListReference[] }> {
  const { errors, missing, taken, whole } = await checkForm(db, input)
  const all = [...errors, ...missing]
  if (all.length > 0) throw formInvalid(all)
  return { form: whole as FormDefinition, taken }
}

function formInvalid(errors: readonly FormFinding[]): Problem {
  const told = errors
    .slice(0, TOLD_MAX)
    .map(({ pointer, message }) => `${pointer} ${message}`.trim())
  const left = errors.length - told.length
  const more = left > 0 ? [`and ${left} more: POST /api/forms/check tells all`] : []
  return new Problem('FORM_INVALID', [...told, ...more])
}
