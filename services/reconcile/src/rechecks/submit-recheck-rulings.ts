import {
  type submitRulings as contract,
  Problem,
  type ReplyOf,
  type RequestOf,
  type Ruling,
} from '@songnhap/contracts'
import type { Change } from '@songnhap/database'
import { sql, type Transaction } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { checkPairs } from '../check-pairs.ts'
import type { PageCase } from '../page-case.ts'
import type { DB } from '../schema.gen.ts'
import { closeSeat } from '../seats/close-seat.ts'
import { countRulings } from '../seats/count-rulings.ts'
import { findAnswer } from '../seats/find-answer.ts'
import { matchFieldRulings, type RuledItem } from '../seats/match-field-rulings.ts'
import { openSeat } from '../seats/open-seat.ts'
import { storeSubmission } from '../seats/store-submission.ts'
import { realigning } from '../show-question.ts'
import { storeRulingTime } from '../store-ruling-time.ts'
import { swapPairs } from '../swap.ts'
import { endRechecks } from './end-rechecks.ts'
import { loadRechecks, type RecheckedPage } from './load-rechecks.ts'
import { decideRecheck, itemsFor, type RecheckItem, type RecheckSeat } from './recheck-item.ts'

type Submission = RequestOf<typeof contract>

interface HeldSeat {
  readonly pageId: string
  readonly seat: RecheckSeat
  readonly isOpen: boolean
}

/** What a second arbiter, or a supervisor after that one, says of rulings; and what follows for them. */
export async function submitRecheckRulings(
  change: Change<DB>,
  { pageId, seat, isOpen }: HeldSeat,
  submission: Submission,
  handedOver: () => void,
): Promise<ReplyOf<typeof contract>> {
  const { trx } = change
  const { submissionId, personId, rulings } = submission
  // Both seats may send at one moment: the later one sees what the other said.
  await sql`select from page where page_id = ${pageId} for update`.execute(trx)
  const answered = await findAnswer(trx, submission, pageId)
  if (answered !== undefined) return { submissionId, open: answered }
  if (!isOpen) throw new Problem('LEASE_ENDED')

  const before = await loadRechecks(trx, pageId)
  const mine = itemsFor(before.open, seat)
  const ruled = matchRulings(before, mine, seat, rulings)
  const open = mine.length - ruled.length
  await storeSubmission(trx, submission, pageId, open)
  await storeRulings(trx, { pageId, seat, submission, ruled })
  await storeRulingTime(change, before.page, submission)
  change.count(countRulings(before.page.campaignId, personId, rulings))
  if (open === 0) await closeSeat(trx, pageId, seat)
  const after = await loadRechecks(trx, pageId)
  if (after.open.some((item) => decideRecheck(item).is === 'disputed')) {
    await openSeat(trx, after.page, { seat: 5, escalated: true })
    change.afterCommit(handedOver)
  }
  await endRechecks(change, after)
  return { submissionId, open }
}

/**
 * Who says that other records belong together has answered nothing of what is asked by that: all of it is
 * passed on. The records of a settled page are known outside and are not paired anew, which a second
 * arbiter is not told: it would say that the page is settled.
 */
function matchRulings(
  { page, open }: RecheckedPage,
  mine: readonly RecheckItem[],
  seat: RecheckSeat,
  rulings: readonly Ruling[],
): RuledItem<RecheckItem>[] {
  const pairing = realigning(page)
  const [aligned, others] = [
    rulings.find((ruling) => isAbout(pairing, ruling)),
    rulings.filter((ruling) => !isAbout(pairing, ruling)),
  ]
  const sitting = { form: page.form, mine, all: open, isLast: seat === 5 }
  const ruled = matchFieldRulings(sitting, others)
  if (aligned === undefined) return ruled
  if (rulings.length > others.length + 1) {
    throw new Problem('RULING_INVALID', ['one question is ruled on twice'])
  }
  const findings = findingsOf(page, pairing?.swapped === true, seat, aligned)
  if (findings.length > 0) throw new Problem('RULING_INVALID', findings)
  const left = mine.filter((item) => !ruled.some((one) => one.item === item))
  return [...ruled, ...left.map((item) => ({ rulingId: uuidv7(), item, ruling: aligned }))]
}

function isAbout(pairing: { questionId: string } | undefined, ruling: Ruling): boolean {
  return ruling.verdict === 'aligned' && ruling.questionId === pairing?.questionId
}

function findingsOf(
  { compared }: PageCase,
  swapped: boolean,
  seat: RecheckSeat,
  { pairs, value }: Ruling,
): string[] {
  const found = (finding: string) => [`the page: ${finding}`]
  if (value !== undefined) return found('a value goes with "other" only')
  if (pairs === undefined) return found('"aligned" needs pairs: each record of both entries once')
  if (seat === 5) return found('was settled before, with these records')
  return checkPairs(compared, swapped ? swapPairs(pairs) : pairs).flatMap(found)
}

async function storeRulings(
  trx: Transaction<DB>,
  given: Pick<HeldSeat, 'pageId' | 'seat'> & {
    readonly submission: Submission
    readonly ruled: readonly RuledItem<RecheckItem>[]
  },
): Promise<void> {
  const { pageId, seat, submission, ruled } = given
  const { submissionId, personId } = submission
  await trx
    .insertInto('recheck_ruling')
    .values(
      ruled.map(({ rulingId, item, ruling: { questionId, verdict, value, note } }) => ({
        ruling_id: rulingId,
        submission_id: submissionId,
        recheck_id: item.itemId,
        question_id: questionId,
        page_id: pageId,
        seat,
        arbiter_id: personId,
        verdict,
        value: value === undefined ? null : JSON.stringify(value),
        note: note ?? null,
      })),
    )
    .execute()
}
