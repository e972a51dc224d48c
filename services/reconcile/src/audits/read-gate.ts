import {
  type AuditFigures,
  type AuditStratum,
  type FieldClass,
  type Gate,
  Problem,
} from '@songnhap/contracts'
import { releaseGate, type Stop } from '@songnhap/statistics'
import { sql, type Transaction } from 'kysely'
import { countOpenCases } from '../independence/count-open-cases.ts'
import type { DB } from '../schema.gen.ts'

/** So many books back what audits found is evidence of how the work is done now. */
const WINDOW_BOOKS = 50
const IDENTITY: FieldClass = 'identity-critical'
/** Targets are errors in so many fields. */
const PER = 10_000

interface AuditedBook {
  readonly auditId: string
  readonly formName: string
  readonly look: number
  readonly strata: readonly AuditStratum[]
  readonly figures: readonly AuditFigures[] | null
}

/** Whether a book, whose last sample has been decided, may be released. */
export async function readGate(trx: Transaction<DB>, bookId: string): Promise<Gate> {
  const audited = await selectAudited(trx, bookId)
  if (audited.figures === null) throw new Problem('AUDIT_OPEN')
  const { figures, look, strata } = audited
  const window = await selectWindow(trx, audited.formName)
  const answer = releaseGate({
    look,
    classes: strata.map((stratum) => {
      const own = figures.find((one) => one.class === stratum.class)
      const all = window.filter((one) => one.class === stratum.class)
      return {
        name: stratum.class,
        target: stratum.target / PER,
        identity: stratum.class === IDENTITY,
        window: { wrong: sum(all, 'wrong'), checked: sum(all, 'checked') },
        book: { wrong: own?.wrong ?? 0, checked: own?.checked ?? 0, fields: stratum.fields },
      }
    }),
    openCases: await countOpenCases(trx, bookId),
    // A book with one is not frozen, and a sample is drawn of frozen books only.
    unresolvedRows: 0,
    drawnAfterFreeze: true,
  })
  const stops = [...answer.stops, ...(await unworkedStops(trx, bookId, answer.stops))]
  return {
    open: answer.open && stops.length === 0,
    stops: stops.map((stop) => ({ what: stop.kind, count: 'count' in stop ? stop.count : 0 })),
    classes: answer.classes.map(({ name, process, book, ...one }) => ({
      ...one,
      class: classOf(strata, name),
      target: one.target * PER,
      process: { ...process, upper: process.upper * PER },
      book,
    })),
  }
}

function classOf(strata: readonly AuditStratum[], name: string): FieldClass {
  const stratum = strata.find((one) => one.class === name)
  if (stratum === undefined)
    throw new Error('the gate answers for a class that was not asked about')
  return stratum.class
}

function sum(figures: readonly AuditFigures[], what: 'wrong' | 'checked'): number {
  return figures.reduce((total, one) => total + one[what], 0)
}

async function selectAudited(trx: Transaction<DB>, bookId: string): Promise<AuditedBook> {
  const { rows } = await sql<AuditedBook>`
    select a.audit_id as "auditId", c.form ->> 'name' as "formName", a.look, a.strata, e.figures
    from frozen_book f join audit a using (audit_id) join campaign_form c using (campaign_id)
      left join audit_end e on e.audit_id = a.audit_id and e.finished
    where f.book_id = ${bookId} limit 1`.execute(trx)
  const [row] = rows
  if (row === undefined) throw new Problem('BOOK_NOT_FROZEN')
  return row
}

/** Of the last books of the same form, in whatever version, and whatever became of them. */
async function selectWindow(trx: Transaction<DB>, formName: string): Promise<AuditFigures[]> {
  const { rows } = await sql<{ figures: AuditFigures[] }>`
    select e.figures from audit_end e join audit a using (audit_id)
    where e.finished and a.kind = 'sample' and exists (
      select from campaign_form f
      where f.campaign_id = a.campaign_id and f.form ->> 'name' = ${formName})
    order by e.ended_at desc limit ${WINDOW_BOOKS}`.execute(trx)
  return rows.flatMap(({ figures }) => figures)
}

/** An earlier sample found an error in such a field, and nobody has keyed the field again throughout. */
async function unworkedStops(
  trx: Transaction<DB>,
  bookId: string,
  known: readonly Stop[],
): Promise<Stop[]> {
  if (known.some(({ kind }) => kind === 'identity-errors')) return []
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count
    from audit a join audit_item i using (audit_id) join audit_result r using (item_id)
    where a.book_id = ${bookId} and a.kind = 'sample' and i.class = ${IDENTITY}
      and r.outcome = 'wrong' and not exists (
        select from audit w join audit_end e using (audit_id),
          json_array_elements(w.fields) as f
        where w.book_id = a.book_id and w.kind = 'rework' and e.finished
          and w.frozen_at > a.frozen_at and f ->> 'name' = i.field)`.execute(trx)
  const count = rows[0]?.count ?? 0
  return count === 0 ? [] : [{ kind: 'identity-errors', class: IDENTITY, count }]
}
