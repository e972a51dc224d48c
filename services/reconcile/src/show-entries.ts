import {
  type showEntries as contract,
  Problem,
  type ReplyOf,
  type RequestOf,
} from '@songnhap/contracts'
import type { Ledger } from '@songnhap/database'
import { sql, type Transaction } from 'kysely'
import { draw } from './compare-entries.ts'
import { turnsOf } from './compared.ts'
import { loadPageCase } from './load-page-case.ts'
import type { PageCase, StoredQuestion } from './page-case.ts'
import { alignmentPlace } from './place.ts'
import type { DB } from './schema.gen.ts'
import { pairsShown, realigning } from './show-question.ts'

/**
 * Both entries of an arbitration for its holder, who may see that rows are paired wrongly. The question
 * that takes such a ruling is asked by looking: nearly all pages have no need of it.
 */
export async function showEntries(
  ledger: Ledger<DB>,
  { personId, leaseToken }: RequestOf<typeof contract>,
): Promise<ReplyOf<typeof contract>> {
  return await ledger.change(async ({ trx }) => {
    const { rows } = await sql<{ pageId: string }>`
      select page_id as "pageId" from open_arbitration
      where token = ${leaseToken} and holder = ${personId} and until > clock_timestamp()
        and seat in (0, 4, 5)
      for update`.execute(trx)
    const [held] = rows
    if (held === undefined) throw new Problem('LEASE_ENDED')
    const page = await loadPageCase(trx, held.pageId)
    const question = realigning(page) ?? (await askAboutPairs(trx, page))
    return { questionId: question.questionId, ...pairsShown(page.compared, question.swapped) }
  })
}

async function askAboutPairs(
  trx: Transaction<DB>,
  { pageId, compared }: PageCase,
): Promise<StoredQuestion> {
  const turns = turnsOf(compared.sides)
  const place = alignmentPlace(turns, compared.round.round)
  const question = { ...place, ...draw(2), agreed: false }
  await trx
    .insertInto('question')
    .values({
      question_id: question.questionId,
      page_id: pageId,
      kind: question.kind,
      first_turn: turns[0],
      second_turn: turns[1],
      subject: question.subject,
      swapped: question.swapped,
    })
    .execute()
  return question
}
