import { type Difference, inPairs, type RecordPairs } from '@songnhap/comparators'
import type { FormDefinition, Reading, Ruling, TypedRecords, Verdict } from '@songnhap/contracts'
import { sql, type Transaction } from 'kysely'
import { openCase, type PageCase, type StoredQuestion } from './page-case.ts'
import type { DB } from './schema.gen.ts'

/** As PostgreSQL gives it; what is json in it was written from checked values by this service. */
interface Row {
  readonly campaignId: string
  readonly bookTitle: string
  readonly sequence: number
  readonly form: FormDefinition
  readonly ruleVersion: string
  readonly records: number
  readonly differences: readonly Difference[]
  readonly pairs: RecordPairs
  readonly firstTypist: string
  readonly secondTypist: string
  readonly firstRecords: TypedRecords
  readonly secondRecords: TypedRecords
  readonly asked: readonly StoredQuestion[]
  readonly rulings: readonly {
    readonly questionId: string
    readonly verdict: Verdict
    readonly value: Reading | null
    readonly note: string | null
  }[]
}

export async function loadPageCase(trx: Transaction<DB>, pageId: string): Promise<PageCase> {
  const { rows } = await sql<Row>`
    select p.campaign_id as "campaignId", b.title as "bookTitle", p.sequence, c.form,
      k.rule_version as "ruleVersion", k.records, k.differences, k.rows as pairs,
      r1.person_id as "firstTypist", r1.records as "firstRecords",
      r2.person_id as "secondTypist", r2.records as "secondRecords",
      (select coalesce(json_agg(q order by q."questionId"), '[]') from (
        select question_id as "questionId", record, field, swapped
        from question where page_id = p.page_id) q) as asked,
      (select coalesce(json_agg(r), '[]') from (
        select distinct on (question_id) question_id as "questionId", verdict, value, note
        from ruling where page_id = p.page_id order by question_id, escalated desc) r) as rulings
    from page p join campaign c using (campaign_id) join book b using (book_id)
      join comparison k using (page_id)
      join reading r1 on r1.entry_id = k.first_entry_id
      join reading r2 on r2.entry_id = k.second_entry_id
    where p.page_id = ${pageId}`.execute(trx)
  const [row] = rows
  if (row === undefined) throw new Error('a page without a comparison has no case')
  const { form, records, differences, pairs } = row
  const readings = [
    inPairs(pairs, 0, row.firstRecords),
    inPairs(pairs, 1, row.secondRecords),
  ] as const
  return openCase({
    ...row,
    pageId,
    typists: [row.firstTypist, row.secondTypist],
    compared: { form, records, differences, readings },
    rulings: row.rulings.map(withoutNulls),
  })
}

function withoutNulls({ questionId, verdict, value, note }: Row['rulings'][number]): Ruling {
  return {
    questionId,
    verdict,
    ...(value === null ? {} : { value }),
    ...(note === null ? {} : { note }),
  }
}
