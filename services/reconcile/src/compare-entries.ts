import {
  comparePages,
  type Difference,
  inPairs,
  isQuestion,
  type RecordPairs,
} from '@songnhap/comparators'
import { type FormDefinition, pageCompared } from '@songnhap/contracts'
import type { Change } from '@songnhap/database'
import { sql, type Transaction } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { selectForms } from './forms.ts'
import type { EntryPair } from './pair-entries.ts'
import type { DB } from './schema.gen.ts'
import { type Compared, settlePage } from './settle-page.ts'
import { type SettledPage, storeSettled } from './store-settled.ts'

interface KeyedPage extends EntryPair {
  readonly campaignId: string
}

interface ComparedPage extends KeyedPage {
  readonly ruleVersion: string
  /** Pairs of fields that were compared. */
  readonly fields: number
  readonly compared: Compared
  readonly pairs: RecordPairs
  readonly questions: readonly NewQuestion[]
}

interface NewQuestion {
  readonly questionId: string
  readonly record: number
  readonly field: string | null
  readonly swapped: boolean
}

/**
 * Compares the two entries of each page field by field. What agrees is settled; the fields that
 * differ become one arbitration of their page.
 */
export async function compareEntries(
  change: Change<DB>,
  keyed: readonly KeyedPage[],
  arbitrationOpened: () => void,
): Promise<void> {
  if (keyed.length === 0) return
  const forms = await selectForms(
    change.trx,
    keyed.map(({ campaignId }) => campaignId),
  )
  const pages = keyed.map((page) => comparePage(page, forms.get(page.campaignId)))
  await storeComparisons(change.trx, pages)
  for (const page of pages) tell(change, page)
  if (pages.some(({ questions }) => questions.length > 0)) change.afterCommit(arbitrationOpened)
  await storeSettled(change, pages.filter(({ questions }) => questions.length === 0).map(agreed))
}

function comparePage(page: KeyedPage, form: FormDefinition | undefined): ComparedPage {
  if (form === undefined) throw new Error('a page belongs to no campaign')
  const [first, second] = page.entries
  const { pairs, ruleVersion, fields, records, differences } = comparePages(
    form,
    first.records,
    second.records,
  )
  const readings = [inPairs(pairs, 0, first.records), inPairs(pairs, 1, second.records)] as const
  const compared = { form, records, differences, readings }
  return {
    ...page,
    ruleVersion,
    fields,
    compared,
    pairs,
    questions: askQuestions(form, differences),
  }
}

/** One question a field that differs; the order in which an arbiter sees the readings is drawn here. */
function askQuestions(form: FormDefinition, differences: readonly Difference[]): NewQuestion[] {
  return differences
    .filter((difference) => isQuestion(form, difference))
    .map(({ record, field }) => ({
      questionId: uuidv7(),
      record,
      field,
      swapped: Math.random() < 0.5,
    }))
}

function tell({ say, count }: Change<DB>, page: ComparedPage): void {
  const { pageId, campaignId, entries, ruleVersion, fields } = page
  const questions = page.questions.length
  const entryIds: [string, string] = [entries[0].entryId, entries[1].entryId]
  say(pageCompared, { pageId, entryIds, ruleVersion, fields, questions })
  count([
    { scope: campaignId, measure: 'pages-compared', amount: 1 },
    { scope: campaignId, measure: 'fields-compared', amount: fields },
    { scope: campaignId, measure: 'mismatches', amount: questions },
  ])
}

/** A page without a question. */
function agreed({ pageId, campaignId, ruleVersion, entries, compared }: ComparedPage): SettledPage {
  const state = settlePage(compared, [])
  if (state.kind === 'open') throw new Error('a page without a question is open')
  const typists = [entries[0].personId, entries[1].personId] as const
  return { pageId, campaignId, ruleVersion, typists, compared, records: state.records }
}

async function storeComparisons(
  trx: Transaction<DB>,
  pages: readonly ComparedPage[],
): Promise<void> {
  const asked = pages.flatMap(({ pageId, questions }) =>
    questions.map((question) => ({ pageId, ...question })),
  )
  const open = pages.filter(({ questions }) => questions.length > 0)
  await sql`
    with compared as (
      insert into comparison (page_id, rule_version, first_entry_id, second_entry_id,
                              fields, records, differences, rows)
      select * from unnest(
        ${pages.map(({ pageId }) => pageId)}::uuid[],
        ${pages.map(({ ruleVersion }) => ruleVersion)}::text[],
        ${pages.map(({ entries }) => entries[0].entryId)}::uuid[],
        ${pages.map(({ entries }) => entries[1].entryId)}::uuid[],
        ${pages.map(({ fields }) => fields)}::int[],
        ${pages.map(({ compared }) => compared.records)}::int[],
        ${pages.map(({ compared }) => JSON.stringify(compared.differences))}::json[],
        ${pages.map(({ pairs }) => (pairs === null ? null : JSON.stringify(pairs)))}::json[])
    ), asked as (
      insert into question (question_id, page_id, record, field, swapped)
      select * from unnest(
        ${asked.map(({ questionId }) => questionId)}::uuid[],
        ${asked.map(({ pageId }) => pageId)}::uuid[],
        ${asked.map(({ record }) => record)}::int[],
        ${asked.map(({ field }) => field)}::text[],
        ${asked.map(({ swapped }) => swapped)}::boolean[])
    )
    insert into open_arbitration (page_id, campaign_id)
    select * from unnest(
      ${open.map(({ pageId }) => pageId)}::uuid[],
      ${open.map(({ campaignId }) => campaignId)}::uuid[])`.execute(trx)
}
