import { Problem } from '@songnhap/contracts'
import type { Transaction } from 'kysely'
import { lockOpenPage, type OpenPage, type PassNumber, passHeldBy } from './open-page.ts'
import { lockPerson, type Person } from './person.ts'
import type { DB } from './schema.gen.ts'

export interface LiveLease {
  readonly person: Person
  readonly page: OpenPage
  readonly pass: PassNumber
}

/** The lease, its page locked. Refuses a lease that is over, or somebody else's, in one way. */
export async function findLiveLease(
  trx: Transaction<DB>,
  { personId, leaseToken }: { personId: string; leaseToken: string },
): Promise<LiveLease> {
  const person = await lockPerson(trx, personId)
  const lease = await trx
    .selectFrom('lease')
    .select('page_id')
    .where('lease_token', '=', leaseToken)
    .where('person_no', '=', person.personNo)
    .executeTakeFirst()
  const page = lease && (await lockOpenPage(trx, lease.page_id))
  const pass = page && passHeldBy(page, leaseToken)
  if (page === undefined || pass === undefined) throw new Problem('LEASE_ENDED')
  return { person, page, pass }
}
