import {
  type findTypistImage as contract,
  Problem,
  type ReplyOf,
  type RequestOf,
} from '@songnhap/contracts'
import { type Kysely, sql } from 'kysely'
import type { DB } from './schema.gen.ts'

/** The image of the page under this lease; for nobody but its holder, and only while it lasts. */
export async function findTypistImage(
  db: Kysely<DB>,
  { personId, leaseToken }: RequestOf<typeof contract>,
): Promise<ReplyOf<typeof contract>> {
  const { rows } = await sql<{ sha256: string }>`
    select page.image_sha256 as sha256
    from lease
    join person using (person_no)
    join page using (page_id)
    join open_page o on o.page_id = lease.page_id
    where lease.lease_token = ${leaseToken} and person.person_id = ${personId}
      and ((o.token_1 = lease.lease_token and o.until_1 > clock_timestamp())
        or (o.token_2 = lease.lease_token and o.until_2 > clock_timestamp()))`.execute(db)
  const row = rows[0]
  if (row === undefined) throw new Problem('LEASE_ENDED')
  return row
}
