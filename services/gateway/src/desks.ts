import { type Kysely, sql } from 'kysely'
import type { DB } from './schema.gen.ts'

/** A desk that was not heard of for so long is left: it looks every 20 seconds while it has a line. */
const LEFT_AFTER_SECONDS = 60

/** Whether the person works at this desk: at no other one just now, or here from now on. */
export async function sitDown(
  db: Kysely<DB>,
  personId: string,
  { deskId, takeOver }: { readonly deskId: string; readonly takeOver: boolean },
): Promise<boolean> {
  const { rows } = await sql`
    insert into desk as d (person_id, desk_id, seen_at)
    values (${personId}, ${deskId}, clock_timestamp())
    on conflict (person_id) do update set desk_id = excluded.desk_id, seen_at = excluded.seen_at
    where d.desk_id = excluded.desk_id or ${takeOver}
      or d.seen_at < clock_timestamp() - make_interval(secs => ${LEFT_AFTER_SECONDS})
    returning person_id`.execute(db)
  return rows.length > 0
}

/** Nobody has to wait for the computer that he or she has just signed out at. */
export async function standUp(db: Kysely<DB>, personId: string): Promise<void> {
  await db.deleteFrom('desk').where('person_id', '=', personId).execute()
}
