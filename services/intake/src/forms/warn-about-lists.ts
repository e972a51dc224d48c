import { isDeepStrictEqual } from 'node:util'
import type { FormDefinition, FormFinding } from '@songnhap/contracts'
import type { Kysely } from 'kysely'
import { findList } from '../lists/find-list.ts'
import type { DB } from '../schema.gen.ts'
import { isSame } from './embed-lists.ts'

/** What need not be mended to keep the form, and should be known. */
export async function warnAboutLists(db: Kysely<DB>, form: FormDefinition): Promise<FormFinding[]> {
  const warnings: FormFinding[] = []
  for (const [index, list] of (form.lists ?? []).entries()) {
    const pointer = `/lists/${index}`
    if (!form.fields.some((field) => field.list !== undefined && isSame(field.list, list))) {
      warnings.push({ pointer, message: 'no field refers to this list' })
    }
    const kept = await findList(db, list)
    if (kept !== undefined && !isDeepStrictEqual(kept, list)) {
      const message =
        'the registry has other content under this name and date; the form keeps its own'
      warnings.push({ pointer, message })
    }
  }
  return warnings
}
