import { type Kysely, sql } from 'kysely'
import type { Logger } from 'pino'
import { type Errand, errand } from './errand.ts'

const FOLD_EVERY_MS = 1_000
const FOLD_MAX = 10_000
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

/** All counts of one campaign, whether folded yet or not. */
export async function readCounts<S>(db: Kysely<S>, scope: string): Promise<Required<Count>[]> {
  const { rows } = await sql<Required<Count>>`
    select scope, subject, field, measure, sum(amount)::bigint as amount
    from (select * from tally where scope = ${scope}
          union all select * from tally_delta where scope = ${scope}) both_tables
    group by scope, subject, field, measure`.execute(db)
  return rows
}

/** The sum of one measure over all subjects and fields. */
export function total(counts: readonly Required<Count>[], measure: string): number {
  return counts.reduce((sum, c) => (c.measure === measure ? sum + c.amount : sum), 0)
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
