import { Problem } from '@songnhap/contracts'
import type { PairCounts, PersonTotals } from '@songnhap/statistics'
import { type Kysely, sql } from 'kysely'
import type { DB } from '../schema.gen.ts'

/** Those with most fields: who has little together cannot be told from chance anyway. */
const PAIRS_MAX = 20_000

export interface LoadedPair extends PairCounts {
  readonly campaignId: string
  readonly variants: number
}

export interface LoadedPairs {
  readonly pairs: readonly LoadedPair[]
  readonly people: ReadonlyMap<string, PersonTotals & { readonly variants: number }>
}

interface PairRow {
  readonly campaign_id: string
  readonly first: string
  readonly second: string
  readonly pages: number
  readonly fields: number
  readonly differing: number
  readonly variants: number
  readonly first_wrong: number
  readonly second_wrong: number
  readonly both_wrong: number
  readonly alike: number
  readonly audited: number
  readonly differing_squared: number
  readonly differing_by_fields: number
  readonly fields_squared: number
}

interface PersonRow extends PersonTotals {
  readonly person: string
  readonly variants: number
}

/** All pairs of all campaigns whose form has the same name, and what each person did in all of them. */
export async function loadPairs(db: Kysely<DB>, campaignId: string): Promise<LoadedPairs> {
  const { rows } = await sql<{ known: boolean; pairs: PairRow[]; people: PersonRow[] }>`
    with names as (
      select form ->> 'name' as name from campaign_form where campaign_id = ${campaignId}
    ), family as (
      select distinct campaign_id from campaign_form where form ->> 'name' in (select name from names)
    ), sums as materialized (
      select campaign_id, first, second, sum(pages) as pages, sum(fields) as fields,
        sum(differing) as differing, sum(variants) as variants, sum(first_wrong) as first_wrong,
        sum(second_wrong) as second_wrong, sum(both_wrong) as both_wrong, sum(alike) as alike,
        sum(audited) as audited, sum(differing_squared) as differing_squared,
        sum(differing_by_fields) as differing_by_fields, sum(fields_squared) as fields_squared
      from (select * from pair_tally where campaign_id in (select * from family)
            union all select * from pair_delta where campaign_id in (select * from family)) both_tables
      group by campaign_id, first, second
    ), people as (
      select person, sum(pages) as pages, sum(fields) as fields, sum(wrong) as wrong,
        sum(variants) as variants, count(distinct partner) filter (where pages > 0) as partners
      from (select first as person, second as partner, pages, fields, first_wrong as wrong, variants
            from sums
            union all
            select second, first, pages, fields, second_wrong, variants from sums) sides
      group by person
    )
    select exists (select from names) as known,
      (select coalesce(json_agg(s), '[]') from (
        select * from sums where pages > 0 order by fields desc, campaign_id, first, second
        limit ${PAIRS_MAX}) s) as pairs,
      (select coalesce(json_agg(p), '[]') from people p) as people`.execute(db)
  const [row] = rows
  if (row === undefined || !row.known) throw new Problem('NOT_FOUND')
  const people = new Map(row.people.map(({ person, ...totals }) => [person, totals]))
  return { pairs: row.pairs.map(pairOfRow), people }
}

function pairOfRow(row: PairRow): LoadedPair {
  return {
    campaignId: row.campaign_id,
    members: [row.first, row.second],
    pages: row.pages,
    fields: row.fields,
    differing: row.differing,
    variants: row.variants,
    squares: {
      differing: row.differing_squared,
      crossed: row.differing_by_fields,
      fields: row.fields_squared,
    },
    wrong: [row.first_wrong, row.second_wrong],
    bothWrong: row.both_wrong,
    alike: row.alike,
    audited: row.audited,
  }
}
