import {
  type readOwnAccuracy as contract,
  type findChargeImage as imageContract,
  Problem,
  type ReplyOf,
  type RequestOf,
} from '@songnhap/contracts'
import { momentIn } from '@songnhap/database'
import { type Kysely, sql } from 'kysely'
import type { DB } from '../schema.gen.ts'
import { fieldFigures, ratesOf } from './operator-figures.ts'
import { scopeOf } from './operator-scope.ts'
import { tallyOne } from './operator-tally.ts'
import { selectCharges } from './select-charges.ts'
import { selectConfusions } from './select-confusions.ts'
import { selectCampaignsOf, selectOperatorCounts } from './select-operator-counts.ts'

/** A person's own figures, of settled pages only: nothing in them compares with anybody. */
export async function readOwnAccuracy(
  db: Kysely<DB>,
  { personId, after }: RequestOf<typeof contract>,
): Promise<ReplyOf<typeof contract>> {
  return await db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (trx) => {
      const asOf = (await momentIn(trx, 0)).toISOString()
      const campaignIds = await selectCampaignsOf(trx, personId)
      const scope = await scopeOf(trx, campaignIds)
      const counts = await selectOperatorCounts(trx, scope, personId)
      const byForm = Map.groupBy(counts, (row) => scope.formOf(row.campaignId, row.version).name)
      const forms = [...byForm].map(([formName, own]) => {
        const tally = tallyOne(personId, own, scope.formOf)
        // How often others' pages were settled is not for typists.
        const cutOff = { asOf, truth: tally.pages }
        const fields = tally.fields.map((field) => fieldFigures(field, null, cutOff))
        return { formName, ...ratesOf(tally, cutOff), fields }
      })
      const asked = { typist: personId, campaignIds, from: null, to: null, after: after ?? null }
      return {
        asOf,
        forms: forms.toSorted((one, other) => (one.formName < other.formName ? -1 : 1)),
        confusions: await selectConfusions(trx, personId, campaignIds),
        ...(await selectCharges(trx, asked)),
      }
    })
}

/** For nobody but the one who is charged, and not while the page is open again. */
export async function findChargeImage(
  db: Kysely<DB>,
  { personId, chargeId }: RequestOf<typeof imageContract>,
): Promise<ReplyOf<typeof imageContract>> {
  const { rows } = await sql<{ sha256: string }>`
    select p.image_sha256 as sha256 from charge h join page p using (page_id)
    where charge_id = ${chargeId} and typist = ${personId} and stands
      and not exists (select from open_arbitration o where o.page_id = h.page_id and o.seat = 0)`.execute(
    db,
  )
  const [row] = rows
  if (row === undefined) throw new Problem('NOT_FOUND')
  return row
}
