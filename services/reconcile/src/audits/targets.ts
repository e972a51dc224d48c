/** How many errors in 10,000 fields of a class a campaign does not want to be exceeded. */
import {
  type AuditTarget,
  FIELD_CLASSES,
  type FieldClass,
  Problem,
  type ReplyOf,
  type RequestOf,
  type readTargets as readContract,
  type setTargets as setContract,
} from '@songnhap/contracts'
import type { Ledger } from '@songnhap/database'
import { type Kysely, sql } from 'kysely'
import type { DB } from '../schema.gen.ts'

const DEFAULTS: Readonly<Record<FieldClass, number>> = {
  'identity-critical': 2,
  critical: 10,
  ordinary: 10,
}

export async function readTargets(
  db: Kysely<DB>,
  { campaignId }: RequestOf<typeof readContract>,
): Promise<ReplyOf<typeof readContract>> {
  const { rows } = await sql<AuditTarget>`
    select distinct on (class) class, target from audit_target
    where campaign_id = ${campaignId} order by class, set_at desc`.execute(db)
  const set = new Map(rows.map((row) => [row.class, row.target]))
  const targets = FIELD_CLASSES.map((name) => {
    return { class: name, target: set.get(name) ?? DEFAULTS[name] }
  })
  return { targets }
}

/** What is set counts for books that are frozen afterwards: no target is moved under an audit. */
export async function setTargets(
  ledger: Ledger<DB>,
  { campaignId, personId, targets }: RequestOf<typeof setContract>,
): Promise<ReplyOf<typeof setContract>> {
  return await ledger.change(async ({ trx }) => {
    const known = await trx
      .selectFrom('campaign')
      .select('campaign_id')
      .where('campaign_id', '=', campaignId)
      .executeTakeFirst()
    if (known === undefined) throw new Problem('NOT_FOUND')
    // Named one by one: with whatever else came, no column would be known.
    for (const { class: name, target } of targets) {
      await trx
        .insertInto('audit_target')
        .values({ campaign_id: campaignId, set_by: personId, class: name, target })
        .execute()
    }
    return await readTargets(trx, { campaignId })
  })
}
