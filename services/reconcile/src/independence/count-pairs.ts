/** Counts of pairs, kept as pages settle, and taken back and counted anew when they settle again. */
import { type Kysely, sql, type Transaction } from 'kysely'
import type { PageCase } from '../page-case.ts'
import type { DB } from '../schema.gen.ts'
import type { SettledPage } from '../store-settled.ts'
import { countPage, pairOf } from './pair-of.ts'

const FOLD_MAX = 10_000

/** Of a page: sums and squares over one. */
const amounts = (sign: 1 | -1) => sql`
  ${sql.raw(`${sign}`)}, ${sql.raw(`${sign}`)} * fields, ${sql.raw(`${sign}`)} * differing,
  ${sql.raw(`${sign}`)} * variants, ${sql.raw(`${sign}`)} * first_wrong,
  ${sql.raw(`${sign}`)} * second_wrong, ${sql.raw(`${sign}`)} * both_wrong,
  ${sql.raw(`${sign}`)} * alike, 0, ${sql.raw(`${sign}`)} * differing * differing,
  ${sql.raw(`${sign}`)} * differing * fields, ${sql.raw(`${sign}`)} * fields * fields`

export async function countPairs(
  trx: Transaction<DB>,
  pages: readonly SettledPage[],
): Promise<void> {
  const again = pages.filter(({ revision }) => revision > 0).map(({ pageId }) => pageId)
  if (again.length > 0) await takeBack(trx, again)
  const rows = pages.flatMap(({ pageId, campaignId, compared, records }) => {
    const counted = countPage(compared, records)
    if (counted === null || counted.fields === 0) return []
    const { first, second, fields, differing, variants, alike } = counted
    return {
      page_id: pageId,
      campaign_id: campaignId,
      first,
      second,
      fields,
      differing,
      variants,
      first_wrong: counted.firstWrong,
      second_wrong: counted.secondWrong,
      both_wrong: counted.bothWrong,
      alike,
    }
  })
  if (rows.length === 0) return
  await sql`
    with counted as (
      insert into pair_page
      select * from json_to_recordset(${JSON.stringify(rows)}::json) as c (
        page_id uuid, campaign_id uuid, first uuid, second uuid, fields int, differing int,
        variants int, first_wrong int, second_wrong int, both_wrong int, alike int)
      returning *
    )
    insert into pair_delta select campaign_id, first, second, ${amounts(1)} from counted`.execute(
    trx,
  )
}

async function takeBack(trx: Transaction<DB>, pageIds: readonly string[]): Promise<void> {
  await sql`
    with taken as (
      delete from pair_page where page_id = any (${pageIds}::uuid[]) returning *
    )
    insert into pair_delta select campaign_id, first, second, ${amounts(-1)} from taken`.execute(
    trx,
  )
}

/** So many fields that both had read the same were looked at by an audit. */
export async function countAudited(
  trx: Transaction<DB>,
  { campaignId, compared }: PageCase,
  agreed: number,
): Promise<void> {
  const pair = pairOf(compared.sides)
  if (pair === null || agreed === 0) return
  await sql`
    insert into pair_delta values (
      ${campaignId}, ${pair.first}, ${pair.second}, 0, 0, 0, 0, 0, 0, 0, 0, ${agreed}, 0, 0, 0)`.execute(
    trx,
  )
}

interface Folded {
  readonly campaignIds: readonly string[]
  /** There may be more to fold. */
  readonly more: boolean
}

/** Folds deltas into sums. Two processes at once fold different rows. */
export async function foldPairs(db: Kysely<DB>): Promise<Folded> {
  const { rows } = await sql<{ taken: number; campaignIds: string[] }>`
    with taken as (
      delete from pair_delta where ctid = any (array(
        select ctid from pair_delta limit ${FOLD_MAX} for update skip locked))
      returning *
    ), folded as (
      insert into pair_tally as t
      select campaign_id, first, second, sum(pages), sum(fields), sum(differing), sum(variants),
        sum(first_wrong), sum(second_wrong), sum(both_wrong), sum(alike), sum(audited),
        sum(differing_squared), sum(differing_by_fields), sum(fields_squared)
      from taken group by campaign_id, first, second order by campaign_id, first, second
      on conflict (campaign_id, first, second) do update set
        pages = t.pages + excluded.pages, fields = t.fields + excluded.fields,
        differing = t.differing + excluded.differing, variants = t.variants + excluded.variants,
        first_wrong = t.first_wrong + excluded.first_wrong,
        second_wrong = t.second_wrong + excluded.second_wrong,
        both_wrong = t.both_wrong + excluded.both_wrong, alike = t.alike + excluded.alike,
        audited = t.audited + excluded.audited,
        differing_squared = t.differing_squared + excluded.differing_squared,
        differing_by_fields = t.differing_by_fields + excluded.differing_by_fields,
        fields_squared = t.fields_squared + excluded.fields_squared
    )
    select count(*)::int as taken, array(select distinct campaign_id from taken) as "campaignIds"
    from taken`.execute(db)
  const { taken = 0, campaignIds = [] } = rows[0] ?? {}
  return { campaignIds, more: taken === FOLD_MAX }
}
