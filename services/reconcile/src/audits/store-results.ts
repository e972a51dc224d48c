import type { Content } from '@songnhap/comparators'
import { sql, type Transaction } from 'kysely'
import { turnsOf } from '../compared.ts'
import type { PageCase } from '../page-case.ts'
import type { DB } from '../schema.gen.ts'
import type { AuditItem } from './audit-item.ts'

export type Result = Pick<AuditItem, 'itemId' | 'record' | 'field'> &
  (
    | { readonly outcome: 'same' | 'stands' }
    /** What stands on the paper instead of what was settled. */
    | { readonly outcome: 'wrong'; readonly content: Content }
  )

/** What is wrong is kept by the rows of both readings, as rulings are: it stands whatever is paired anew. */
export async function storeResults(
  trx: Transaction<DB>,
  { pageId, compared, round }: PageCase,
  results: readonly Result[],
): Promise<void> {
  if (results.length === 0) return
  const turns = turnsOf(compared.sides)
  const contents = results.map((one) => (one.outcome === 'wrong' ? contentOf(one.content) : null))
  const whereWrong = <T>(what: (rows: readonly [number | null, number | null]) => T) =>
    results.map((one) => {
      return one.outcome === 'wrong' ? what(round.pairs[one.record - 1] ?? [null, null]) : null
    })
  await sql`
    insert into audit_result (page_id, item_id, outcome, field, content, first_turn, second_turn,
                              first_row, second_row)
    select ${pageId}, * from unnest(
      ${results.map(({ itemId }) => itemId)}::uuid[],
      ${results.map(({ outcome }) => outcome)}::text[],
      ${results.map(({ field }) => field.name)}::text[],
      ${contents}::json[],
      ${whereWrong(() => turns[0])}::smallint[],
      ${whereWrong(() => turns[1])}::smallint[],
      ${whereWrong(([first]) => first)}::smallint[],
      ${whereWrong(([, second]) => second)}::smallint[])`.execute(trx)
}

function contentOf({ value, mark }: Content): string {
  return JSON.stringify(mark === undefined ? { value } : { value, mark })
}
