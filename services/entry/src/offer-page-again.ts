import {
  type offerPageAgain as contract,
  Problem,
  pageOfferedAgain,
  type RequestOf,
} from '@songnhap/contracts'
import type { Ledger } from '@songnhap/database'
import type { DB } from './schema.gen.ts'

/**
 * A supervisor looked at a page that was skipped: it can be keyed. Whoever skipped it may have it again, when
 * there is nothing else. Nothing that was keyed of it changes.
 */
export async function offerPageAgain(
  ledger: Ledger<DB>,
  pageFreed: () => void,
  { pageId, personId, note }: RequestOf<typeof contract>,
): Promise<Record<string, never>> {
  return await ledger.change(async ({ trx, say, afterCommit }) => {
    // Of two who decide at once, the second finds nothing to decide.
    const page = await trx
      .selectFrom('page')
      .select('page_id')
      .where('page_id', '=', pageId)
      .forNoKeyUpdate()
      .executeTakeFirst()
    if (page === undefined) throw new Problem('NOT_FOUND')
    const aside = await trx
      .selectFrom('aside_page')
      .select('replaced')
      .where('page_id', '=', pageId)
      .executeTakeFirst()
    if (aside !== undefined) throw new Problem(aside.replaced ? 'PAGE_REPLACED' : 'PAGE_SET_ASIDE')
    const skip = await trx
      .selectFrom('skip')
      .select('page_id')
      .where('page_id', '=', pageId)
      .limit(1)
      .executeTakeFirst()
    if (skip === undefined) return {}
    await trx
      .insertInto('offered_again')
      .values({ page_id: pageId, person_id: personId, note })
      .execute()
    say(pageOfferedAgain, { pageId, personId, ...(note === undefined ? {} : { note }) })
    afterCommit(pageFreed)
    return {}
  })
}
