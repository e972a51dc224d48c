import {
  type submitRulings as contract,
  Problem,
  panelRuled,
  type ReplyOf,
  type RequestOf,
  type Ruling,
} from '@songnhap/contracts'
import { type Change, today } from '@songnhap/database'
import { sql, type Transaction } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { checkValue, FITTING } from '../check-ruling.ts'
import type { DB } from '../schema.gen.ts'
import { storeRulingTime } from '../store-ruling-time.ts'
import { type AuditItem, decideItem, isSwapped, type Seat } from './audit-item.ts'
import { finishPage } from './finish-page.ts'
import { type AuditPage, loadAuditPage } from './load-audit-page.ts'
import { type Result, storeResults } from './store-results.ts'

type Submission = RequestOf<typeof contract>

interface HeldSeat {
  readonly pageId: string
  readonly turn: number
  readonly seat: Seat
  readonly isOpen: boolean
}

/** What one seat of a panel rules; when both have ruled, what they agree on is decided. */
export async function submitPanelRulings(
  change: Change<DB>,
  { pageId, turn, seat, isOpen }: HeldSeat,
  submission: Submission,
  handedOver: () => void,
): Promise<ReplyOf<typeof contract>> {
  const { trx } = change
  const { submissionId } = submission
  // Both seats may send at one moment: the later one sees what the other said.
  await sql`select from page where page_id = ${pageId} for update`.execute(trx)
  const answered = await findAnswer(trx, submission, pageId)
  if (answered !== undefined) return { submissionId, open: answered }
  if (!isOpen) throw new Problem('LEASE_ENDED')

  const before = await loadAuditPage(trx, pageId, turn)
  const ruled = matchRulings(before, seat, submission.rulings)
  const open = itemsOf(before, seat).length - ruled.length
  await storeRulings(trx, { pageId, turn, seat, submission, ruled, open })
  await storeRulingTime(change, before.page, submission)
  tell(change, { pageId, seat, personId: submission.personId }, ruled)
  const { campaignId: scope } = before.page
  change.count([{ scope, measure: 'ruled', field: today(), amount: ruled.length }])
  if (open === 0) await closeSeat(trx, pageId, seat)
  const after = await loadAuditPage(trx, pageId, turn)
  await storeResults(trx, after.page, resultsOf(after))
  const undecided = after.open.filter((item) => !isDecided(item))
  if (undecided.length === 0) {
    await finishPage(change, { auditId: after.auditId, pageId, turn })
  } else if (await needsSupervisor(trx, pageId, undecided)) {
    await openSupervisorsSeat(trx, after)
    change.afterCommit(handedOver)
  }
  return { submissionId, open }
}

/** What is for this seat to rule on. */
export function itemsOf({ open }: Pick<AuditPage, 'open'>, seat: Seat): AuditItem[] {
  const mine = open.filter(({ rulings }) => !rulings.some((ruling) => ruling.seat === seat))
  return seat === 3 ? mine.filter((item) => decideItem(item).is === 'disputed') : mine
}

function isDecided(item: AuditItem): boolean {
  const { is } = decideItem(item)
  return is === 'stands' || is === 'wrong'
}

function resultsOf({ open }: AuditPage): Result[] {
  return open.flatMap((item): Result[] => {
    const decision = decideItem(item)
    switch (decision.is) {
      case 'stands':
        return [{ ...item, outcome: 'stands' }]
      case 'wrong':
        return [{ ...item, outcome: 'wrong', content: decision.content }]
      default:
        return []
    }
  })
}

/** Both arbiters are done, and there is nobody else's seat. */
async function needsSupervisor(
  trx: Transaction<DB>,
  pageId: string,
  undecided: readonly AuditItem[],
): Promise<boolean> {
  if (undecided.some((item) => decideItem(item).is === 'open')) return false
  const row = await trx
    .selectFrom('open_arbitration')
    .select('seat')
    .where('page_id', '=', pageId)
    .where('seat', '>', 0)
    .executeTakeFirst()
  return row === undefined
}

async function openSupervisorsSeat(trx: Transaction<DB>, { page, turn }: AuditPage): Promise<void> {
  const { pageId: page_id, campaignId: campaign_id } = page
  await trx
    .insertInto('open_arbitration')
    .values({ page_id, campaign_id, turn, seat: 3, escalated: true })
    .execute()
}

async function closeSeat(trx: Transaction<DB>, pageId: string, seat: Seat): Promise<void> {
  await trx
    .deleteFrom('open_arbitration')
    .where('page_id', '=', pageId)
    .where('seat', '=', seat)
    .execute()
}

interface RuledItem {
  readonly rulingId: string
  readonly item: AuditItem
  readonly ruling: Ruling
}

/** A submission of which one ruling does not fit is refused as a whole. */
function matchRulings(audit: AuditPage, seat: Seat, rulings: readonly Ruling[]): RuledItem[] {
  const mine = itemsOf(audit, seat)
  const findings: string[] = []
  const ruled = rulings.map((ruling) => {
    const item = mine.find(({ itemId }) => itemId === ruling.questionId)
    if (item === undefined) {
      const known = audit.open.some(({ itemId }) => itemId === ruling.questionId)
      throw known
        ? new Problem('RULED_ALREADY')
        : new Problem('RULING_INVALID', ['unknown question'])
    }
    const place = `record ${item.record}, ${item.field.name}`
    findings.push(...check(audit, item, seat, ruling).map((finding) => `${place}: ${finding}`))
    return { rulingId: uuidv7(), item, ruling }
  })
  if (new Set(rulings.map(({ questionId }) => questionId)).size < rulings.length) {
    findings.push('one question is ruled on twice')
  }
  if (findings.length > 0) throw new Problem('RULING_INVALID', findings)
  return ruled
}

function check(
  { page }: AuditPage,
  { field }: AuditItem,
  seat: Seat,
  { verdict, value, pairs, note }: Ruling,
): string[] {
  if (!FITTING.field.includes(verdict)) {
    return [`it asks about one field: ${FITTING.field.join(', ')}`]
  }
  if (verdict !== 'other' && value !== undefined) return ['a value goes with "other" only']
  if (pairs !== undefined) return ['pairs go with "aligned" only']
  if (verdict === 'escalate') {
    if (seat === 3) return ['was passed on already and must be ruled on']
    return note === undefined ? ['passing a question on needs a note'] : []
  }
  if (verdict !== 'other') return []
  return value === undefined ? ['"other" needs a value'] : checkValue(page.form, field.name, value)
}

interface StoredAnswer {
  readonly person_id: string
  readonly page_id: string
  readonly open: number
  readonly ruled: readonly { readonly item_id: string; readonly verdict: string }[]
}

async function findAnswer(
  trx: Transaction<DB>,
  { submissionId, personId, rulings }: Submission,
  pageId: string,
): Promise<number | undefined> {
  const { rows } = await sql<StoredAnswer>`
    select person_id, page_id, open, (
      select coalesce(json_agg(r), '[]') from (
        select item_id, verdict from panel_ruling where submission_id = ${submissionId}) r) as ruled
    from ruling_submission where submission_id = ${submissionId}`.execute(trx)
  const [stored] = rows
  if (stored === undefined) return undefined
  const same =
    stored.person_id === personId &&
    stored.page_id === pageId &&
    stored.ruled.length === rulings.length &&
    stored.ruled.every((row) =>
      rulings.some((r) => r.questionId === row.item_id && r.verdict === row.verdict),
    )
  if (!same) throw new Problem('ALREADY_EXISTS')
  return stored.open
}

async function storeRulings(
  trx: Transaction<DB>,
  given: Pick<HeldSeat, 'pageId' | 'turn' | 'seat'> & {
    readonly submission: Submission
    readonly ruled: readonly RuledItem[]
    readonly open: number
  },
): Promise<void> {
  const { pageId, turn, seat, submission, ruled, open } = given
  const { submissionId, personId } = submission
  await sql`
    with submitted as (
      insert into ruling_submission (submission_id, person_id, page_id, open)
      values (${submissionId}, ${personId}, ${pageId}, ${open})
    )
    insert into panel_ruling (ruling_id, submission_id, item_id, page_id, turn, seat, arbiter_id,
                              verdict, value, note)
    select ruling_id, ${submissionId}, item_id, ${pageId}, ${turn}, ${seat}, ${personId},
           verdict, value, note
    from unnest(
      ${ruled.map(({ rulingId }) => rulingId)}::uuid[],
      ${ruled.map(({ item }) => item.itemId)}::uuid[],
      ${ruled.map(({ ruling }) => ruling.verdict)}::text[],
      ${ruled.map(({ ruling }) => (ruling.value === undefined ? null : JSON.stringify(ruling.value)))}::json[],
      ${ruled.map(({ ruling }) => ruling.note ?? null)}::text[]
    ) as r (ruling_id, item_id, verdict, value, note)`.execute(trx)
}

function tell(
  { say }: Change<DB>,
  { pageId, seat, personId: arbiterId }: { pageId: string; seat: Seat; personId: string },
  ruled: readonly RuledItem[],
): void {
  for (const { rulingId, item, ruling } of ruled) {
    const { verdict, value } = ruling
    say(panelRuled, {
      rulingId,
      itemId: item.itemId,
      pageId,
      seat,
      arbiterId,
      verdict,
      swapped: isSwapped(item, seat),
      ...(value === undefined ? {} : { value }),
    })
  }
}
