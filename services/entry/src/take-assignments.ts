import type { takeAssignments as contract, ReplyOf, RequestOf } from '@songnhap/contracts'
import type { Ledger } from '@songnhap/database'
import { lockPerson } from './person.ts'
import type { DB } from './schema.gen.ts'
import { type DispatchTimes, fillOrWait } from './waiting.ts'

/** Everything a person holds, filled up to the capacity asked for. */
export async function takeAssignments(
  ledger: Ledger<DB>,
  times: DispatchTimes,
  { personId, capacity }: RequestOf<typeof contract>,
): Promise<ReplyOf<typeof contract>> {
  return await ledger.change(async ({ trx }) => {
    const person = await lockPerson(trx, personId)
    return { assignments: await fillOrWait(trx, person, capacity, times) }
  })
}
