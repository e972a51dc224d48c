import { sql, type Transaction } from 'kysely'
import type { DB } from '../schema.gen.ts'

/** What was counted of somebody's settled fields of one name in a campaign. */
export interface FieldCounts {
  readonly judged: number
  readonly wrong: number
  /** Those of the wrong ones on which both had agreed. */
  readonly audited: number
}

export interface CampaignCounts {
  readonly typists: readonly string[]
  readonly of: (typist: string, field: string) => FieldCounts
}

interface Row {
  readonly typist: string
  readonly field: string
  readonly records: number
  readonly wrong: number
  readonly audited: number
  readonly unjudged: number
}

/** As counted when pages settled, and not from entries: some rows for each person and field. */
export async function readFieldCounts(
  trx: Transaction<DB>,
  campaignId: string,
): Promise<CampaignCounts> {
  const { rows } = await sql<Row>`
    select typist, field, sum(records)::bigint as records, sum(wrong)::bigint as wrong,
      sum(audited)::bigint as audited, sum(unjudged)::bigint as unjudged
    from (
      select typist, field, records, wrong, audited, unjudged from operator_total
      where campaign_id = ${campaignId}
      union all select typist, field, records, wrong, audited, unjudged from operator_delta
      where campaign_id = ${campaignId}) c
    group by typist, field`.execute(trx)
  const byKey = new Map(rows.map((row) => [keyOf(row.typist, row.field), row]))
  return {
    typists: [...new Set(rows.map(({ typist }) => typist))],
    of: (typist, field) => {
      const own = byKey.get(keyOf(typist, field))
      // Of records as wholes: each judges every field that two people key.
      const records = byKey.get(keyOf(typist, ''))?.records ?? 0
      const judged = Math.max(0, records - (own?.unjudged ?? 0))
      return { judged, wrong: own?.wrong ?? 0, audited: own?.audited ?? 0 }
    },
  }
}

function keyOf(typist: string, field: string): string {
  return `${typist} ${field}`
}
