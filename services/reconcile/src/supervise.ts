/** What supervisors read: progress, settled records, broken promises. */
import { fitIntoReply } from '@songnhap/bus'
import type {
  ReplyOf,
  RequestOf,
  listSettledRecords as recordsContract,
  SettledRecord,
  SettlingProgress,
  Violations,
} from '@songnhap/contracts'
import { readCounts, total } from '@songnhap/database'
import { type Kysely, sql } from 'kysely'
import { AWAITED_READINGS } from './awaited-readings.ts'
import type { DB } from './schema.gen.ts'

const RECORDS_A_CALL_MAX = 500

export async function readProgress(db: Kysely<DB>, campaignId: string): Promise<SettlingProgress> {
  const counts = await readCounts(db, campaignId)
  const open = await db
    .selectFrom('open_arbitration')
    .select(({ fn }) => fn.countAll<number>().as('open'))
    .where('campaign_id', '=', campaignId)
    .executeTakeFirstOrThrow()
  const { rows } = await sql<{ awaited: number }>`
    select count(distinct w.page_id) as awaited
    from ${AWAITED_READINGS} w join page p using (page_id)
    where p.campaign_id = ${campaignId}`.execute(db)

  return {
    pagesCompared: total(counts, 'pages-compared'),
    fieldsCompared: total(counts, 'fields-compared'),
    mismatches: total(counts, 'mismatches'),
    rulings: total(counts, 'rulings'),
    openArbitrations: open.open,
    pagesAwaited: rows[0]?.awaited ?? 0,
    pagesSettled: total(counts, 'pages-settled'),
    recordsSettled: total(counts, 'records-settled'),
    fieldsSettled: total(counts, 'fields-settled'),
  }
}

export async function listRecords(
  db: Kysely<DB>,
  { campaignId, after }: RequestOf<typeof recordsContract>,
): Promise<ReplyOf<typeof recordsContract>> {
  let query = db
    .selectFrom('settled_record')
    .distinctOn('record_id')
    .select(['record_id', 'page_id', 'record', 'rule_version', 'revision', 'values'])
    .where('campaign_id', '=', campaignId)
    .where(
      sql<boolean>`not exists (select from aside_page a where a.page_id = settled_record.page_id)`,
    )
    .orderBy('record_id')
    .orderBy('revision', 'desc')
    .limit(RECORDS_A_CALL_MAX + 1)
  if (after !== undefined) query = query.where('record_id', '>', after)
  const rows = await query.execute()
  const records = rows.slice(0, RECORDS_A_CALL_MAX).map((row) => ({
    recordId: row.record_id,
    pageId: row.page_id,
    record: row.record,
    ruleVersion: row.rule_version,
    ...(row.revision === 1 ? {} : { revision: row.revision }),
    values: valuesOf(row.values),
  }))
  const { fitting, more } = fitIntoReply(records)
  return { records: fitting, more: more || rows.length > RECORDS_A_CALL_MAX }
}

/** The column was written from checked values by this service, so its shape is known. */
function valuesOf(stored: unknown): SettledRecord['values'] {
  return stored as SettledRecord['values']
}

/** Counted from the rows themselves, by conditions that the tables should make impossible. */
export async function auditCampaign(db: Kysely<DB>, campaignId: string): Promise<Violations> {
  const { rows } = await sql<Violations>`
    select
      (select count(*) from (
        select r.page_id from reading r join page p using (page_id)
        where p.campaign_id = ${campaignId} and r.pass is not null
        group by r.page_id, r.person_id having count(*) > 1) t) as "samePersonTwice",
      (select count(*) from ruling r join page p using (page_id)
        where p.campaign_id = ${campaignId} and exists (
          select from reading x where x.page_id = r.page_id and x.person_id = r.arbiter_id)
      ) as "arbiterTyped",
      (select count(*) from (
        select page_id from settled_record where campaign_id = ${campaignId}
        group by page_id, record
        having count(distinct revision) < count(*) or count(distinct record_id) > 1
      ) t) as "doubleSettled"`.execute(db)
  const [found] = rows
  if (found === undefined) throw new Error('an audit without a row')
  return found
}
