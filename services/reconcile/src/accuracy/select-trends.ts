import { sql, type Transaction } from 'kysely'
import type { DB } from '../schema.gen.ts'
import type { Scope } from './operator-scope.ts'
import type { ExpectedRates } from './strata.ts'
import { TREND_PAGES_MAX, type Trend, trendOf } from './trend.ts'

interface Row {
  readonly typist: string
  readonly campaignId: string
  readonly version: number
  readonly day: string
  readonly records: number
  readonly wrong: readonly string[]
  readonly unjudged: readonly string[]
}

/** Of each of these typists, over the last pages of the scope. Drawn anew for each reading, by today's truth. */
export async function selectTrends(
  trx: Transaction<DB>,
  { campaignIds, formOf, from, to }: Scope,
  typists: readonly string[],
  rates: ExpectedRates,
): Promise<ReadonlyMap<string, Trend | null>> {
  const { rows } = await sql<Row>`
    select t.typist, p.* from unnest(${typists}::uuid[]) as t (typist) cross join lateral (
      select campaign_id as "campaignId", form_version as version, day::text as day, records, wrong,
        unjudged, keyed_at, page_id
      from unnest(${campaignIds}::uuid[]) as c (id) cross join lateral (
        select * from judged_page j where j.campaign_id = c.id and j.typist = t.typist
          and (${from}::date is null or day >= ${from}::date)
          and (${to}::date is null or day <= ${to}::date)
        order by keyed_at desc, page_id limit ${TREND_PAGES_MAX}) one_campaign
      order by keyed_at desc, page_id limit ${TREND_PAGES_MAX}) p
    order by t.typist, p.keyed_at, p.page_id desc`.execute(trx)
  const byTypist = Map.groupBy(rows, ({ typist }) => typist)
  return new Map(
    typists.map((typist) => {
      const pages = (byTypist.get(typist) ?? []).map((row) => ({
        ...row,
        form: formOf(row.campaignId, row.version),
      }))
      return [typist, trendOf(pages, rates)]
    }),
  )
}
