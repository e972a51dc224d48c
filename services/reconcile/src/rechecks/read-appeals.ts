/** Appeals as their typists and as supervisors see them. */
import type {
  Appeal,
  readAppeals as contract,
  listOwnAppeals as ownContract,
  ReplyOf,
  RequestOf,
} from '@songnhap/contracts'
import { momentIn, readCounts, total } from '@songnhap/database'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import { exactFigure } from '../accuracy/figures.ts'
import type { DB } from '../schema.gen.ts'

const APPEALS_MAX = 500

type Row = Omit<Appeal, 'appealedAt'> & { readonly appealedAt: Date }

async function selectAppeals(db: Kysely<DB>, condition: RawBuilder<unknown>): Promise<Appeal[]> {
  const { rows } = await sql<Row>`
    select a.appeal_id as "appealId", a.page_id as "pageId", a.record, a.field,
      a.appealed_at as "appealedAt", coalesce(e.outcome, 'open') as state
    from appeal a left join appeal_end e using (appeal_id)
    where ${condition} order by a.appealed_at desc, a.appeal_id limit ${APPEALS_MAX}`.execute(db)
  return rows.map(({ appealedAt, ...row }) => ({ ...row, appealedAt: appealedAt.toISOString() }))
}

export async function selectAppeal(db: Kysely<DB>, appealId: string): Promise<Appeal> {
  const [appeal] = await selectAppeals(db, sql`a.appeal_id = ${appealId}`)
  if (appeal === undefined) throw new Error('an appeal that was stored is not there')
  return appeal
}

export async function listOwnAppeals(
  db: Kysely<DB>,
  { personId }: RequestOf<typeof ownContract>,
): Promise<ReplyOf<typeof ownContract>> {
  return { appeals: await selectAppeals(db, sql`a.person_id = ${personId}`) }
}

export async function readAppeals(
  db: Kysely<DB>,
  { campaignId }: RequestOf<typeof contract>,
): Promise<ReplyOf<typeof contract>> {
  const asOf = (await momentIn(db, 0)).toISOString()
  const counts = await readCounts(db, [campaignId])
  const { rows } = await sql<{ state: Appeal['state']; count: number }>`
    select coalesce(e.outcome, 'open') as state, count(*)::int as count
    from appeal a left join appeal_end e using (appeal_id)
    where a.campaign_id = ${campaignId} group by 1`.execute(db)
  const of = (state: Appeal['state']) => rows.find((row) => row.state === state)?.count ?? 0
  const [open, upheld, refused, lapsed] = [of('open'), of('upheld'), of('refused'), of('lapsed')]
  return {
    appeals: open + upheld + refused + lapsed,
    open,
    upheld,
    refused,
    lapsed,
    upheldShare: exactFigure(upheld, upheld + refused, { asOf, truth: total(counts, 'settlings') }),
  }
}
