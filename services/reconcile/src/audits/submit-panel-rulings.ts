import {
  type submitRulings as contract,
  Problem,
  panelRuled,
  type ReplyOf,
  type RequestOf,
} from '@songnhap/contracts'
import type { Change } from '@songnhap/database'
import { sql, type Transaction } from 'kysely'
import type { DB } from '../schema.gen.ts'
import { closeSeat } from '../seats/close-seat.ts'
import { countRulings } from '../seats/count-rulings.ts'
import { findAnswer } from '../seats/find-answer.ts'
import { matchFieldRulings, type RuledItem } from '../seats/match-field-rulings.ts'
import { openSeat } from '../seats/open-seat.ts'
import { storeSubmission } from '../seats/store-submission.ts'
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
  const [mine, isLast] = [itemsOf(before, seat), seat === 3]
  const sitting = { form: before.page.form, mine, all: before.open, isLast }
  const ruled = matchFieldRulings(sitting, submission.rulings)
  const open = mine.length - ruled.length
  await storeRulings(trx, { pageId, turn, seat, submission, ruled, open })
  await storeRulingTime(change, before.page, submission)
  tell(change, { pageId, seat, personId: submission.personId }, ruled)
  change.count(countRulings(before.page.campaignId, submission.personId, submission.rulings))
  if (open === 0) await closeSeat(trx, pageId, seat)
  const after = await loadAuditPage(trx, pageId, turn)
  await storeResults(trx, after.page, resultsOf(after))
  const undecided = after.open.filter((item) => !isDecided(item))
  if (undecided.length === 0) {
    await finishPage(change, { auditId: after.auditId, pageId, turn })
  } else if (await needsSupervisor(trx, pageId, undecided)) {
    await openSeat(trx, after.page, { seat: 3, turn, escalated: true })
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

async function storeRulings(
  trx: Transaction<DB>,
  given: Pick<HeldSeat, 'pageId' | 'turn' | 'seat'> & {
    readonly submission: Submission
    readonly ruled: readonly RuledItem<AuditItem>[]
    readonly open: number
  },
): Promise<void> {
  const { pageId, turn, seat, submission, ruled, open } = given
  const { submissionId, personId } = submission
  await storeSubmission(trx, submission, pageId, open)
  await sql`
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
  ruled: readonly RuledItem<AuditItem>[],
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
