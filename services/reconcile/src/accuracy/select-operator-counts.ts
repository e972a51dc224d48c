import { sql, type Transaction } from 'kysely'
import type { DB } from '../schema.gen.ts'
import { COUNTED } from './count-judgement.ts'
import type { Scope } from './operator-scope.ts'
import type { CountsOfForm } from './operator-tally.ts'

const SUMS = sql.raw(COUNTED.map((name) => `sum(${name})::bigint as ${name}`).join(', '))

const COLUMNS = sql.raw(COUNTED.join(', '))
const BY_DAY = sql`select * from operator_count union all select * from operator_delta`
const OF_ALL_DAYS = sql`
  select campaign_id, typist, null::date as day, form_version, field, ${COLUMNS} from operator_total
  union all
  select campaign_id, typist, null::date, form_version, field, ${COLUMNS} from operator_delta`

/** By typist, campaign and version of its form, folded or not; of one typist, or of all. */
export async function selectOperatorCounts(
  trx: Transaction<DB>,
  { campaignIds, from, to }: Omit<Scope, 'formOf'>,
  typist: string | null = null,
): Promise<CountsOfForm[]> {
  const counts = from === null && to === null ? OF_ALL_DAYS : BY_DAY
  const { rows } = await sql<CountsOfForm>`
    select typist, campaign_id as "campaignId", form_version as version, field, ${SUMS}
    from (${counts}) both_tables
    where campaign_id = any (${campaignIds}::uuid[])
      and (${typist}::uuid is null or typist = ${typist}::uuid)
      and (${from}::date is null or day >= ${from}::date)
      and (${to}::date is null or day <= ${to}::date)
    group by typist, campaign_id, form_version, field`.execute(trx)
  return rows
}

export type CountsOfDay = CountsOfForm & { readonly day: string }

/** Of one typist, by day. */
export async function selectDayCounts(
  trx: Transaction<DB>,
  { campaignIds, from, to }: Omit<Scope, 'formOf'>,
  typist: string,
): Promise<CountsOfDay[]> {
  const { rows } = await sql<CountsOfDay>`
    select typist, campaign_id as "campaignId", form_version as version, field, day::text as day, ${SUMS}
    from (${BY_DAY}) both_tables
    where typist = ${typist} and campaign_id = any (${campaignIds}::uuid[])
      and (${from}::date is null or day >= ${from}::date)
      and (${to}::date is null or day <= ${to}::date)
    group by typist, campaign_id, form_version, field, day
    order by day`.execute(trx)
  return rows
}

export async function selectCampaignsOf(trx: Transaction<DB>, typist: string): Promise<string[]> {
  const { rows } = await sql<{ campaignId: string }>`
    select distinct campaign_id as "campaignId" from (
      select campaign_id from operator_total where typist = ${typist}
      union all select campaign_id from operator_delta where typist = ${typist}) both_tables`.execute(
    trx,
  )
  return rows.map(({ campaignId }) => campaignId)
}
