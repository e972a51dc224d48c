import { type Kysely, type QueryExecutorProvider, sql } from 'kysely'
import type { Logger } from 'pino'
import { type Errand, errand } from './errand.ts'

const FOLD_EVERY_MS = 1_000
const FOLD_MAX = 10_000
/** A campaign of more than two years shows its last two. */
const DAYS_MAX = 750
const DAY = /^\d{4}-\d{2}-\d{2}$/
/** The subject of what is not about an operator. */
export const NOBODY = '00000000-0000-0000-0000-000000000000'

/** One count: how much of `measure`, in which campaign, of whom (an operator), on which field. */
export interface Count {
  readonly scope: string
  readonly measure: string
  readonly subject?: string
  readonly field?: string
  readonly amount: number
}

/** All counts of one scope or several, such as campaigns, whether folded yet or not. */
export async function readCounts(
  db: QueryExecutorProvider,
  scope: string | readonly string[],
): Promise<Required<Count>[]> {
  const scopes = typeof scope === 'string' ? [scope] : scope
  const { rows } = await sql<Required<Count>>`
    select scope, subject, field, measure, sum(amount)::bigint as amount
    from (select * from tally where scope = any (${scopes}::uuid[])
          union all select * from tally_delta where scope = any (${scopes}::uuid[])) both_tables
    group by scope, subject, field, measure`.execute(db)
  return rows
}

/** The sum of one measure over all subjects and fields. */
export function total(counts: readonly Required<Count>[], measure: string): number {
  return counts.reduce((sum, c) => (c.measure === measure ? sum + c.amount : sum), 0)
}

/** The sums of one measure for many scopes, such as books; those of which nothing was counted are left out. */
export async function readTotals<S>(
  db: Kysely<S>,
  scopes: readonly string[],
  measure: string,
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ scope: string; amount: number }>`
    select scope, sum(amount)::bigint as amount
    from (select * from tally where scope = any (${scopes}::uuid[]) and measure = ${measure}
          union all
          select * from tally_delta where scope = any (${scopes}::uuid[]) and measure = ${measure}
         ) both_tables
    group by scope`.execute(db)
  return new Map(rows.map(({ scope, amount }) => [scope, amount]))
}

/** By day, oldest first, what was counted of each measure with a day as its field. */
export function byDay<M extends string>(
  counts: readonly Required<Count>[],
  measures: readonly M[],
): { day: string; amounts: Readonly<Record<M, number>> }[] {
  const days = new Map<string, Record<M, number>>()
  const none = () => Object.fromEntries(measures.map((one) => [one, 0])) as Record<M, number>
  for (const { field: day, measure, amount } of counts) {
    const counted = measures.find((one) => one === measure)
    if (counted === undefined || !DAY.test(day)) continue
    const amounts = days.get(day) ?? none()
    amounts[counted] += amount
    days.set(day, amounts)
  }
  return [...days]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .slice(-DAYS_MAX)
    .map(([day, amounts]) => ({ day, amounts }))
}

/** Folds deltas into totals. Two processes at once fold different rows. */
export function foldCounts<S>(db: Kysely<S>, log: Logger): Errand {
  return errand('fold counts', FOLD_EVERY_MS, log, () => foldOnce(db))
}

async function foldOnce<S>(db: Kysely<S>): Promise<void> {
  await sql`
    with taken as (
      delete from tally_delta where ctid = any (array(
        select ctid from tally_delta limit ${FOLD_MAX} for update skip locked))
      returning *
    )
    insert into tally as t (scope, subject, field, measure, amount)
    select scope, subject, field, measure, sum(amount) from taken
    group by scope, measure, subject, field order by scope, measure, subject, field
    on conflict (scope, measure, subject, field)
    do update set amount = t.amount + excluded.amount`.execute(db)
}
