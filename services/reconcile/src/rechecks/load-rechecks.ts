import type { Content } from '@songnhap/comparators'
import type { Reading, Ruling } from '@songnhap/contracts'
import { findField } from '@songnhap/forms'
import { sql, type Transaction } from 'kysely'
import { meantBy, settledAt } from '../audits/meant-by.ts'
import type { SettledRecordValues } from '../compared.ts'
import { loadPageCase } from '../load-page-case.ts'
import type { PageCase } from '../page-case.ts'
import { keyOf } from '../place.ts'
import type { DB } from '../schema.gen.ts'
import { readingsAt } from '../settle-field.ts'
import type { RecheckItem, RecheckReason, RecheckSeat } from './recheck-item.ts'
import { type RuledField, ruledFields } from './ruled-fields.ts'

/** A page with the rulings of it that are being asked once more. */
export interface RecheckedPage {
  readonly page: PageCase
  /** About which nothing is decided yet. */
  readonly open: readonly RecheckItem[]
}

interface Row {
  readonly itemId: string
  readonly questionId: string
  readonly rulingId: string | null
  readonly arbiterId: string | null
  readonly reason: RecheckReason
  readonly swapped: boolean
  readonly lastSwapped: boolean
  readonly answers: readonly {
    readonly seat: RecheckSeat
    readonly verdict: Ruling['verdict']
    readonly value: Reading | null
    readonly note: string | null
  }[]
}

export async function loadRechecks(trx: Transaction<DB>, pageId: string): Promise<RecheckedPage> {
  const page = await loadPageCase(trx, pageId)
  const { state } = page
  if (state.kind !== 'settled')
    throw new Error('a ruling is rechecked on a page that is not settled')
  const ruled = new Map(ruledFields(page).map((one) => [one.question.questionId, one]))
  const rows = await selectOpen(trx, pageId)
  const open = rows.map((row) => {
    const at = ruled.get(row.questionId)
    if (at === undefined) throw new Error('a ruling is rechecked that settles nothing')
    return itemFrom(page, state.records, at, row)
  })
  return { page, open }
}

function itemFrom(
  page: PageCase,
  records: readonly SettledRecordValues[],
  { record, question }: RuledField,
  { answers, questionId, ...row }: Row,
): RecheckItem {
  const field = findField(page.form, question.field)
  const readings = readingsAt(page.compared.sides, question.rows, question.field)
  const [first, second] = readings
  const isOfThird = question.agreed || question.thirdAt !== null
  const third = isOfThird ? page.compared.thirds?.get(keyOf(question)) : null
  if (field === undefined || first === null || second === null || third === undefined) {
    throw new Error('a ruling is rechecked without its readings')
  }
  const settled = { form: page.form, records }
  const meant = (reading: Reading): Content => meantBy(settled, { record, field, reading })
  const verdict = page.rulings.find((ruling) => ruling.questionId === questionId)?.verdict
  return {
    ...row,
    record,
    field,
    question,
    readings: [meant(first), meant(second), third && meant(third)],
    ruled: { content: settledAt(settled, record, field.name), isBoth: verdict === 'both' },
    answers: answers.map(({ seat, verdict, value, note }) => ({
      seat,
      verdict,
      ...(value === null ? {} : { content: meant(value) }),
      ...(note === null ? {} : { note }),
    })),
  }
}

async function selectOpen(trx: Transaction<DB>, pageId: string): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select k.recheck_id as "itemId", k.question_id as "questionId", k.ruling_id as "rulingId",
      k.arbiter_id as "arbiterId", k.reason, k.swapped, k.last_swapped as "lastSwapped", (
        select coalesce(json_agg(json_build_object('seat', l.seat, 'verdict', l.verdict,
          'value', l.value, 'note', l.note) order by l.seat), '[]')
        from recheck_ruling l where l.recheck_id = k.recheck_id) as answers
    from recheck k
    where k.page_id = ${pageId}
      and not exists (select from recheck_end e where e.recheck_id = k.recheck_id)
    order by k.recheck_id`.execute(trx)
  return rows
}
