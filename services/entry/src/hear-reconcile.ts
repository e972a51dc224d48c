/** What reconcile says: which pages are to be keyed once more, and of which the answer is known. */
import { knownPageNamed, knownPageRetired, readingWanted } from '@songnhap/contracts'
import { type FactHandler, NotYet, on } from '@songnhap/database'
import { sql, type Transaction } from 'kysely'
import { numberPeople } from './person.ts'
import type { DB } from './schema.gen.ts'

/**
 * The pass is opened again, for somebody new, beside the other one as it is. While the pass waits for an
 * earlier turn, or is being keyed, this one comes after it.
 */
export function onReadingWanted(pageOpened: () => void): FactHandler<DB> {
  return on<DB, typeof readingWanted>(
    readingWanted,
    async ({ trx, count, afterCommit }, { pageId, pass, turn, places, cells, notBy }) => {
      // So that an arbiter who never typed can be barred too.
      await numberPeople(trx, notBy)
      // A page that is set aside meanwhile is so, whether it is open or opened here.
      await sql`select from page where page_id = ${pageId} for share`.execute(trx)
      const { rows } = await sql<{ campaign_id: string; is_new: boolean }>`
        select * from want_reading(${pageId}, ${pass}, ${turn}, ${places ?? null}::smallint[],
          ${cells === undefined ? null : JSON.stringify(cells)}::json,
          array(select person_no from person where person_id = any (${notBy}::uuid[])))`.execute(
        trx,
      )
      const [row] = rows
      if (row === undefined) throw new NotYet('intake has not said this page yet')
      if (!row.is_new) return
      count([{ scope: row.campaign_id, measure: 'wanted', amount: 1 }])
      afterCommit(pageOpened)
    },
  )
}

/** The page may be shown, to whoever is not named; said again, to fewer. */
export const onKnownPageNamed = on<DB, typeof knownPageNamed>(
  knownPageNamed,
  async ({ trx }, { pageId, notBy }) => {
    await numberPeople(trx, notBy)
    const { rows } = await sql`
      with known as (
        insert into known_page (page_id, campaign_id, book_id, sequence)
        select page_id, campaign_id, book_id, sequence from page join book using (book_id)
        where page_id = ${pageId} on conflict do nothing
      ), kept_apart as (
        insert into barred (page_id, person_no)
        select ${pageId}, person_no from person where person_id = any (${notBy}::uuid[])
          and exists (select from page where page_id = ${pageId})
        on conflict do nothing
      )
      select from page where page_id = ${pageId}`.execute(trx)
    if (rows.length === 0) throw new NotYet('intake has not said this page yet')
  },
)

export const onKnownPageRetired = on<DB, typeof knownPageRetired>(
  knownPageRetired,
  async ({ trx }, { pageId }) => {
    await trx
      .updateTable('known_page')
      .set({ retired: true })
      .where('page_id', '=', pageId)
      .execute()
  },
)

/** Of a page whose pass was just keyed: opens the turns that waited for that. */
export async function beginTurns(trx: Transaction<DB>, pageId: string): Promise<void> {
  await sql`select begin_turns(${pageId})`.execute(trx)
}
