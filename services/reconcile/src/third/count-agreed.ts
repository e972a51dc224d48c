import { isWrong } from '@songnhap/comparators'
import type { Change, Count } from '@songnhap/database'
import { findField } from '@songnhap/forms'
import { sql, type Transaction } from 'kysely'
import { BOTH_ACCEPTABLE } from '../accuracy/both-acceptable.ts'
import { isGuess } from '../accuracy/judge-readings.ts'
import type { Compared, SettledRecordValues } from '../compared.ts'
import type { DB } from '../schema.gen.ts'
import { readingsAt } from '../settle-field.ts'

interface Settled {
  readonly pageId: string
  readonly campaignId: string
  readonly compared: Compared
  readonly records: readonly SettledRecordValues[]
}

interface Row {
  readonly pageId: string
  readonly rows: readonly [number, number]
  readonly field: string
  readonly isDoubtful: boolean
  readonly isDrawn: boolean
  readonly isWrong: boolean | null
}

/**
 * Of what two agreed on and a third one keyed, counts what turned out wrong: doubtful fields and drawn ones apart.
 * Of pages that are settled again, by the last truth.
 */
export async function countAgreed(change: Change<DB>, pages: readonly Settled[]): Promise<void> {
  const asked = pages.filter(({ compared }) => (compared.agreedAsked?.size ?? 0) > 0)
  if (asked.length === 0) return
  const byId = new Map(asked.map((page) => [page.pageId, page]))
  const rows = await selectAsked(change.trx, [...byId.keys()])
  const judged = rows.flatMap((row) => {
    const page = byId.get(row.pageId)
    const found = page === undefined ? null : judge(page, row)
    return found === row.isWrong ? [] : [{ row, page, found }]
  })
  if (judged.length === 0) return
  await storeJudged(change.trx, judged)
  change.count(
    judged.flatMap(({ row, page, found }) => countsOf(page?.campaignId ?? '', row, found)),
  )
}

/** Whether the two were wrong. Null: nobody can say, or their rows are paired otherwise by now. */
function judge({ compared, records }: Settled, { rows, field: name }: Row): boolean | null {
  const { form, sides, round } = compared
  const record = 1 + round.pairs.findIndex(([x, y]) => x === rows[0] && y === rows[1])
  const settled = records.find((one) => one.record === record)?.values[name]
  const field = findField(form, name)
  const [reading] = readingsAt(sides, rows, name)
  if (settled === undefined || field === undefined || reading === null) return null
  if (settled.how === 'agreed' || BOTH_ACCEPTABLE.has(settled.rule)) return false
  return isGuess(reading, settled) ? null : isWrong(field, reading, settled)
}

function countsOf(
  scope: string,
  { isDoubtful, isDrawn, isWrong: before }: Row,
  found: boolean | null,
) {
  const judged = Number(found !== null) - Number(before !== null)
  const wrong = Number(found === true) - Number(before === true)
  const why = [...(isDoubtful ? ['doubtful'] : []), ...(isDrawn ? ['drawn'] : [])]
  return why.flatMap((one): Count[] => [
    { scope, measure: `${one}-judged`, amount: judged },
    { scope, measure: `${one}-wrong`, amount: wrong },
  ])
}

async function selectAsked(trx: Transaction<DB>, pageIds: readonly string[]): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select page_id as "pageId", json_build_array(first_row, second_row) as rows, field,
      is_doubtful as "isDoubtful", chance is not null as "isDrawn", is_wrong as "isWrong"
    from agreed_asked where page_id = any (${pageIds}::uuid[])`.execute(trx)
  return rows
}

async function storeJudged(
  trx: Transaction<DB>,
  judged: readonly { readonly row: Row; readonly found: boolean | null }[],
): Promise<void> {
  await sql`
    update agreed_asked g set is_wrong = j.found
    from unnest(
      ${judged.map(({ row }) => row.pageId)}::uuid[],
      ${judged.map(({ row }) => row.rows[0])}::smallint[],
      ${judged.map(({ row }) => row.rows[1])}::smallint[],
      ${judged.map(({ row }) => row.field)}::text[],
      ${judged.map(({ found }) => found)}::boolean[]
    ) as j (page_id, first_row, second_row, field, found)
    where g.page_id = j.page_id and g.first_row = j.first_row and g.second_row = j.second_row
      and g.field = j.field`.execute(trx)
}
