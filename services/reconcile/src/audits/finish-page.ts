import { isWrong, needsArbiter } from '@songnhap/comparators'
import { type Change, type Count, NOBODY } from '@songnhap/database'
import { findField } from '@songnhap/forms'
import { sql, type Transaction } from 'kysely'
import { BOTH_ACCEPTABLE } from '../accuracy/both-acceptable.ts'
import { isGuess } from '../accuracy/judge-readings.ts'
import { countAudited } from '../independence/count-pairs.ts'
import { loadPageCase } from '../load-page-case.ts'
import type { PageCase } from '../page-case.ts'
import { openAgain } from '../recompare.ts'
import type { DB } from '../schema.gen.ts'
import { readingsAt } from '../settle-field.ts'
import { storeSettled } from '../store-settled.ts'
import { typistOf } from '../typist-of.ts'
import { closeIfDone } from './close-audit.ts'

/**
 * All that was drawn of a page is decided: what is wrong is put right, as the next revision of its records,
 * by which its typists are judged from now on.
 */
export async function finishPage(
  change: Change<DB>,
  { auditId, pageId, turn }: { auditId: string; pageId: string; turn: number },
): Promise<void> {
  const { trx } = change
  const items = await selectDecided(trx, pageId, turn)
  const page = await loadPageCase(trx, pageId)
  if (page.state.kind !== 'settled') throw new Error('a page of a frozen book is not settled')
  if (items.some(({ outcome }) => outcome === 'wrong')) {
    await openAgain(change, page)
    await storeSettled(change, [{ ...page, records: page.state.records }])
  }
  change.count(items.flatMap((item) => countsOf(page, item)))
  await countAudited(trx, page, items.filter(({ how }) => how === 'agreed').length)
  await closeIfDone(change, auditId)
}

interface DecidedItem {
  readonly record: number
  readonly field: string
  readonly how: string
  readonly outcome: string
  /** Who ruled on the field last; null where nobody did. */
  readonly arbiterId: string | null
}

async function selectDecided(
  trx: Transaction<DB>,
  pageId: string,
  turn: number,
): Promise<DecidedItem[]> {
  const { rows } = await sql<DecidedItem>`
    with last_round as (
      select k.rows, r1.turn as first_turn, r2.turn as second_turn
      from comparison k join reading r1 on r1.entry_id = k.first_entry_id
        join reading r2 on r2.entry_id = k.second_entry_id
      where k.page_id = ${pageId} order by k.round desc limit 1
    )
    select i.record, i.field, i.how, t.outcome, (
      select l.arbiter_id from question q join ruling l using (question_id), last_round k
      where q.page_id = ${pageId} and q.kind = 'field' and q.field = i.field
        and q.first_turn = k.first_turn and q.second_turn = k.second_turn
        and q.first_row = coalesce((k.rows -> (i.record - 1) ->> 0)::int, i.record - 1)
        and q.second_row = coalesce((k.rows -> (i.record - 1) ->> 1)::int, i.record - 1)
        and not exists (
          select from recheck c join recheck_end e using (recheck_id)
          where c.question_id = q.question_id and e.outcome = 'overturned')
      order by l.escalated desc limit 1) as "arbiterId"
    from audit_item i join audit_result t using (item_id)
    where i.page_id = ${pageId} and i.turn = ${turn}`.execute(trx)
  return rows
}

/**
 * Of whom what was looked at is: of both typists what they agreed on, of the arbiter what he or she ruled.
 * With these counts come how often a typist agrees on an error, and how often an arbiter errs.
 */
function countsOf(page: PageCase, item: DecidedItem): Count[] {
  const { campaignId: scope, compared } = page
  const { record, field, how, outcome, arbiterId } = item
  const rows = compared.round.pairs[record - 1] ?? [null, null]
  const typists = compared.sides.flatMap((side, index) => {
    return typistOf(side, rows[index === 0 ? 0 : 1]) ?? []
  })
  const arbiters = arbiterId === null ? [] : [arbiterId]
  // What two of three read is counted of all three together.
  const by: Record<string, string[]> = { ruled: arbiters, agreed: typists, majority: [NOBODY] }
  const tell = (as: string, isWrong: boolean) => (subject: string) => [
    { scope, subject, field, measure: `audited-${as}`, amount: 1 },
    { scope, subject, field, measure: `audited-${as}-wrong`, amount: isWrong ? 1 : 0 },
  ]
  const counts = (by[how] ?? []).flatMap(tell(how, outcome === 'wrong'))
  const agreedWrongly = isAgreedWrongly(page, item)
  if (agreedWrongly === null) return counts
  return [...counts, ...typists.flatMap(tell('agreed', agreedWrongly))]
}

/**
 * Of what was ruled because a third person read it otherwise than two who agreed, whether the two were wrong. Without
 * these, people would seem to agree on fewer errors than they do. Null: they had not agreed, or nobody can say.
 */
function isAgreedWrongly(
  { form, compared, state }: PageCase,
  { record, field: name, how }: DecidedItem,
): boolean | null {
  if (how !== 'ruled' || state.kind !== 'settled') return null
  const field = findField(form, name)
  const settled = state.records.find((one) => one.record === record)?.values[name]
  const rows = compared.round.pairs[record - 1] ?? [null, null]
  const [reading] = readingsAt(compared.sides, rows, name)
  if (field === undefined || settled === undefined || reading === null) return null
  if (needsArbiter(field, settled) || isGuess(reading, settled)) return null
  return !BOTH_ACCEPTABLE.has(settled.rule) && isWrong(field, reading, settled)
}
