import type pg from 'pg'
import { uuidv7 } from 'uuidv7'
import { SAMPLE_FORM } from './sample-form.ts'

const TYPISTS = 40
const PAGES_A_DAY = 2_000
const RECORDS_A_PAGE = 5
/** A page has an error of each typist, and rarely two. */
const ERRORS_OF_PAGES = 0.7

export interface JudgedCampaign {
  readonly campaignId: string
  readonly typists: readonly string[]
}

/**
 * What reconcile keeps of pages that are settled, put there by its owner: counts by day, and what each of
 * two typists keyed of each page. Foreign keys are not checked on the way.
 */
export async function loadJudgedPages(database: pg.Pool, pages: number): Promise<JudgedCampaign> {
  const campaignId = uuidv7()
  const typists = Array.from({ length: TYPISTS }, () => uuidv7())
  const { version, fields } = SAMPLE_FORM
  const names = fields.map(({ name }) => name)
  const connection = await database.connect()
  const load = (text: string, values: unknown[]) => connection.query(text, values)
  try {
    await connection.query('set session_replication_role = replica')
    await load('insert into reconcile.campaign (campaign_id, form_version) values ($1, $2)', [
      campaignId,
      version,
    ])
    await load(
      'insert into reconcile.campaign_form (campaign_id, form_version, form) values ($1, $2, $3)',
      [campaignId, version, JSON.stringify(SAMPLE_FORM)],
    )
    await load(
      `insert into reconcile.judged_page (page_id, typist, campaign_id, keyed_at, day, form_version,
         records, wrong, unjudged, counts, confused)
       select p.page_id, ($2::uuid[])[1 + (p.n + t.n * (1 + (p.n / $3::int) % ($3::int - 1))) % $3::int], $1,
         timestamptz '2024-01-01' + p.n * interval '10 s', date '2024-01-01' + p.n / $4::int, $5, $6,
         case when random() < $7 then array[($8::text[])[1 + p.n % cardinality($8::text[])]]
           else '{}' end, '{}', '[]', '[]'
       from (select uuidv7() as page_id, n from generate_series(0, $9::int - 1) n) p
         cross join generate_series(0, 1) t (n)`,
      [
        campaignId,
        typists,
        TYPISTS,
        PAGES_A_DAY,
        version,
        RECORDS_A_PAGE,
        ERRORS_OF_PAGES,
        names,
        pages,
      ],
    )
    await load(
      `insert into reconcile.operator_count
       select campaign_id, typist, day, form_version, f.field, f.pages, f.records, 0, 0, 0, f.records, 0, 0,
         0, 0, 0, 0, f.wrong, 0, 0, 0
       from (
         select campaign_id, typist, day, form_version, '' as field, count(*) as pages,
           sum(records) as records, 0 as wrong
         from reconcile.judged_page where campaign_id = $1
         group by campaign_id, typist, day, form_version
         union all
         select campaign_id, typist, day, form_version, w, 0, 0, count(*)
         from reconcile.judged_page cross join unnest(wrong) w where campaign_id = $1
         group by campaign_id, typist, day, form_version, w) f`,
      [campaignId],
    )
    await load(
      `insert into reconcile.operator_total
       select campaign_id, typist, form_version, field, sum(pages), sum(records), 0, 0, 0, sum(readings), 0, 0,
         0, 0, 0, 0, sum(wrong), 0, 0, 0
       from reconcile.operator_count where campaign_id = $1
       group by campaign_id, typist, form_version, field`,
      [campaignId],
    )
    await connection.query(
      'analyze reconcile.judged_page, reconcile.operator_count, reconcile.operator_total',
    )
  } finally {
    connection.release()
  }
  return { campaignId, typists }
}
