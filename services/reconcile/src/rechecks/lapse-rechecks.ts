import { sql, type Transaction } from 'kysely'
import type { DB } from '../schema.gen.ts'

/**
 * Pages that are opened again: what was being asked once more of their rulings is asked no more, as it is
 * not yet known what they will settle to.
 */
export async function lapseRechecks(
  trx: Transaction<DB>,
  pageIds: readonly string[],
): Promise<void> {
  await sql`
    with lapsed as (
      insert into recheck_end (recheck_id, page_id, outcome)
      select recheck_id, page_id, 'lapsed' from recheck k
      where page_id = any (${pageIds}::uuid[])
        and not exists (select from recheck_end e where e.recheck_id = k.recheck_id)
      returning recheck_id
    ), appeals as (
      insert into appeal_end (appeal_id, outcome)
      select appeal_id, 'lapsed' from appeal join lapsed using (recheck_id)
    )
    delete from open_arbitration where page_id = any (${pageIds}::uuid[]) and seat in (4, 5)`.execute(
    trx,
  )
}
