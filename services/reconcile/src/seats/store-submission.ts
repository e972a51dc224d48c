import type { submitRulings as contract, RequestOf } from '@songnhap/contracts'
import type { Transaction } from 'kysely'
import type { DB } from '../schema.gen.ts'

/** That these rulings came, and how many questions they left, for whoever sends them again. */
export async function storeSubmission(
  trx: Transaction<DB>,
  { submissionId, personId }: Pick<RequestOf<typeof contract>, 'submissionId' | 'personId'>,
  pageId: string,
  open: number,
): Promise<void> {
  await trx
    .insertInto('ruling_submission')
    .values({ submission_id: submissionId, person_id: personId, page_id: pageId, open })
    .execute()
}
