import { rulingRechecked } from '@songnhap/contracts'
import type { Change, Count } from '@songnhap/database'
import { sql, type Transaction } from 'kysely'
import { meantBy } from '../audits/meant-by.ts'
import { loadPageCase } from '../load-page-case.ts'
import type { PageCase } from '../page-case.ts'
import { openAgain } from '../recompare.ts'
import type { DB } from '../schema.gen.ts'
import { readingsAt } from '../settle-field.ts'
import { storeSettled } from '../store-settled.ts'
import { typistOf } from '../typist-of.ts'
import type { RecheckedPage } from './load-rechecks.ts'
import { decideRecheck, isCleared, type RecheckDecision, type RecheckItem } from './recheck-item.ts'

type Ended = Extract<RecheckDecision, { is: 'confirmed' | 'overturned' }>

/**
 * Keeps, says and counts what became of rulings that were asked once more. Where one falls the page is
 * settled anew, as the next revision of its records, by which its typists are judged.
 */
export async function endRechecks(
  change: Change<DB>,
  { page, open }: RecheckedPage,
): Promise<void> {
  const ended = open.flatMap((item) => {
    const decision = decideRecheck(item)
    const isEnded = decision.is === 'confirmed' || decision.is === 'overturned'
    return isEnded ? [{ item, decision }] : []
  })
  if (ended.length === 0) return
  await storeEnds(change.trx, page, ended)
  await endAppeals(change.trx, page, ended)
  for (const { item, decision } of ended) tell(change, page, item, decision)
  if (!ended.some(({ decision }) => decision.is === 'overturned')) return
  const again = await loadPageCase(change.trx, page.pageId)
  if (again.state.kind !== 'settled') throw new Error('a page is not settled by what was put right')
  await openAgain(change, page)
  await storeSettled(change, [{ ...again, records: again.state.records }])
}

interface EndedRecheck {
  readonly item: RecheckItem
  readonly decision: Ended
}

async function storeEnds(
  trx: Transaction<DB>,
  { pageId }: PageCase,
  ended: readonly EndedRecheck[],
): Promise<void> {
  const rows = ended.map(({ item, decision }) => ({
    recheck_id: item.itemId,
    page_id: pageId,
    outcome: decision.is,
    disagreed: decision.disagreed,
    content: decision.is === 'overturned' ? contentOf(decision) : null,
  }))
  await trx.insertInto('recheck_end').values(rows).execute()
}

function contentOf({ said }: Extract<Ended, { is: 'overturned' }>): string | null {
  const { value, mark } = said.content
  return said.isBoth ? null : JSON.stringify(mark === undefined ? { value } : { value, mark })
}

/** An appeal is upheld where its typist is not charged any more, whatever became of the ruling. */
async function endAppeals(
  trx: Transaction<DB>,
  page: PageCase,
  ended: readonly EndedRecheck[],
): Promise<void> {
  const { rows } = await sql<{ appealId: string; recheckId: string; personId: string }>`
    select appeal_id as "appealId", recheck_id as "recheckId", person_id as "personId" from appeal
    where recheck_id = any (${ended.map(({ item }) => item.itemId)}::uuid[])`.execute(trx)
  if (rows.length === 0) return
  const ends = rows.map(({ appealId, recheckId, personId }) => {
    const one = ended.find(({ item }) => item.itemId === recheckId)
    const upheld = one !== undefined && isUpheld(page, one, personId)
    return { appeal_id: appealId, outcome: upheld ? 'upheld' : 'refused' }
  })
  await trx.insertInto('appeal_end').values(ends).execute()
}

function isUpheld(page: PageCase, { item, decision }: EndedRecheck, personId: string): boolean {
  const { state, compared, form } = page
  if (decision.is !== 'overturned' || state.kind !== 'settled') return false
  const { rows } = item.question
  const own = compared.sides.findIndex((side, index) => {
    return typistOf(side, rows[index === 0 ? 0 : 1]) === personId
  })
  const reading = readingsAt(compared.sides, rows, item.field.name)[own === 0 ? 0 : 1]
  if (own === -1 || reading === null) return false
  const settled = { form, records: state.records }
  const meant = meantBy(settled, { record: item.record, field: item.field, reading })
  return isCleared(item, meant, decision.said)
}

function tell(
  { say, count }: Change<DB>,
  { pageId, campaignId }: PageCase,
  { itemId, rulingId, arbiterId, reason, record, field }: RecheckItem,
  { is: outcome, disagreed }: Ended,
): void {
  say(rulingRechecked, {
    recheckId: itemId,
    ...(rulingId === null || arbiterId === null ? {} : { rulingId, arbiterId }),
    pageId,
    campaignId,
    record,
    field: field.name,
    reason,
    outcome,
    disagreed,
  })
  // A majority is nobody's ruling.
  if (arbiterId === null) return
  const of = (measure: string, is = true): Count[] =>
    is ? [{ scope: campaignId, subject: arbiterId, measure, amount: 1 }] : []
  const fell = outcome === 'overturned'
  // Who appeals picks what is doubtful: counted apart from what was drawn.
  if (reason === 'appeal') {
    count([...of('appeals-decided'), ...of('appeals-overturned', fell)])
    return
  }
  count([
    ...of('second-checked'),
    ...of('second-passed-on', disagreed === null),
    ...of('second-disagreed', disagreed === true),
    ...of('second-overturned', fell),
  ])
}
