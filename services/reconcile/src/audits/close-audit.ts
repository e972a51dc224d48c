import { countCells, seedOf } from '@songnhap/audits'
import {
  type AuditedCell,
  type AuditFigures,
  type AuditKind,
  type AuditStratum,
  bookAudited,
  bookThawed,
} from '@songnhap/contracts'
import type { Change } from '@songnhap/database'
import { sql, type Transaction } from 'kysely'
import type { DB } from '../schema.gen.ts'

interface OpenAudit {
  readonly bookId: string
  readonly kind: AuditKind
  readonly look: number
  readonly frozenAt: Date
  readonly secret: string
  readonly strata: readonly AuditStratum[]
  readonly isDone: boolean
}

/** Ends an audit once all that was drawn is decided, and tells what was found. */
export async function closeIfDone(change: Change<DB>, auditId: string): Promise<void> {
  const { trx, say } = change
  const audit = await lockAudit(trx, auditId)
  if (audit === undefined || !audit.isDone) return
  const { bookId, kind, look, secret } = audit
  const figures = await endAudit(trx, auditId, audit.strata, true)
  const seed = seedOf(bookId, audit.frozenAt.toISOString(), secret)
  say(bookAudited, { bookId, auditId, kind, look, figures, secret, seed })
  // What was worked over is to be sampled afresh.
  if (kind === 'rework') {
    await trx.deleteFrom('frozen_book').where('audit_id', '=', auditId).execute()
    say(bookThawed, { bookId, auditId, reason: 'rework' })
  }
}

/** Of two that decide the last two pages at one moment, the later one sees the other's decisions. */
async function lockAudit(trx: Transaction<DB>, auditId: string): Promise<OpenAudit | undefined> {
  await sql`select from frozen_book where audit_id = ${auditId} for update`.execute(trx)
  const { rows } = await sql<OpenAudit>`
    select a.book_id as "bookId", a.kind, a.look, a.frozen_at as "frozenAt", a.secret, a.strata,
      not exists (
        select from audit_item i where i.audit_id = a.audit_id
          and not exists (select from audit_result r where r.item_id = i.item_id)) as "isDone"
    from audit a
    where a.audit_id = ${auditId}
      and not exists (select from audit_end e where e.audit_id = a.audit_id)`.execute(trx)
  return rows[0]
}

/** Keeps what was found so far; `finished`: that is all that was drawn. */
export async function endAudit(
  trx: Transaction<DB>,
  auditId: string,
  strata: readonly AuditStratum[],
  finished: boolean,
): Promise<AuditFigures[]> {
  const cells = await selectCells(trx, auditId)
  const figures = strata.map((stratum) => countCells(stratum, cells))
  await trx
    .insertInto('audit_end')
    .values({ audit_id: auditId, finished, figures: JSON.stringify(figures) })
    .execute()
  return figures
}

/** What is decided, in the order of the draw. */
export async function selectCells(
  trx: Transaction<DB>,
  auditId: string,
  { from = 0, most = null }: { readonly from?: number; readonly most?: number | null } = {},
): Promise<AuditedCell[]> {
  const { rows } = await sql<AuditedCell>`
    select i.record_id as "recordId", i.field, i.class, i.draw_key as "drawKey", i.how, r.outcome
    from audit_item i join audit_result r using (item_id)
    where i.audit_id = ${auditId}
    order by i.class, i.draw_key offset ${from} limit ${most}`.execute(trx)
  return rows
}
