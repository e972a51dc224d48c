import type { TypingAssignment } from '@songnhap/contracts'
import { momentIn } from '@songnhap/database'
import { sql, type Transaction } from 'kysely'
import { fillHands } from './fill-hands.ts'
import type { Person } from './person.ts'
import type { DB } from './schema.gen.ts'

export interface DispatchTimes {
  readonly leaseSeconds: number
  /** How long somebody who asked is remembered as waiting. */
  readonly waitingSeconds: number
}

/**
 * Gives a person who asks what there is, and remembers him or her as waiting if that is less than
 * asked for. The person's row is locked.
 */
export async function fillOrWait(
  trx: Transaction<DB>,
  person: Pick<Person, 'personId' | 'personNo'>,
  capacity: number,
  times: DispatchTimes,
): Promise<TypingAssignment[]> {
  const { assignments, isFull } = await fillHands(
    trx,
    person.personNo,
    capacity,
    times.leaseSeconds,
  )
  if (isFull) return assignments
  const until = await momentIn(trx, times.waitingSeconds)
  await trx
    .insertInto('waiting')
    .values({ person_no: person.personNo, person_id: person.personId, capacity, until })
    .onConflict((conflict) => conflict.column('person_no').doUpdateSet({ capacity, until }))
    .execute()
  return assignments
}

/** To the end of the queue, for no longer than asked for. */
export async function waitBehind(trx: Transaction<DB>, personNo: number): Promise<void> {
  await trx
    .updateTable('waiting')
    .set({ since: sql`clock_timestamp()` })
    .where('person_no', '=', personNo)
    .execute()
}
