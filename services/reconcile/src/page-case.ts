/** Everything about a compared page that a ruling can turn on: its case file. */
import { type Difference, inPairs, type RecordPairs } from '@songnhap/comparators'
import type { Reading, TypedRecords, Verdict } from '@songnhap/contracts'
import type { Transaction } from 'kysely'
import { formOfPage } from './form-of-page.ts'
import type { DB } from './schema.gen.ts'
import {
  type Compared,
  type PageState,
  type Place,
  type PlacedRuling,
  settlePage,
} from './settle-page.ts'

export interface AskedQuestion extends Place {
  readonly questionId: string
  readonly swapped: boolean
  readonly difference: Difference
  /** What the arbiter wrote who passed the question on. */
  readonly note: string | null
}

export interface PageCase {
  readonly pageId: string
  readonly campaignId: string
  readonly ruleVersion: string
  readonly typists: readonly [string, string]
  readonly compared: Compared
  readonly questions: readonly AskedQuestion[]
  readonly state: PageState
}

export async function loadPageCase(trx: Transaction<DB>, pageId: string): Promise<PageCase> {
  const { form, campaignId } = await formOfPage(trx, pageId)
  const comparison = await trx
    .selectFrom('comparison')
    .selectAll()
    .where('page_id', '=', pageId)
    .executeTakeFirstOrThrow()
  const readings = await trx
    .selectFrom('reading')
    .select(['person_id', 'records'])
    .where('page_id', '=', pageId)
    .where('pass', 'is not', null)
    .orderBy('pass')
    .execute()
  const [first, second] = readings
  if (first === undefined || second === undefined)
    throw new Error('a compared page lacks a reading')

  const pairs = pairsOf(comparison.rows)
  const compared = {
    form,
    records: comparison.records,
    differences: differencesOf(comparison.differences),
    readings: [
      inPairs(pairs, 0, recordsOf(first.records)),
      inPairs(pairs, 1, recordsOf(second.records)),
    ],
  } as const satisfies Compared
  const rulings = await selectRulings(trx, pageId)
  return {
    pageId,
    campaignId,
    ruleVersion: comparison.rule_version,
    typists: [first.person_id, second.person_id],
    compared,
    questions: await selectQuestions(trx, pageId, compared.differences, rulings),
    state: settlePage(compared, rulings.map(inTermsOfPasses)),
  }
}

interface StoredRuling extends PlacedRuling {
  readonly questionId: string
  readonly swapped: boolean
  readonly note: string | null
}

/** The last word on each question: an escalated ruling stands above the one that passed it on. */
async function selectRulings(trx: Transaction<DB>, pageId: string): Promise<StoredRuling[]> {
  const rows = await trx
    .selectFrom('ruling')
    .innerJoin('question', 'question.question_id', 'ruling.question_id')
    .distinctOn('ruling.question_id')
    .select([
      'ruling.question_id',
      'ruling.verdict',
      'ruling.value',
      'ruling.note',
      'question.record',
      'question.field',
      'question.swapped',
    ])
    .where('ruling.page_id', '=', pageId)
    .orderBy('ruling.question_id')
    .orderBy('ruling.escalated', 'desc')
    .execute()
  return rows.map((row) => ({
    questionId: row.question_id,
    record: row.record,
    field: row.field,
    swapped: row.swapped,
    note: row.note,
    verdict: row.verdict as Verdict,
    ...(row.value === null ? {} : { value: readingOf(row.value) }),
  }))
}

function inTermsOfPasses(ruling: StoredRuling): PlacedRuling {
  const { verdict, swapped } = ruling
  if (!swapped || (verdict !== 'first' && verdict !== 'second')) return ruling
  return { ...ruling, verdict: verdict === 'first' ? 'second' : 'first' }
}

async function selectQuestions(
  trx: Transaction<DB>,
  pageId: string,
  differences: readonly Difference[],
  rulings: readonly StoredRuling[],
): Promise<AskedQuestion[]> {
  const rows = await trx
    .selectFrom('question')
    .select(['question_id', 'record', 'field', 'swapped'])
    .where('page_id', '=', pageId)
    .orderBy('question_id')
    .execute()
  return rows.map(({ question_id, record, field, swapped }) => {
    const difference = differences.find((d) => d.record === record && d.field === field)
    if (difference === undefined) throw new Error('a question about nothing that differs')
    const passedOn = rulings.find((ruling) => ruling.questionId === question_id)
    return {
      questionId: question_id,
      record,
      field,
      swapped,
      difference,
      note: passedOn?.note ?? null,
    }
  })
}

// These columns were written from checked values by this service, so their shapes are known.
const differencesOf = (stored: unknown) => stored as readonly Difference[]
const pairsOf = (stored: unknown) => stored as RecordPairs
const recordsOf = (stored: unknown) => stored as TypedRecords
const readingOf = (stored: unknown) => stored as Reading
