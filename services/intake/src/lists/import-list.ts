import { isDeepStrictEqual } from 'node:util'
import {
  type CodeList,
  type importList as contract,
  Problem,
  type ReplyOf,
  VALUE_LENGTH_MAX,
} from '@songnhap/contracts'
import { findFormProblems } from '@songnhap/forms'
import { type Kysely, sql } from 'kysely'
import type { DB } from '../schema.gen.ts'
import { findList } from './find-list.ts'

const TOLD_MAX = 50
const LIST_POINTER = /^\/lists\/0/

/** Keeps an edition once: others may have put it into forms already. */
export async function importList(
  db: Kysely<DB>,
  list: CodeList,
): Promise<ReplyOf<typeof contract>> {
  const findings = faultsOf(list)
  if (findings.length > 0) throw new Problem('LIST_INVALID', findings.slice(0, TOLD_MAX))
  const { name, date, label, entries } = list
  const { numInsertedOrUpdatedRows: imported } = await db
    .insertInto('code_list')
    .values({
      name,
      date: sql<Date>`${date}::date`,
      label: JSON.stringify(label),
      entries: JSON.stringify(entries),
    })
    .onConflict((conflict) => conflict.columns(['name', 'date']).doNothing())
    .executeTakeFirst()
  if (imported === 1n) return { outcome: 'imported' }
  if (!isDeepStrictEqual(await findList(db, list), list)) throw new Problem('LIST_CHANGED')
  return { outcome: 'unchanged' }
}

/** What a form would say against it; a list is put into forms later. Names places, never values. */
function faultsOf(list: CodeList): string[] {
  const { name, date } = list
  const label = { vi: '', en: '' }
  const form = {
    name: 'any',
    version: 1,
    title: label,
    recordsMax: 1,
    fields: [
      { name: 'any', kind: 'choice', label, lengthMax: VALUE_LENGTH_MAX, list: { name, date } },
    ],
    lists: [list],
  }
  return findFormProblems(form).map(
    ({ pointer, message }) => `${pointer.replace(LIST_POINTER, '')} ${message}`,
  )
}
