import {
  type Appeal,
  type submitAppeal as contract,
  Problem,
  type Reading,
  type RequestOf,
  type SettledValue,
} from '@songnhap/contracts'
import type { Change, Ledger } from '@songnhap/database'
import { findField } from '@songnhap/forms'
import { sql, type Transaction } from 'kysely'
import { BOTH_ACCEPTABLE } from '../accuracy/both-acceptable.ts'
import { meantBy } from '../audits/meant-by.ts'
import { draw } from '../compare-entries.ts'
import { loadPageCase } from '../load-page-case.ts'
import type { PageCase } from '../page-case.ts'
import type { Place } from '../place.ts'
import type { DB } from '../schema.gen.ts'
import { readingsAt } from '../settle-field.ts'
import { typistOf } from '../typist-of.ts'
import { openRechecks } from './open-rechecks.ts'
import { selectAppeal } from './read-appeals.ts'
import { isCleared } from './recheck-item.ts'
import { majorityPlace, type RuledField, ruledFields } from './ruled-fields.ts'

const OPEN_APPEALS_MAX = 20
const APPEAL_DAYS = 30

type Asking = RequestOf<typeof contract>

/**
 * A typist who is charged with an error by a ruling has it put to a second arbiter. What the arbiter is asked
 * does not tell that somebody appeals. Where the ruling is being asked once more already, its outcome is
 * the appeal's, and nobody is told that it was.
 */
export async function submitAppeal(
  ledger: Ledger<DB>,
  opened: () => void,
  asking: Asking,
): Promise<Appeal> {
  return await ledger.change(async (change) => {
    const { trx } = change
    await lockPerson(trx, asking.personId)
    const known = await findKnown(trx, asking)
    if (known !== undefined) return known
    const { page, field } = await findCharge(trx, asking)
    await checkPage(trx, asking)
    await checkOpen(trx, asking)
    const recheckId = await recheckFor(change, page, field, asking)
    await storeAppeal(trx, page, recheckId, asking)
    change.afterCommit(opened)
    return await selectAppeal(trx, asking.appealId)
  })
}

/** So that appealing many times at once opens no more than may be open. */
async function lockPerson(trx: Transaction<DB>, personId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${personId}, 2))`.execute(trx)
}

/** The appeal as it stands, for whoever sends it again. */
async function findKnown(
  trx: Transaction<DB>,
  { appealId, personId, pageId, record, field }: Asking,
): Promise<Appeal | undefined> {
  const row = await trx
    .selectFrom('appeal')
    .select(['person_id', 'page_id', 'record', 'field'])
    .where('appeal_id', '=', appealId)
    .executeTakeFirst()
  if (row === undefined) return undefined
  const [stored, sent] = [
    [row.person_id, row.page_id, row.record, row.field],
    [personId, pageId, record, field],
  ].map((one) => JSON.stringify(one))
  if (stored !== sent) throw new Problem('ALREADY_EXISTS')
  return await selectAppeal(trx, appealId)
}

/**
 * The ruling by which this field counts against this person. Of pages that are not settled, and of those
 * that he or she did not key, nothing is told.
 */
async function findCharge(
  trx: Transaction<DB>,
  { pageId, personId, record, field }: Asking,
): Promise<{ page: PageCase; field: RuledField }> {
  if (!(await isSettledFor(trx, pageId, personId))) throw new Problem('NOT_FOUND')
  const page = await loadPageCase(trx, pageId)
  const { state, compared, round } = page
  const values =
    state.kind === 'settled'
      ? state.records.find((one) => one.record === record)?.values
      : undefined
  // Own properties only: somebody may ask about a `constructor`.
  const value = values !== undefined && Object.hasOwn(values, field) ? values[field] : undefined
  const rows = round.pairs[record - 1] ?? [null, null]
  const own = compared.sides.findIndex((side, index) => {
    return typistOf(side, rows[index === 0 ? 0 : 1]) === personId
  })
  if (value === undefined || own === -1) throw new Problem('NOT_FOUND')
  const reading = readingsAt(compared.sides, rows, field)[own === 0 ? 0 : 1]
  if (reading === null || !isCharged(page, { record, field }, reading, value)) {
    throw refusal('it does not count against you')
  }
  const ruled = ruledFields(page).find((one) => {
    return one.record === record && one.question.field === field
  })
  const place = ruled === undefined ? majorityPlace(page, record, field) : undefined
  if (place !== undefined) return { page, field: await askMajority(trx, page, record, place) }
  if (ruled === undefined) throw refusal(`it was decided otherwise since (${value.rule}): final`)
  return { page, field: ruled }
}

/** What two of three settled is asked of an arbiter now, who sees the two readings and not how many had which. */
async function askMajority(
  trx: Transaction<DB>,
  page: PageCase,
  record: number,
  place: Place,
): Promise<RuledField> {
  const question = { ...place, field: place.field ?? '', ...draw(2), agreed: false }
  const { rows, turns } = question
  await trx
    .insertInto('question')
    .values({
      question_id: question.questionId,
      page_id: page.pageId,
      kind: question.kind,
      first_turn: turns[0],
      second_turn: turns[1],
      first_row: rows[0],
      second_row: rows[1],
      field: question.field,
      swapped: question.swapped,
    })
    .execute()
  return { record, question }
}

/** As readings of settled pages are judged (docs/spec/accuracy.md). */
function isCharged(
  { form, state }: PageCase,
  { record, field: name }: { record: number; field: string },
  reading: Reading,
  value: SettledValue,
): boolean {
  const field = findField(form, name)
  if (field === undefined || field.entry === 'single' || state.kind !== 'settled') return false
  const meant = meantBy({ form, records: state.records }, { record, field, reading })
  return !isCleared({ field }, meant, { content: value, isBoth: BOTH_ACCEPTABLE.has(value.rule) })
}

function refusal(why: string): Problem {
  return new Problem('APPEAL_REFUSED', [why])
}

/** Whoever freezes its book, or compares the page once more, waits, or is waited for. */
async function isSettledFor(
  trx: Transaction<DB>,
  pageId: string,
  personId: string,
): Promise<boolean> {
  await sql`select from page where page_id = ${pageId} for update`.execute(trx)
  const { rows } = await sql`
    select from reading r
    where r.page_id = ${pageId} and r.person_id = ${personId} and r.pass is not null
      and exists (select from settled_page s where s.page_id = r.page_id)
      and not exists (select from open_arbitration o where o.page_id = r.page_id and o.seat = 0)
    limit 1`.execute(trx)
  return rows.length > 0
}

async function checkPage(trx: Transaction<DB>, { pageId }: Asking): Promise<void> {
  const { rows } = await sql<{ isFrozen: boolean; isLate: boolean }>`
    select exists (select from frozen_book f where f.book_id = p.book_id) as "isFrozen",
      (select max(settled_at) from settled_page s where s.page_id = p.page_id)
        < clock_timestamp() - make_interval(days => ${APPEAL_DAYS}) as "isLate"
    from page p where p.page_id = ${pageId}`.execute(trx)
  if (rows[0]?.isFrozen === true) {
    throw new Problem('BOOK_FROZEN', ['its audit finds what is wrong; appeals are over'])
  }
  if (rows[0]?.isLate === true) {
    throw refusal(`it was settled more than ${APPEAL_DAYS} days ago`)
  }
}

async function checkOpen(trx: Transaction<DB>, { personId }: Asking): Promise<void> {
  const { rows } = await sql`
    select from appeal a
    where a.person_id = ${personId}
      and not exists (select from appeal_end e where e.appeal_id = a.appeal_id)
    limit ${OPEN_APPEALS_MAX}`.execute(trx)
  if (rows.length === OPEN_APPEALS_MAX) {
    throw refusal(`${OPEN_APPEALS_MAX} of your appeals are open; wait until one is decided`)
  }
}

/** The recheck that decides: one under way, or a new one. */
async function recheckFor(
  change: Change<DB>,
  page: PageCase,
  { question }: RuledField,
  { personId }: Asking,
): Promise<string> {
  const { trx } = change
  const { rows } = await sql<{ recheckId: string; outcome: string | null; isOwn: boolean }>`
    select recheck_id as "recheckId", outcome, exists (
      select from appeal a where a.recheck_id = k.recheck_id and a.person_id = ${personId}) as "isOwn"
    from recheck k left join recheck_end using (recheck_id)
    where k.question_id = ${question.questionId} and outcome is distinct from 'lapsed'`.execute(trx)
  const [known] = rows
  if (known?.isOwn === true) throw refusal('you have appealed against it already')
  if (known !== undefined && known.outcome !== null) {
    throw refusal('a second arbiter was asked already and it was confirmed, which is final')
  }
  if (known !== undefined) return known.recheckId
  const ruling = await trx
    .selectFrom('ruling')
    .select(['ruling_id as rulingId', 'arbiter_id as arbiterId'])
    .where('question_id', '=', question.questionId)
    .orderBy('escalated', 'desc')
    .limit(1)
    .executeTakeFirst()
  const asked = { page, question, ...(ruling ?? { rulingId: null, arbiterId: null }) }
  const [opened] = await openRechecks(change, 'appeal', [asked])
  if (opened === undefined) throw new Error('a recheck without an id')
  return opened
}

async function storeAppeal(
  trx: Transaction<DB>,
  { campaignId }: PageCase,
  recheckId: string,
  { appealId, personId, pageId, record, field }: Asking,
): Promise<void> {
  await trx
    .insertInto('appeal')
    .values({
      appeal_id: appealId,
      recheck_id: recheckId,
      person_id: personId,
      campaign_id: campaignId,
      page_id: pageId,
      record,
      field,
    })
    .execute()
}
