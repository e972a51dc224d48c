import { sql, type Transaction } from 'kysely'
import type { DB } from '../schema.gen.ts'
import type { Basis } from './operator-figures.ts'
import type { Scope } from './operator-scope.ts'
import { TREND_PAGES_MAX, type Trend, trendOf } from './trend.ts'

interface Row {
  readonly typist: string
  readonly campaignId: string
  readonly version: number
  readonly day: string
  readonly records: number
  /** Names of fields with blanks between: an array for each of thousands of rows takes longer to read. */
  readonly wrong: string
  readonly unjudged: string
}

/** Of each of these typists, over the last pages of the scope. Drawn anew for each reading, by today's truth. */
export async function selectTrends(
  trx: Transaction<DB>,
  { campaignIds, formOf, from, to }: Scope,
  typists: readonly string[],
  { rates, pageEffect }: Pick<Basis, 'rates' | 'pageEffect'>,
): Promise<ReadonlyMap<string, Trend | null>> {
  const { rows } = await sql<Row>`
    select t.typist, p.* from unnest(${typists}::uuid[]) as t (typist) cross join lateral (
      select campaign_id as "campaignId", form_version as version, day::text as day, records,
        array_to_string(wrong, ' ') as wrong, array_to_string(unjudged, ' ') as unjudged
      from unnest(${campaignIds}::uuid[]) as c (id) cross join lateral (
        select * from judged_page j where j.campaign_id = c.id and j.typist = t.typist
          and (${from}::date is null or day >= ${from}::date)
          and (${to}::date is null or day <= ${to}::date)
        order by keyed_at desc, page_id limit ${TREND_PAGES_MAX}) one_campaign
      order by keyed_at desc, page_id limit ${TREND_PAGES_MAX}) p`.execute(trx)
  const byTypist = Map.groupBy(rows, ({ typist }) => typist)
  return new Map(
    typists.map((typist) => {
      const latestFirst = (byTypist.get(typist) ?? []).map((row) => ({
        day: row.day,
        records: row.records,
        form: formOf(row.campaignId, row.version),
        wrong: namesIn(row.wrong),
        unjudged: namesIn(row.unjudged),
      }))
      return [typist, trendOf(latestFirst.reverse(), rates, pageEffect)]
    }),
  )
}

function namesIn(text: string): string[] {
  return text === '' ? [] : text.split(' ')
}
