import { sql, type Transaction } from 'kysely'
import { arbitrationOf } from './arbitration-of.ts'
import type { PageCase } from './page-case.ts'
import type { DB } from './schema.gen.ts'

/**
 * Leaves the page's arbitration with whoever has it while it is for the same instance; otherwise frees
 * it for the other one, or closes it.
 */
export async function storeArbitration(
  trx: Transaction<DB>,
  page: Pick<PageCase, 'pageId' | 'state'>,
): Promise<void> {
  const instance = arbitrationOf(page)
  if (instance === 'nobody') {
    await trx
      .deleteFrom('open_arbitration')
      .where('page_id', '=', page.pageId)
      .where('seat', '=', 0)
      .execute()
    return
  }
  const escalated = instance === 'supervisors'
  await sql`
    update open_arbitration
    set escalated = ${escalated}, since = clock_timestamp(), holder = null, token = null, until = null
    where page_id = ${page.pageId} and seat = 0 and escalated <> ${escalated}`.execute(trx)
}
