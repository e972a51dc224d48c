import { commitmentOf, seedOf } from '@songnhap/audits'
import type { Audit, AuditFigures, AuditStratum } from '@songnhap/contracts'
import { type Kysely, sql } from 'kysely'
import type { DB } from '../schema.gen.ts'

interface Row {
  readonly auditId: string
  readonly bookId: string
  readonly kind: Audit['kind']
  readonly look: number
  readonly frozenAt: Date
  readonly secret: string
  readonly frameSha256: string
  readonly pages: number
  readonly records: number
  readonly strata: AuditStratum[]
  readonly drawn: number
  readonly keyed: number
  readonly decided: number
  readonly endedAt: Date | null
  readonly finished: boolean
  readonly figures: AuditFigures[]
}

export async function readAudit(db: Kysely<DB>, auditId: string): Promise<Audit> {
  const [audit] = await selectAudits(db, sql`a.audit_id = ${auditId}`)
  if (audit === undefined) throw new Error('an audit that is not there')
  return audit
}

/** All of a book, in the order in which they were drawn. */
export async function readAudits(db: Kysely<DB>, bookId: string): Promise<Audit[]> {
  return await selectAudits(db, sql`a.book_id = ${bookId}`)
}

async function selectAudits(
  db: Kysely<DB>,
  condition: ReturnType<typeof sql<unknown>>,
): Promise<Audit[]> {
  const { rows } = await sql<Row>`
    select a.audit_id as "auditId", a.book_id as "bookId", a.kind, a.look, a.frozen_at as "frozenAt",
      a.secret, a.frame_sha256 as "frameSha256", a.pages, cardinality(a.records) as records, a.strata,
      i.drawn, i.keyed, i.decided,
      e.ended_at as "endedAt", e.finished, e.figures
    from audit a left join audit_end e using (audit_id)
    cross join lateral (
      select count(*)::int as drawn, count(r.page_id)::int as keyed, count(t.item_id)::int as decided
      from audit_item i left join audit_reading r using (page_id, turn)
        left join audit_result t using (item_id)
      where i.audit_id = a.audit_id) i
    where ${condition} order by a.audit_id`.execute(db)
  return rows.map(auditOf)
}

/** The secret is told with the end of the audit, and not before. */
function auditOf({ bookId, secret, endedAt, finished, figures, ...audit }: Row): Audit {
  const frozenAt = audit.frozenAt.toISOString()
  return {
    ...audit,
    frozenAt,
    commitment: commitmentOf(secret),
    ...(endedAt === null
      ? {}
      : {
          ended: {
            endedAt: endedAt.toISOString(),
            finished,
            figures,
            secret,
            seed: seedOf(bookId, frozenAt, secret),
          },
        }),
  }
}
