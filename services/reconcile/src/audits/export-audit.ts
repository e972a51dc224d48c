import { fitIntoReply } from '@songnhap/bus'
import {
  type AuditExport,
  type exportAudit as contract,
  Problem,
  type ReplyOf,
  type RequestOf,
} from '@songnhap/contracts'
import { type Kysely, sql } from 'kysely'
import type { DB } from '../schema.gen.ts'
import { selectCells } from './close-audit.ts'
import { readAudit } from './read-audits.ts'

const RECORDS_A_CALL_MAX = 5_000
const CELLS_A_CALL_MAX = 1_000

interface Row {
  readonly bookId: string
  readonly fields: AuditExport['fields']
  readonly records: string[]
  readonly total: number
}

/** Whatever the draw and the figures can be recomputed from; while it goes on nobody learns what was drawn. */
export async function exportAudit(
  db: Kysely<DB>,
  { auditId, part, from }: RequestOf<typeof contract>,
): Promise<ReplyOf<typeof contract>> {
  return await db.transaction().execute(async (trx) => {
    const { rows } = await sql<Row>`
      select book_id as "bookId", fields, cardinality(records) as total,
        records[${from}::int + 1 : ${from}::int + ${RECORDS_A_CALL_MAX}]::text[] as records
      from audit where audit_id = ${auditId}`.execute(trx)
    const [row] = rows
    if (row === undefined) throw new Problem('NOT_FOUND')
    const audit = await readAudit(trx, auditId)
    if (audit.ended === undefined) throw new Problem('AUDIT_OPEN')
    const { bookId, fields } = row
    if (part === 'records') {
      const more = from + row.records.length < row.total
      return { bookId, audit, fields, records: row.records, cells: [], more }
    }
    const cells = await selectCells(trx, auditId, { from, most: CELLS_A_CALL_MAX + 1 })
    const { fitting, more } = fitIntoReply(cells.slice(0, CELLS_A_CALL_MAX))
    return {
      bookId,
      audit,
      fields,
      records: [],
      cells: fitting,
      more: more || cells.length > CELLS_A_CALL_MAX,
    }
  })
}
