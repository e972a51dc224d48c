/** What supervisors decide about pages, as intake says it. */
import { pageRestored, pageSetAside } from '@songnhap/contracts'
import { NotYet, on } from '@songnhap/database'
import { sql, type Transaction } from 'kysely'
import type { DB } from './schema.gen.ts'

/** Nobody is given the page, and whoever has it in hand holds it no longer. What is keyed stays keyed. */
export const onPageSetAside = on<DB, typeof pageSetAside>(
  pageSetAside,
  async ({ trx }, { pageId, reason }) => {
    await lockPage(trx, pageId)
    const replaced = reason === 'replaced'
    await trx
      .insertInto('aside_page')
      .values({ page_id: pageId, replaced })
      .onConflict((conflict) => conflict.column('page_id').doUpdateSet({ replaced }))
      .execute()
    await sql`
      update open_page set aside = true,
        holder_1 = case when token_1 is null then holder_1 end, token_1 = null, until_1 = null,
        holder_2 = case when token_2 is null then holder_2 end, token_2 = null, until_2 = null
      where page_id = ${pageId}`.execute(trx)
  },
)

export function onPageRestored(pageOpened: () => void) {
  return on<DB, typeof pageRestored>(pageRestored, async ({ trx, afterCommit }, { pageId }) => {
    await lockPage(trx, pageId)
    await trx.deleteFrom('aside_page').where('page_id', '=', pageId).execute()
    await trx.updateTable('open_page').set({ aside: false }).where('page_id', '=', pageId).execute()
    afterCommit(pageOpened)
  })
}

/** A reading that is wanted meanwhile opens the page with its state, or finds it open. */
async function lockPage(trx: Transaction<DB>, pageId: string): Promise<void> {
  const { rows } = await sql`select from page where page_id = ${pageId} for no key update`.execute(
    trx,
  )
  if (rows.length === 0) throw new NotYet('intake has not said this page yet')
}
