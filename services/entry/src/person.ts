import { sql, type Transaction } from 'kysely'
import type { DB } from './schema.gen.ts'

/** A person as dispatch sees one. */
export interface Person {
  readonly personNo: number
  readonly personId: string
  /** Pages that were held when last looked; some of the leases may have ended since. */
  readonly holding: readonly string[]
}

/**
 * Locks the person's row, made on first sight. All that is done for one person happens under this
 * lock, one thing after the other: asking twice at once gives the same pages, not twice as many.
 */
export async function lockPerson(trx: Transaction<DB>, personId: string): Promise<Person> {
  const found = await selectLocked(trx, personId)
  if (found !== undefined) return found
  await numberPeople(trx, [personId])
  const made = await selectLocked(trx, personId)
  if (made === undefined) throw new Error('a person who was just made is not there')
  return made
}

/** Gives these people their numbers, on first sight. */
export async function numberPeople(
  trx: Transaction<DB>,
  personIds: readonly string[],
): Promise<void> {
  // In one order everywhere, so that two transactions naming the same new people cannot deadlock.
  const sorted = [...new Set(personIds)].sort()
  if (sorted.length === 0) return
  // Only who is new: a conflict would use up a number, and a draw among numbers would hit the gaps.
  await sql`
    insert into person (person_id)
    select person_id from unnest(${sorted}::uuid[]) with ordinality as named (person_id, place)
    where not exists (select from person where person.person_id = named.person_id)
    order by place
    on conflict (person_id) do nothing`.execute(trx)
}

async function selectLocked(trx: Transaction<DB>, personId: string): Promise<Person | undefined> {
  const row = await trx
    .selectFrom('person')
    .select(['person_no', 'holding'])
    .where('person_id', '=', personId)
    // Rows that refer to the person may go on being stored meanwhile.
    .forNoKeyUpdate()
    .executeTakeFirst()
  return row && { personNo: row.person_no, personId, holding: row.holding }
}
