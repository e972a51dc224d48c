import { sql, type Transaction } from 'kysely'
import {
  changePass,
  lockOpenPage,
  type OpenPage,
  type PassNumber,
  passFreeFor,
  passLeasedTo,
} from './open-page.ts'
import { holderOf } from './pass-state.ts'
import type { DB } from './schema.gen.ts'

/**
 * Which pass an entry fills: the one its typist holds, be it by a newer lease than the entry names;
 * after the lease ran out, a pass that nobody else has taken meanwhile; else none, and the entry is
 * kept as a spare reading.
 */
export async function keyPass(
  trx: Transaction<DB>,
  personNo: number,
  pageId: string,
  campaignId: string,
): Promise<PassNumber | null> {
  const page = await lockOpenPage(trx, pageId)
  if (page === undefined) return null
  const pass = passLeasedTo(page, personNo) ?? (await findPassLeft(trx, page, personNo, campaignId))
  if (pass === undefined) return null
  await changePass(trx, page, pass, { kind: 'key', holder: personNo })
  return pass
}

/** A free pass, unless the other one is in the hands of somebody who is no partner. */
async function findPassLeft(
  trx: Transaction<DB>,
  page: OpenPage,
  personNo: number,
  campaignId: string,
): Promise<PassNumber | undefined> {
  const pass = passFreeFor(page, personNo)
  if (pass === undefined) return undefined
  const other = holderOf(page.passes[pass === 1 ? 2 : 1])
  if (other === undefined || (await mayPair(trx, campaignId, personNo, other))) return pass
  return undefined
}

/** Anybody with anybody, but in a paired campaign only by declaration. */
async function mayPair(
  trx: Transaction<DB>,
  campaignId: string,
  personNo: number,
  otherNo: number,
): Promise<boolean> {
  const { rows } = await sql<{ allowed: boolean }>`
    select not c.paired or exists (
      select from declared_pair d where d.campaign_id = c.campaign_id
        and d.person_no = ${personNo} and d.partner_no = ${otherNo}) as allowed
    from campaign c where c.campaign_id = ${campaignId}`.execute(trx)
  return rows[0]?.allowed === true
}
