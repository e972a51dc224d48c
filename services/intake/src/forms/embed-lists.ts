import type { CodeList, FormDefinition, FormFinding, ListReference } from '@songnhap/contracts'
import type { Kysely } from 'kysely'
import { findList } from '../lists/find-list.ts'
import type { DB } from '../schema.gen.ts'

export interface Embedding {
  /** With every list that its fields refer to. */
  readonly form: FormDefinition
  readonly taken: readonly ListReference[]
  /** Lists that are neither in the form nor in the registry. */
  readonly missing: readonly FormFinding[]
}

/**
 * Puts the code lists that a form only names into it, so that whoever has the form needs to ask nobody.
 * Editions never change, so the same form gives the same again.
 */
export async function embedLists(db: Kysely<DB>, form: FormDefinition): Promise<Embedding> {
  const lists: CodeList[] = [...(form.lists ?? [])]
  const taken: ListReference[] = []
  const missing: FormFinding[] = []
  for (const [index, { list }] of form.fields.entries()) {
    if (list === undefined || lists.some((one) => isSame(one, list))) continue
    const found = await findList(db, list)
    if (found === undefined) {
      missing.push({
        pointer: `/fields/${index}/list`,
        message:
          `the list ${list.name} of ${list.date} is neither in the form nor in the registry; ` +
          'songnhap lists import brings it there',
      })
    } else {
      lists.push(found)
      taken.push({ name: found.name, date: found.date })
    }
  }
  return { form: taken.length === 0 ? form : { ...form, lists }, taken, missing }
}

export function isSame(one: ListReference, other: ListReference): boolean {
  return one.name === other.name && one.date === other.date
}
