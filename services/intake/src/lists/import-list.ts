import { isDeepStrictEqual } from 'node:util'
import {
  type CodeList,
  type importList as contract,
  Problem,
  type ReplyOf,
} from '@songnhap/contracts'
import { type Kysely, sql } from 'kysely'
import type { DB } from '../schema.gen.ts'
import { findList } from './find-list.ts'

const TOLD_MAX = 50

/** Keeps an edition once: others may have put it into forms already. */
export async function importList(
  db: Kysely<DB>,
  list: CodeList,
): Promise<ReplyOf<typeof contract>> {
  const findings = findRepeated(list)
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

/** What is typed must lead to one entry. Names places, never values. */
function findRepeated({ entries }: CodeList): string[] {
  const ways = entries.flatMap(({ value, aliases = [] }, entry) => [
    { pointer: `/entries/${entry}/value`, entry, text: value },
    ...aliases.map((text, at) => ({ pointer: `/entries/${entry}/aliases/${at}`, entry, text })),
  ])
  const codes = entries.flatMap(({ code }, entry) =>
    code === undefined ? [] : [{ pointer: `/entries/${entry}/code`, entry, text: code }],
  )
  return [...repeatedIn(ways), ...repeatedIn(codes)]
}

function repeatedIn(texts: readonly { pointer: string; entry: number; text: string }[]): string[] {
  const first = new Map<string, number>()
  return texts.flatMap(({ pointer, entry, text }) => {
    const key = text.normalize('NFC')
    const before = first.get(key)
    if (before === undefined) first.set(key, entry)
    return before === undefined ? [] : [`${pointer} is in entry ${before + 1} already`]
  })
}
