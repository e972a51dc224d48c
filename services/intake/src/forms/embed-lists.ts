import type { CodeList, FormFinding, ListReference } from '@songnhap/contracts'
import type { Kysely } from 'kysely'
import { findList } from '../lists/find-list.ts'
import type { DB } from '../schema.gen.ts'
import { listReferences } from './list-references.ts'

/** More than a form may have are not looked for. */
const LISTS_MAX = 50

export interface Embedding {
  /** The input with every list that its fields refer to, as far as the registry has them. */
  readonly whole: unknown
  readonly taken: readonly ListReference[]
  /** Lists that are neither in the form nor in the registry. */
  readonly missing: readonly FormFinding[]
}

/**
 * Puts the code lists that a form only names into it, so that whoever has the form needs to ask nobody.
 * Editions never change, so the same form gives the same again. It need not be a proper form.
 */
export async function embedLists(db: Kysely<DB>, input: unknown): Promise<Embedding> {
  const { named, own } = listReferences(input)
  const added: CodeList[] = []
  const missing: FormFinding[] = []
  const nowhere: ListReference[] = []
  for (const { pointer, list } of named) {
    if ([...own, ...added].some((one) => isSame(one, list))) continue
    if (added.length + nowhere.length >= LISTS_MAX) break
    const isKnown = nowhere.some((one) => isSame(one, list))
    const found = isKnown ? undefined : await findList(db, list)
    if (found !== undefined) added.push(found)
    else {
      const message =
        `the list ${list.name} of ${list.date} is neither in the form nor in the registry; ` +
        'songnhap lists import brings it there'
      if (!isKnown) nowhere.push(list)
      missing.push({ pointer, message })
    }
  }
  const taken = added.map(({ name, date }) => ({ name, date }))
  return { whole: added.length === 0 ? input : withLists(input, added), taken, missing }
}

function withLists(input: unknown, added: readonly CodeList[]): unknown {
  const form = Object(input) as { lists?: unknown }
  const lists: unknown = form.lists ?? []
  // Something else is not mended here, and told of.
  return Array.isArray(lists) ? { ...form, lists: [...lists, ...added] } : input
}

export function isSame(one: ListReference, other: ListReference): boolean {
  return one.name === other.name && one.date === other.date
}
