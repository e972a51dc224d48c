import type { Change } from '@songnhap/database'
import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import type { PageCase } from '../page-case.ts'
import type { DB } from '../schema.gen.ts'
import { openSeat } from '../seats/open-seat.ts'
import type { RecheckReason } from './recheck-item.ts'

interface RulingToRecheck {
  readonly page: PageCase
  readonly question: { readonly questionId: string; readonly swapped: boolean }
  /** Null, both: a majority settled it. */
  readonly rulingId: string | null
  readonly arbiterId: string | null
}

/**
 * Lays rulings before a second arbiter, the readings in the other order: who always takes what is shown
 * first disagrees with nobody else. Says the ids under which they are asked.
 */
export async function openRechecks(
  { trx }: Change<DB>,
  reason: RecheckReason,
  rulings: readonly RulingToRecheck[],
): Promise<string[]> {
  const ids = rulings.map(() => uuidv7())
  await sql`
    insert into recheck (recheck_id, page_id, campaign_id, question_id, ruling_id, arbiter_id, reason,
                         revision, swapped, last_swapped)
    select k.recheck_id, k.page_id, k.campaign_id, k.question_id, k.ruling_id, k.arbiter_id, ${reason},
      (select max(revision) from settled_page s where s.page_id = k.page_id), k.swapped, random() < 0.5
    from unnest(
      ${ids}::uuid[],
      ${rulings.map(({ page }) => page.pageId)}::uuid[],
      ${rulings.map(({ page }) => page.campaignId)}::uuid[],
      ${rulings.map(({ question }) => question.questionId)}::uuid[],
      ${rulings.map(({ rulingId }) => rulingId)}::uuid[],
      ${rulings.map(({ arbiterId }) => arbiterId)}::uuid[],
      ${rulings.map(({ question }) => !question.swapped)}::boolean[]
    ) as k (recheck_id, page_id, campaign_id, question_id, ruling_id, arbiter_id, swapped)`.execute(
    trx,
  )
  const pages = new Map(rulings.map(({ page }) => [page.pageId, page]))
  for (const page of pages.values()) await openSeat(trx, page, { seat: 4, escalated: false })
  return ids
}
