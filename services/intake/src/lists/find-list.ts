import type { CodeList, ListReference } from '@songnhap/contracts'
import { type Kysely, sql } from 'kysely'
import type { DB } from '../schema.gen.ts'

/** An edition as it was imported. */
export async function findList(
  db: Kysely<DB>,
  { name, date }: ListReference,
): Promise<CodeList | undefined> {
  const row = await db
    .selectFrom('code_list')
    .select(['label', 'entries'])
    .where('name', '=', name)
    // As text: a day that the calendar has not is simply not there.
    .where(sql<string>`date::text`, '=', date)
    .executeTakeFirst()
  if (row === undefined) return undefined
  // Checked when it was imported.
  const { label, entries } = row as unknown as Pick<CodeList, 'label' | 'entries'>
  return { name, date, label, entries }
}
