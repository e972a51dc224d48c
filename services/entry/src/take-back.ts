import type { takeBackAssignments as contract, ReplyOf, RequestOf } from '@songnhap/contracts'
import type { Ledger } from '@songnhap/database'
import { sql, type Transaction } from 'kysely'
import { changePass, lockOpenPage, passHeldBy } from './open-page.ts'
import { lockPerson } from './person.ts'
import type { DB } from './schema.gen.ts'

/** Whoever may work no longer, or is away for long, holds up no page. What is sent for one later is a spare reading. */
export async function takeBackAssignments(
  ledger: Ledger<DB>,
  pageFreed: () => void,
  { personId }: RequestOf<typeof contract>,
): Promise<ReplyOf<typeof contract>> {
  return await ledger.change(async ({ trx, afterCommit }) => {
    const { personNo } = await lockPerson(trx, personId)
    await trx.deleteFrom('waiting').where('person_no', '=', personNo).execute()
    let pages = 0
    for (const { pageId, token } of await selectHeld(trx, personNo)) {
      const page = await lockOpenPage(trx, pageId)
      const pass = page && passHeldBy(page, token)
      if (page === undefined || pass === undefined) continue
      await changePass(trx, page, pass, { kind: 'give-back' })
      pages += 1
    }
    if (pages > 0) afterCommit(pageFreed)
    return { pages }
  })
}

async function selectHeld(trx: Transaction<DB>, personNo: number) {
  const { rows } = await sql<{ pageId: string; token: string }>`
    select o.page_id as "pageId", held.token
    from open_page o
    cross join lateral (values (o.holder_1, o.token_1), (o.holder_2, o.token_2)) as held (holder, token)
    where o.due is not null and held.holder = ${personNo} and held.token is not null
    order by o.page_id`.execute(trx)
  return rows
}
