import { fitIntoReply } from '@songnhap/bus'
import {
  type CodeList,
  type listLists as contract,
  type ListReference,
  Problem,
  type ReplyOf,
  type RequestOf,
} from '@songnhap/contracts'
import { type Kysely, sql } from 'kysely'
import type { DB } from '../schema.gen.ts'
import { findList } from './find-list.ts'

const LISTS_A_CALL_MAX = 500

export async function listLists(
  db: Kysely<DB>,
  { after }: RequestOf<typeof contract>,
): Promise<ReplyOf<typeof contract>> {
  let query = db
    .selectFrom('code_list')
    .select(['name', sql<string>`date::text`.as('date'), 'label'])
    .select(sql<number>`json_array_length(entries)`.as('entries'))
    .orderBy('name')
    .orderBy('code_list.date')
    .limit(LISTS_A_CALL_MAX + 1)
  if (after !== undefined) {
    const [name = '', date = ''] = after.split('@')
    query = query.where(sql<boolean>`(name, date::text) > (${name}, ${date})`)
  }
  const rows = (await query.execute()) as ReplyOf<typeof contract>['lists']
  const { fitting, more } = fitIntoReply(rows.slice(0, LISTS_A_CALL_MAX))
  return { lists: fitting, more: more || rows.length > LISTS_A_CALL_MAX }
}

export async function readList(db: Kysely<DB>, reference: ListReference): Promise<CodeList> {
  const list = await findList(db, reference)
  if (list === undefined) throw new Problem('NOT_FOUND')
  return list
}
