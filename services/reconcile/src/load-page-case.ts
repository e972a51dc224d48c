import type { Diagnosis, Difference, RowPair } from '@songnhap/comparators'
import type { Reading, RowPairs, Ruling, Verdict } from '@songnhap/contracts'
import { sql, type Transaction } from 'kysely'
import { byPlace } from './compare-round.ts'
import { formFrom } from './forms.ts'
import { openCase, type PageCase, type PutRight, type StoredQuestion } from './page-case.ts'
import type { KeptReading, Want } from './page-side.ts'
import type { Correction } from './round.ts'
import type { DB } from './schema.gen.ts'
import type { ThirdKeying } from './third/third-keying.ts'

/** As PostgreSQL gives it; what is json in it was written from checked values by this service. */
interface Row {
  readonly campaignId: string
  readonly form: unknown
  /** Null: the same. */
  readonly newForm: unknown
  readonly entryIds: readonly [string, string]
  readonly round: number
  readonly ruleVersion: string
  readonly fields: number
  readonly differences: readonly Difference[]
  /** Null: by place. */
  readonly pairs: readonly RowPair[] | null
  readonly pairsGiven: boolean
  readonly corrections: readonly Correction[]
  readonly diagnosis: Diagnosis | null
  readonly undecided: boolean
  readonly revision: number
  readonly readings: readonly KeptReading[]
  readonly wanted: readonly (Omit<Want, 'only'> & {
    readonly places: readonly number[] | null
    readonly rows: readonly number[] | null
  })[]
  readonly asked: readonly (Omit<StoredQuestion, 'rows' | 'turns'> & {
    readonly firstTurn: number
    readonly secondTurn: number
    readonly firstRow: number | null
    readonly secondRow: number | null
  })[]
  readonly rulings: readonly {
    readonly questionId: string
    readonly verdict: Verdict
    readonly value: Reading | null
    readonly pairs: RowPairs | null
    readonly note: string | null
  }[]
  readonly putRight: readonly PutRight[]
  readonly cellsTurn: number
  readonly third: ThirdKeying | null
}

export async function loadPageCase(trx: Transaction<DB>, pageId: string): Promise<PageCase> {
  const { rows } = await sql<Row>`
    select p.campaign_id as "campaignId", f.form, n.form as "newForm",
      json_build_array(k.first_entry_id, k.second_entry_id) as "entryIds",
      k.round, k.rule_version as "ruleVersion", k.fields, k.differences, k.rows as pairs,
      k.pairs_given as "pairsGiven", k.corrections, k.diagnosis, k.undecided,
      (select coalesce(max(revision), 0) from settled_page where page_id = p.page_id) as revision,
      (select coalesce(json_agg(r), '[]') from (
        select entry_id as "entryId", person_id as "personId", pass, turn, records
        from reading where page_id = p.page_id and pass is not null) r) as readings,
      (select coalesce(json_agg(w), '[]') from (
        select pass, turn, round, places, rows
        from wanted_reading where page_id = p.page_id) w) as wanted,
      (select coalesce(json_agg(q order by q."questionId"), '[]') from (
        select question_id as "questionId", kind, first_turn as "firstTurn",
          second_turn as "secondTurn", first_row as "firstRow", second_row as "secondRow",
          field, subject, swapped, third_at as "thirdAt", agreed
        from question where page_id = p.page_id) q) as asked,
      (select coalesce(json_agg(r), '[]') from (
        select distinct on (question_id) question_id as "questionId", verdict, value, pairs, note
        from ruling where page_id = p.page_id order by question_id, escalated desc) r) as rulings,
      (select coalesce(json_agg(f order by f.at), '[]') from (
        select json_build_array(first_turn, second_turn) as turns,
          json_build_array(first_row, second_row) as rows, field, content, 'audit' as rule,
          decided_at as at
        from audit_result where page_id = p.page_id and outcome = 'wrong'
        union all
        select json_build_array(q.first_turn, q.second_turn),
          json_build_array(q.first_row, q.second_row), q.field, e.content,
          case k.reason when 'appeal' then 'appeal' else 'second' end
            || case when e.content is null then '-both' else '' end, e.ended_at
        from recheck_end e join recheck k using (recheck_id) join question q using (question_id)
        where e.page_id = p.page_id and e.outcome = 'overturned') f) as "putRight",
      (select coalesce(max(turn), 0) from audit_page where page_id = p.page_id) as "cellsTurn",
      (select json_build_object('rows', a.rows, 'cells', a.cells, 'reading', (
          select json_build_object('personId', r.person_id, 'records', r.records)
          from audit_reading r where r.page_id = a.page_id and r.turn = a.turn),
          'doubts', (select coalesce(json_agg(json_build_array(first_row, second_row, field)), '[]')
            from third_doubt d where d.page_id = a.page_id),
          'agreed', (select coalesce(json_agg(json_build_array(first_row, second_row, field)), '[]')
            from agreed_asked g where g.page_id = a.page_id))
        from audit_page a where a.page_id = p.page_id and a.audit_id is null) as third
    from page p join campaign c using (campaign_id)
      join lateral (
        select * from comparison k where k.page_id = p.page_id order by round desc limit 1
      ) k on true
      join campaign_form f on f.campaign_id = p.campaign_id and f.form_version = k.form_version
      left join campaign_form n on n.campaign_id = p.campaign_id
        and n.form_version = c.form_version and n.form_version <> k.form_version
    where p.page_id = ${pageId}`.execute(trx)
  const [row] = rows
  if (row === undefined) throw new Error('a page without a comparison has no case')
  return caseFrom(pageId, row)
}

function caseFrom(pageId: string, row: Row): PageCase {
  const { round, ruleVersion, corrections, diagnosis, undecided, pairsGiven } = row
  const { fields, differences } = row
  const compared = {
    fields,
    differences,
    pairs: row.pairs ?? pairsByPlace(row.entryIds, row.readings),
  }
  return openCase({
    pageId,
    campaignId: row.campaignId,
    form: formFrom(row.form),
    newForm: row.newForm === null ? null : formFrom(row.newForm),
    entryIds: row.entryIds,
    revision: row.revision,
    readings: row.readings,
    wanted: row.wanted.map(({ places, rows, ...want }) => {
      return { ...want, only: places === null || rows === null ? null : { places, rows } }
    }),
    round: { round, ruleVersion, pairsGiven, corrections, diagnosis, undecided, ...compared },
    asked: row.asked.map(({ firstTurn, secondTurn, firstRow, secondRow, ...question }) => {
      return { ...question, turns: [firstTurn, secondTurn], rows: [firstRow, secondRow] }
    }),
    rulings: row.rulings.map(withoutNulls),
    putRight: row.putRight,
    cellsTurn: row.cellsTurn,
    third: row.third,
  })
}

/** What is stored as null: the first record of one entry with the first of the other, and so on. */
export function pairsByPlace(
  entryIds: readonly string[],
  readings: readonly KeptReading[],
): RowPair[] {
  const [first = 0, second = 0] = entryIds.map(
    (id) => readings.find(({ entryId }) => entryId === id)?.records.length ?? 0,
  )
  return byPlace(first, second)
}

function withoutNulls({ questionId, verdict, value, pairs, note }: Row['rulings'][number]): Ruling {
  return {
    questionId,
    verdict,
    ...(value === null ? {} : { value }),
    ...(pairs === null ? {} : { pairs }),
    ...(note === null ? {} : { note }),
  }
}
