/** Comparing pages once more, by the rules or the form of today: what would change, and changing it. */
import { fitIntoReply } from '@songnhap/bus'
import { RULE_VERSION } from '@songnhap/comparators'
import {
  type applyFlips as applyContract,
  type FlippedPage,
  type FormDefinition,
  type listFlips as listContract,
  Problem,
  type ReplyOf,
  type RequestOf,
} from '@songnhap/contracts'
import { type Change, type Ledger, today } from '@songnhap/database'
import { findChangeProblems, withListsResolved } from '@songnhap/forms'
import { type Kysely, sql, type Transaction } from 'kysely'
import { draw } from './compare-entries.ts'
import { selectForm } from './forms.ts'
import { IS_SETTLED } from './is-settled.ts'
import { loadPageCase } from './load-page-case.ts'
import { askWhatIsOpen, type PageCase } from './page-case.ts'
import { lapseRechecks } from './rechecks/lapse-rechecks.ts'
import { digestOf, flipsOf, hasEffect, recomparePage } from './recompare-page.ts'
import type { DB } from './schema.gen.ts'
import { storeArbitration } from './store-arbitration.ts'
import { type Step, storeSteps } from './store-steps.ts'

const PAGES_A_CALL_MAX = 50

interface Candidate {
  readonly pageId: string
  readonly bookTitle: string
  readonly sequence: number
  readonly isSettled: boolean
}

export async function listFlips(
  db: Kysely<DB>,
  { campaignId, form: given, after }: RequestOf<typeof listContract>,
): Promise<ReplyOf<typeof listContract>> {
  return await db.transaction().execute(async (trx) => {
    const form = await formOf(trx, campaignId, given)
    const wanted = { after, version: form.version, isGiven: given !== undefined }
    const candidates = await selectCandidates(trx, campaignId, wanted)
    const pages: (FlippedPage | null)[] = []
    for (const candidate of candidates.slice(0, PAGES_A_CALL_MAX)) {
      pages.push((await comparedAgain(trx, candidate, form))?.flipped ?? null)
    }
    const { fitting, more } = fitIntoReply(pages)
    const last = candidates[fitting.length - 1]
    const isEnd = !more && candidates.length <= PAGES_A_CALL_MAX
    return {
      pages: fitting.filter((page) => page !== null),
      compared: fitting.length,
      ...(isEnd || last === undefined ? {} : { next: last.pageId }),
    }
  })
}

/** The form that pages are to be compared by: the campaign's, or one that could follow it. */
async function formOf(
  trx: Transaction<DB>,
  campaignId: string,
  given: FormDefinition | undefined,
): Promise<FormDefinition> {
  const own = await selectForm(trx, campaignId)
  if (given === undefined) return own
  const unfit = findChangeProblems(own, given)
  if (unfit.length > 0) {
    const details = unfit.map(({ pointer, message }) => `${pointer} ${message}`)
    throw new Problem('FORM_UNFIT', details)
  }
  return withListsResolved(given)
}

/** Pages whose last round was compared by other rules than those of today, or by another form; or all. */
async function selectCandidates(
  trx: Transaction<DB>,
  campaignId: string,
  { after, version, isGiven }: { after: string | undefined; version: number; isGiven: boolean },
): Promise<Candidate[]> {
  const { rows } = await sql<Candidate>`
    select p.page_id as "pageId", b.title as "bookTitle", p.sequence, ${IS_SETTLED} as "isSettled"
    from page p join book b using (book_id)
      join lateral (
        select rule_version, form_version from comparison k
        where k.page_id = p.page_id order by round desc limit 1
      ) k on true
    where p.campaign_id = ${campaignId} and (${after ?? null}::uuid is null or p.page_id > ${after ?? null})
      and (${isGiven} or k.rule_version <> ${RULE_VERSION} or k.form_version <> ${version})
      and not ${IS_FROZEN}
    order by p.page_id limit ${PAGES_A_CALL_MAX + 1}`.execute(trx)
  return rows
}

/** In a frozen book nothing changes but by what its audit finds. */
const IS_FROZEN = sql`exists (select from frozen_book f where f.book_id = p.book_id)`

interface ComparedAgain {
  readonly before: PageCase
  readonly after: PageCase
  readonly flipped: FlippedPage
}

/** Null: nothing would change. */
async function comparedAgain(
  trx: Transaction<DB>,
  { pageId, bookTitle, sequence, isSettled }: Candidate,
  form: FormDefinition,
): Promise<ComparedAgain | null> {
  const before = await loadPageCase(trx, pageId)
  const after = recomparePage(before, form)
  if (after === null) return null
  const flips = flipsOf(before, after, isSettled)
  // What is still asked is to be answered by the new form, such as with what can be picked now.
  const moves = !isSettled && form.version !== before.form.version
  if (flips.length === 0 && !moves) return null
  const digest = digestOf(before, form, flips)
  const page = { pageId, bookTitle, sequence, settled: isSettled, flips, digest }
  return { before, after, flipped: moves ? { ...page, moves } : page }
}

/**
 * New rounds for pages on which something follows. Questions that are asked no more stay stored, and
 * every ruling stays; a settled page is opened again with the new questions only.
 */
export async function applyFlips(
  ledger: Ledger<DB>,
  arbitrationOpened: () => void,
  { campaignId, formVersion, pages }: RequestOf<typeof applyContract>,
): Promise<ReplyOf<typeof applyContract>> {
  return await ledger.change(async (change) => {
    const { trx } = change
    const form = await holdForm(trx, campaignId, formVersion)
    const digests = new Map(pages.map(({ pageId, digest }) => [pageId, digest]))
    const candidates = await lockCandidates(trx, campaignId, [...digests.keys()])
    if (candidates.length < digests.size) throw new Problem('FLIPS_CHANGED')
    let [questions, reopened] = [0, 0]
    for (const candidate of candidates) {
      const compared = await comparedAgain(trx, candidate, form)
      if (compared === null || compared.flipped.digest !== digests.get(candidate.pageId)) {
        throw new Problem('FLIPS_CHANGED')
      }
      if (!hasEffect(compared.flipped)) continue
      const step = { before: compared.before, after: askWhatIsOpen(compared.after, draw) }
      await store(change, step, candidate.isSettled, arbitrationOpened)
      questions += step.after.asked.length - step.before.asked.length
      reopened += candidate.isSettled ? 1 : 0
    }
    return { questions, reopened }
  })
}

/** The campaign's form, which does not change meanwhile. */
async function holdForm(
  trx: Transaction<DB>,
  campaignId: string,
  version: number | undefined,
): Promise<FormDefinition> {
  await sql`select from campaign where campaign_id = ${campaignId} for share`.execute(trx)
  const form = await selectForm(trx, campaignId)
  // Intake was told before reconcile is asked, and its fact may be on its way.
  if (version !== undefined && form.version !== version) {
    throw new Problem('UNAVAILABLE', [`the campaign is not keyed by version ${version} here yet`])
  }
  return form
}

async function store(
  change: Change<DB>,
  step: Step & { readonly before: PageCase },
  isSettled: boolean,
  arbitrationOpened: () => void,
): Promise<void> {
  if (isSettled) {
    await openAgain(change, step.before)
    await lapseRechecks(change.trx, [step.before.pageId])
  } else await storeArbitration(change.trx, step.after)
  await storeSteps(change, [step], arbitrationOpened)
}

/** Its records stay as they were settled last until they are settled again; only counts go back. */
export async function openAgain(
  { trx, count }: Change<DB>,
  { pageId, campaignId: scope, form }: PageCase,
): Promise<void> {
  const { records, book_id: bookId } = await trx
    .selectFrom('settled_page')
    .innerJoin('page', 'page.page_id', 'settled_page.page_id')
    .select(['records', 'book_id'])
    .where('page.page_id', '=', pageId)
    .orderBy('revision', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  count([
    { scope, measure: 'pages-settled', field: today(), amount: -1 },
    { scope: bookId, measure: 'pages-settled', amount: -1 },
    { scope, measure: 'records-settled', amount: -records },
    { scope, measure: 'fields-settled', amount: -records * form.fields.length },
  ])
}

/** Nobody rules on these meanwhile, nor is anything of them keyed. */
async function lockCandidates(
  trx: Transaction<DB>,
  campaignId: string,
  pageIds: readonly string[],
): Promise<Candidate[]> {
  await sql`
    select from open_arbitration where page_id = any (${pageIds}::uuid[])
    order by page_id for update`.execute(trx)
  await sql`
    select from page where page_id = any (${pageIds}::uuid[]) and campaign_id = ${campaignId}
    order by page_id for update`.execute(trx)
  const { rows } = await sql<Candidate>`
    select p.page_id as "pageId", b.title as "bookTitle", p.sequence, ${IS_SETTLED} as "isSettled"
    from page p join book b using (book_id)
    where p.page_id = any (${pageIds}::uuid[]) and p.campaign_id = ${campaignId}
      and exists (select from comparison k where k.page_id = p.page_id) and not ${IS_FROZEN}
    order by p.page_id`.execute(trx)
  return rows
}
