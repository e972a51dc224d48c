import { type QueryExecutorProvider, sql } from 'kysely'

/**
 * The moment so many seconds from now, by PostgreSQL's clock: the one clock that all instances on
 * all machines share. 0 is now.
 */
export async function momentIn(db: QueryExecutorProvider, seconds: number): Promise<Date> {
  const { rows } = await sql<{ moment: Date }>`
    select clock_timestamp() + make_interval(secs => ${seconds}) as moment`.execute(db)
  const [row] = rows
  if (row === undefined) throw new Error('the clock did not answer')
  return row.moment
}

const DAY = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short' })

/** The day, as `2026-11-29`, where this process is (`TZ`): by it supervisors' figures are counted. */
export function today(): string {
  return dayOf(new Date())
}

export function dayOf(moment: Date): string {
  return DAY.format(moment)
}
