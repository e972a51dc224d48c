import type { Transaction } from 'kysely'
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
  const found = await selectForUpdate(trx, personId)
  if (found !== undefined) return found
  await numberPeople(trx, [personId])
  const made = await selectForUpdate(trx, personId)
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
  await trx
    .insertInto('person')
    .values(sorted.map((person_id) => ({ person_id })))
    .onConflict((conflict) => conflict.column('person_id').doNothing())
    .execute()
}

async function selectForUpdate(
  trx: Transaction<DB>,
  personId: string,
): Promise<Person | undefined> {
  const row = await trx
    .selectFrom('person')
    .select(['person_no', 'holding'])
    .where('person_id', '=', personId)
    .forUpdate()
    .executeTakeFirst()
  return row && { personNo: row.person_no, personId, holding: row.holding }
}
