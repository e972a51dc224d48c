import { type Kysely, sql } from 'kysely'

/** As if nobody had been heard of for as long as leases last, and longer than one waits for pages. */
export async function endLeases(db: Kysely<unknown>): Promise<void> {
  await sql`delete from waiting`.execute(db)
  for (const pass of ['1', '2']) {
    await sql`update open_page set ${sql.ref(`until_${pass}`)} = clock_timestamp() - interval '1 s'
      where ${sql.ref(`token_${pass}`)} is not null`.execute(db)
  }
}
