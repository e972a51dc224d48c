import {
  ASIDE_TOLD_MAX,
  type Audit,
  type AuditFigures,
  type Certificate,
  type CertifiedClass,
  type readCertificate as contract,
  Problem,
  type Release,
  type RequestOf,
} from '@songnhap/contracts'
import { clopperPearson, finiteUpperBound, upperBound } from '@songnhap/statistics'
import { type Kysely, sql, type Transaction } from 'kysely'
import { selectForm } from '../forms.ts'
import type { DB } from '../schema.gen.ts'
import { readAudits } from './read-audits.ts'
import { readGate } from './read-gate.ts'

/** Rates are errors in so many fields. */
const PER = 10_000

/** As it was when the book was released, also where a late page opened it since; before that, as it would be. */
export async function readCertificate(
  db: Kysely<DB>,
  { bookId }: RequestOf<typeof contract>,
): Promise<Certificate> {
  return await db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ certificate: Certificate }>`
      select r.certificate from release r left join frozen_book f using (book_id)
      where r.book_id = ${bookId} and (f.audit_id is null or f.audit_id = r.audit_id)
      order by r.released_at desc limit 1`.execute(trx)
    return rows[0]?.certificate ?? (await writeCertificate(trx, bookId))
  })
}

/** Everything that the release of a book rests on, at this moment. */
export async function writeCertificate(
  trx: Transaction<DB>,
  bookId: string,
  release?: Release,
): Promise<Certificate> {
  const standing = await selectStanding(trx, bookId)
  const gate = await readGate(trx, bookId)
  const audits = await readAudits(trx, bookId)
  const last = audits.findLast(({ kind, ended }) => kind === 'sample' && ended?.finished === true)
  if (last === undefined) throw new Problem('AUDIT_OPEN')
  const { name, version, title } = await selectForm(trx, standing.campaignId)
  return {
    format: 'songnhap-certificate-1',
    bookId,
    ...standing,
    form: { name, version, title },
    audits,
    classes: certifiedClasses(last),
    gate,
    ...(release === undefined ? {} : { release }),
  }
}

function certifiedClasses({ strata, ended }: Audit): CertifiedClass[] {
  return strata.flatMap((stratum) => {
    const figures = ended?.figures.find((one) => one.class === stratum.class)
    return figures === undefined ? [] : [certified(figures, stratum.target)]
  })
}

function certified(figures: AuditFigures, target: number): CertifiedClass {
  const { wrong, checked, fields } = figures
  const interval = clopperPearson(wrong, checked)
  return {
    ...figures,
    target,
    rate: checked === 0 ? null : (wrong / checked) * PER,
    low: interval.low * PER,
    high: interval.high * PER,
    upper: upperBound(wrong, checked) * PER,
    remaining: finiteUpperBound(wrong, { fields, checked }) - wrong,
  }
}

type Standing = Omit<
  Certificate,
  'format' | 'bookId' | 'form' | 'audits' | 'classes' | 'gate' | 'release'
>

async function selectStanding(trx: Transaction<DB>, bookId: string): Promise<Standing> {
  const { rows } = await sql<Standing>`
    with here as (
      select page_id from page p where book_id = ${bookId}
        and not exists (select from aside_page a where a.page_id = p.page_id)),
    left_out as (
      select p.sequence, a.reason from page p join aside_page a using (page_id)
      where p.book_id = ${bookId} and a.reason <> 'replaced'),
    settled as (
      select s.rule_version, s.record_id,
        case v.value ->> 'rule' when 'audit' then 'audited' else v.value ->> 'how' end as how
      from here p
        join lateral (select max(revision) as revision from settled_page
          where page_id = p.page_id) l on true
        join settled_record s on s.page_id = p.page_id and s.revision = l.revision
        cross join lateral json_each(s.values) v
    )
    select b.campaign_id as "campaignId", b.title,
      (select count(*) from here)::int as pages,
      json_build_object(
        'pages', (select count(*) from left_out),
        'told', (select coalesce(json_agg(json_build_object('sequence', sequence, 'reason', reason)
            order by sequence), '[]')
          from (select * from left_out order by sequence limit ${ASIDE_TOLD_MAX}) first_ones)) as aside,
      (select count(distinct record_id) from settled)::int as records,
      (select json_strip_nulls(json_build_object(
        'agreed', count(*) filter (where how = 'agreed'),
        'majority', nullif(count(*) filter (where how = 'majority'), 0),
        'ruled', count(*) filter (where how = 'ruled'),
        'audited', nullif(count(*) filter (where how = 'audited'), 0),
        'single', count(*) filter (where how = 'single'))) from settled) as settled,
      (select coalesce(json_agg(distinct rule_version), '[]') from settled) as "ruleVersions",
      json_build_object(
        'typists', (select count(distinct person_id) from (
          select page_id, person_id from reading where pass is not null
          union all select r.page_id, r.person_id from audit_reading r
            join audit_page a using (page_id, turn) where a.audit_id is null) r join here using (page_id)),
        'arbiters', (select count(distinct arbiter_id) from ruling join here using (page_id)),
        'auditors', (select count(distinct person_id) from audit_reading
          join audit_page a using (page_id, turn) join here using (page_id) where a.audit_id is not null),
        'panel', (select count(distinct arbiter_id) from panel_ruling join here using (page_id))
      ) as people
    from book b where b.book_id = ${bookId}`.execute(trx)
  const [row] = rows
  if (row === undefined) throw new Problem('NOT_FOUND')
  return row
}
