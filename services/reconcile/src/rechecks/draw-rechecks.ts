import type { Change } from '@songnhap/database'
import { sql, type Transaction } from 'kysely'
import type { PageCase } from '../page-case.ts'
import type { DB } from '../schema.gen.ts'
import { drawOf } from './draw-of.ts'
import { openRechecks } from './open-rechecks.ts'
import { type RuledField, ruledFields } from './ruled-fields.ts'

/** So many rulings an arbiter has made when he or she is no newcomer any more. */
const NEWCOMER_RULINGS = 200
/** So many times as much of a newcomer's is drawn. */
const NEWCOMER_FACTOR = 2

interface FreshRuling {
  readonly questionId: string
  readonly rulingId: string
  readonly arbiterId: string
  readonly share: number
  readonly secret: string
}

/** Of rulings that have just settled their pages, puts the drawn ones to a second arbiter. */
export async function drawRechecks(
  change: Change<DB>,
  pages: readonly PageCase[],
  opened: () => void,
): Promise<void> {
  const ruled = pages.flatMap((page) => ruledFields(page).map((field) => ({ page, ...field })))
  if (ruled.length === 0) return
  const rulings = await selectFresh(change.trx, ruled)
  const drawn = ruled.flatMap(({ page, question }) => {
    const ruling = rulings.get(question.questionId)
    if (ruling === undefined || drawOf(ruling.secret, ruling.rulingId) >= ruling.share) return []
    return [{ page, question, ...ruling }]
  })
  if (drawn.length === 0) return
  await openRechecks(change, 'drawn', drawn)
  change.afterCommit(opened)
}

/**
 * The last word on each question, where nobody was asked it once more yet, and somebody is there to be asked:
 * an arbiter who waits for work or had some, and not of this page.
 */
async function selectFresh(
  trx: Transaction<DB>,
  ruled: readonly RuledField[],
): Promise<ReadonlyMap<string, FreshRuling>> {
  const { rows } = await sql<FreshRuling>`
    with recursive worked as (
      (select person_id from arbitration_lease where not escalated order by person_id limit 1)
      union all
      select (select a.person_id from arbitration_lease a
        where not a.escalated and a.person_id > w.person_id order by a.person_id limit 1)
      from worked w where w.person_id is not null
    ), arbiter as (
      select person_id from worked where person_id is not null
      union select person_id from waiting where not escalated
    )
    select l.question_id as "questionId", l.ruling_id as "rulingId", l.arbiter_id as "arbiterId",
      d.secret, case when exists (
        select from ruling x where x.arbiter_id = l.arbiter_id and x.ruling_id < l.ruling_id
        order by x.ruling_id offset ${NEWCOMER_RULINGS - 1} limit 1
      ) then d.share else ${NEWCOMER_FACTOR} * d.share end as share
    from recheck_draw d, (
      select distinct on (question_id) question_id, ruling_id, arbiter_id, page_id from ruling
      where question_id = any (${ruled.map(({ question }) => question.questionId)}::uuid[])
      order by question_id, escalated desc) l
    where d.share > 0 and exists (
      select from arbiter a
      where not exists (
          select from seen s where s.page_id = l.page_id and s.person_id = a.person_id)
        and not exists (
          select from arbitration_lease h where h.page_id = l.page_id and h.person_id = a.person_id)
    ) and not exists (
      select from recheck k left join recheck_end e using (recheck_id)
      where k.question_id = l.question_id and e.outcome is distinct from 'lapsed')`.execute(trx)
  return new Map(rows.map((row) => [row.questionId, row]))
}
