import type { Transaction } from 'kysely'
import type { DB } from '../schema.gen.ts'

export async function closeSeat(trx: Transaction<DB>, pageId: string, seat: number): Promise<void> {
  await trx
    .deleteFrom('open_arbitration')
    .where('page_id', '=', pageId)
    .where('seat', '=', seat)
    .execute()
}
