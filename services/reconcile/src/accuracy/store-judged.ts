import type { Effort } from '@songnhap/contracts'
import { type Change, type Count, dayOf } from '@songnhap/database'
import { sql, type Transaction } from 'kysely'
import { uuidv7 } from 'uuidv7'
import type { Compared, SettledRecordValues } from '../compared.ts'
import type { DB } from '../schema.gen.ts'
import { confusionCounts } from './confusion-counts.ts'
import { COUNTED, confusedIn, countJudgement } from './count-judgement.ts'
import { type Judgement, judgeReadings } from './judge-readings.ts'

export interface JudgedPage {
  readonly pageId: string
  readonly campaignId: string
  readonly compared: Compared
  /** How often it was settled before. */
  readonly revision: number
  readonly records: readonly (SettledRecordValues & { readonly recordId: string })[]
}

/**
 * Judges the readings of pages that are settled, and counts for and against their typists; of a page that
 * was settled before, what was counted then is taken back.
 */
export async function storeJudged(change: Change<DB>, pages: readonly JudgedPage[]): Promise<void> {
  const judged = pages.flatMap((page) =>
    judgeReadings(page.compared, page.records).map((judgement) => ({ page, judgement })),
  )
  const again = pages.filter(({ revision }) => revision > 0).map(({ pageId }) => pageId)
  if (again.length > 0) change.count(await takeBack(change.trx, again))
  const keyings = await selectKeyings(change.trx, pages)
  const rows = judged.map(({ page, judgement }) => {
    const keying = keyings.get(keyOf(page.pageId, judgement.typist))
    return rowOf(page, judgement, keying ?? { keyedAt: null, effort: null })
  })
  const charges = judged.flatMap(({ page, judgement }, at) =>
    chargesOf(page, judgement, rows[at]?.day ?? ''),
  )
  await storeRows(change.trx, rows, charges)
  change.count(rows.flatMap((row) => confusionCounts(row, 1)))
}

interface Keying {
  /** Null: kept by an earlier release. */
  readonly keyedAt: Date | null
  readonly effort: Effort | null
}

function keyOf(pageId: string, typist: string): string {
  return `${pageId} ${typist}`
}

async function selectKeyings(
  trx: Transaction<DB>,
  pages: readonly JudgedPage[],
): Promise<ReadonlyMap<string, Keying>> {
  const { rows } = await sql<Keying & { pageId: string; typist: string }>`
    select page_id as "pageId", person_id as typist, keyed_at as "keyedAt", effort
    from reading
    where page_id = any (${pages.map(({ pageId }) => pageId)}::uuid[]) and pass is not null`.execute(
    trx,
  )
  return new Map(rows.map((row) => [keyOf(row.pageId, row.typist), row]))
}

type JudgedRow = ReturnType<typeof rowOf>

/** By the day of keying: what somebody drifts on is how he or she keys. Unknown, it is the one of settling. */
function rowOf({ pageId, campaignId, compared }: JudgedPage, judgement: Judgement, keying: Keying) {
  const keyedAt = keying.keyedAt ?? new Date()
  const { typist, records, errors, unjudged } = judgement
  return {
    page_id: pageId,
    typist,
    campaign_id: campaignId,
    keyed_at: keyedAt.toISOString(),
    day: dayOf(keyedAt),
    form_version: compared.form.version,
    records,
    wrong: errors.map(({ field }) => field.name),
    unjudged,
    counts: countJudgement(judgement, keying.effort),
    confused: confusedIn(judgement),
  }
}

function chargesOf(page: JudgedPage, { typist, pass, errors }: Judgement, day: string) {
  return errors.map(({ record, row, field, settled, isMajor }) => ({
    charge_id: uuidv7(),
    campaign_id: page.campaignId,
    page_id: page.pageId,
    record_id: recordIdOf(page, record),
    record,
    field: field.name,
    field_class: field.class ?? 'ordinary',
    major: isMajor,
    typist,
    pass,
    row,
    day,
    how: settled.how,
    rule: settled.rule,
    revision: page.revision + 1,
  }))
}

function recordIdOf({ records }: JudgedPage, record: number): string {
  const found = records.find((one) => one.record === record)
  if (found === undefined) throw new Error('a record was judged and not settled')
  return found.recordId
}

const COLUMNS = sql.raw(COUNTED.join(', '))
const TYPED_COLUMNS = sql.raw(COUNTED.map((name) => `${name} bigint`).join(', '))
const amounts = (sign: '' | '-') =>
  sql.raw(COUNTED.map((name) => `${sign}coalesce(c.${name}, 0)`).join(', '))

async function takeBack(trx: Transaction<DB>, pageIds: readonly string[]): Promise<Count[]> {
  const { rows } = await sql<Pick<JudgedRow, 'typist' | 'campaign_id' | 'confused'>>`
    with taken as (
      delete from judged_page where page_id = any (${pageIds}::uuid[]) returning *
    ), withdrawn as (
      update charge set stands = false where page_id = any (${pageIds}::uuid[]) and stands
    ), counted as (
      insert into operator_delta (campaign_id, typist, day, form_version, field, ${COLUMNS})
      select campaign_id, typist, day, form_version, c.field, ${amounts('-')}
      from taken cross join json_to_recordset(counts) as c (field text, ${TYPED_COLUMNS})
    )
    select typist, campaign_id, confused from taken`.execute(trx)
  return rows.flatMap((row) => confusionCounts(row, -1))
}

/** In one statement, however many there are. What was charged before, and is again, keeps its id. */
async function storeRows(
  trx: Transaction<DB>,
  rows: readonly JudgedRow[],
  charges: readonly object[],
): Promise<void> {
  await sql`
    with judged as (
      insert into judged_page
      select * from json_to_recordset(${JSON.stringify(rows)}::json) as j (
        page_id uuid, typist uuid, campaign_id uuid, keyed_at timestamptz, day date, form_version int,
        records smallint, wrong text[], unjudged text[], counts json, confused json)
      returning *
    ), charged as (
      insert into charge (charge_id, campaign_id, page_id, record_id, record, field, field_class, major,
                          typist, pass, "row", day, how, rule, revision)
      select * from json_to_recordset(${JSON.stringify(charges)}::json) as h (
        charge_id uuid, campaign_id uuid, page_id uuid, record_id uuid, record int, field text,
        field_class text, major boolean, typist uuid, pass smallint, "row" smallint, day date,
        how text, rule text, revision smallint)
      on conflict (page_id, record_id, field, typist) do update set stands = true,
        record = excluded.record, field_class = excluded.field_class, major = excluded.major,
        pass = excluded.pass, "row" = excluded."row", how = excluded.how, rule = excluded.rule,
        revision = excluded.revision
    )
    insert into operator_delta (campaign_id, typist, day, form_version, field, ${COLUMNS})
    select campaign_id, typist, day, form_version, c.field, ${amounts('')}
    from judged cross join json_to_recordset(counts) as c (field text, ${TYPED_COLUMNS})`.execute(
    trx,
  )
}
