import { comparePages, inPairs, needsArbiter, type PageComparison } from '@songnhap/comparators'
import { pageCompared, type TypedRecords } from '@songnhap/contracts'
import type { Change } from '@songnhap/database'
import { uuidv7 } from 'uuidv7'
import { formOfPage } from './form-of-page.ts'
import type { DB } from './schema.gen.ts'
import { settle } from './settle-if-ruled.ts'
import { settlePage } from './settle-page.ts'

/**
 * Compares the two entries of a page field by field, once both are there. What agrees is settled;
 * the fields that differ become one arbitration.
 */
export async function compareEntries(
  change: Change<DB>,
  pageId: string,
  arbitrationOpened: () => void,
): Promise<void> {
  const { trx, say, count, afterCommit } = change
  const [first, second] = await trx
    .selectFrom('reading')
    .select(['entry_id', 'person_id', 'records'])
    .where('page_id', '=', pageId)
    .where('pass', 'is not', null)
    .orderBy('pass')
    .execute()
  if (first === undefined || second === undefined) return

  const { form, campaignId } = await formOfPage(trx, pageId)
  const [a, b] = [recordsOf(first.records), recordsOf(second.records)]
  const comparison = comparePages(form, a, b)
  await trx
    .insertInto('comparison')
    .values({
      page_id: pageId,
      rule_version: comparison.ruleVersion,
      first_entry_id: first.entry_id,
      second_entry_id: second.entry_id,
      fields: comparison.fields,
      records: comparison.records,
      differences: JSON.stringify(comparison.differences),
      rows: comparison.pairs === null ? null : JSON.stringify(comparison.pairs),
    })
    .execute()
  const questions = await askQuestions(change, pageId, campaignId, comparison)
  say(pageCompared, {
    pageId,
    entryIds: [first.entry_id, second.entry_id],
    ruleVersion: comparison.ruleVersion,
    fields: comparison.fields,
    questions,
  })
  count([
    { scope: campaignId, measure: 'pages-compared', amount: 1 },
    { scope: campaignId, measure: 'fields-compared', amount: comparison.fields },
    { scope: campaignId, measure: 'mismatches', amount: questions },
  ])
  if (questions > 0) return afterCommit(arbitrationOpened)
  const { ruleVersion, records, differences, pairs } = comparison
  const readings = [inPairs(pairs, 0, a), inPairs(pairs, 1, b)] as const
  const compared = { form, records, differences, readings }
  const state = settlePage(compared, [])
  if (state.kind === 'open') throw new Error('a page without a question is open')
  const typists = [first.person_id, second.person_id] as const
  await settle(change, { pageId, campaignId, ruleVersion, typists, compared }, state.records)
}

/** One question a field that differs; the order in which an arbiter sees the readings is drawn here. */
async function askQuestions(
  { trx }: Change<DB>,
  pageId: string,
  campaignId: string,
  { differences }: PageComparison,
): Promise<number> {
  const asked = differences.filter(({ outcome }) => needsArbiter(outcome))
  if (asked.length === 0) return 0
  await trx
    .insertInto('question')
    .values(
      asked.map(({ record, field }) => ({
        question_id: uuidv7(),
        page_id: pageId,
        record,
        field,
        swapped: Math.random() < 0.5,
      })),
    )
    .execute()
  await trx
    .insertInto('open_arbitration')
    .values({ page_id: pageId, campaign_id: campaignId })
    .execute()
  return asked.length
}

/** The column was written from a checked fact, so its shape is known. */
function recordsOf(stored: unknown): TypedRecords {
  return stored as TypedRecords
}
