/** Supervisors name known-answer pages, two of them each, and retire them. */
import {
  type confirmKnownPage as confirmContract,
  KNOWN_PAGES_MAX,
  type KnownPageHindrance,
  knownPageNamed,
  knownPageRetired,
  Problem,
  type ReplyOf,
  type RequestOf,
  type retireKnownPage as retireContract,
} from '@songnhap/contracts'
import type { Change, Ledger } from '@songnhap/database'
import { sql, type Transaction } from 'kysely'
import type { DB } from '../schema.gen.ts'
import { selectArbiters } from '../select-arbiters.ts'
import {
  hindranceOf,
  type KnownPageStanding,
  readStanding,
  stateOf,
} from './known-page-standing.ts'

const WHY: Record<KnownPageHindrance, string> = {
  retired: 'it was retired, which is for ever',
  named: 'it is a known-answer page already',
  'confirmed-before': 'you have confirmed it; another supervisor has to confirm it too',
  open: 'something of it is open: wait until it is decided',
  empty: 'it has no record',
  met: 'you keyed it or had an arbitration of it: somebody else has to confirm it',
}

export async function confirmKnownPage(
  ledger: Ledger<DB>,
  { pageId, personId, revision }: RequestOf<typeof confirmContract>,
): Promise<ReplyOf<typeof confirmContract>> {
  return await ledger.change(async (change) => {
    const { trx } = change
    await lockPage(trx, pageId)
    const standing = await readStanding(trx, pageId, personId)
    if (standing.confirmedBy.includes(personId)) return { state: stateOf(standing) }
    const hindrance = hindranceOf(standing, personId)
    if (hindrance !== null) throw new Problem('KNOWN_PAGE_UNFIT', [WHY[hindrance]])
    if (revision !== standing.revision) {
      throw new Problem('KNOWN_PAGE_UNFIT', ['it was settled anew since you looked: look again'])
    }
    await trx
      .insertInto('known_page_confirmation')
      .values({ page_id: pageId, revision, person_id: personId })
      .execute()
    const [first] = standing.confirmedBy
    if (first === undefined) return { state: 'confirmed' }
    await namePage(change, standing, [first, personId])
    return { state: 'named' }
  })
}

/** So that the second of two confirmations sees the first, and nobody opens the page meanwhile. */
async function lockPage(trx: Transaction<DB>, pageId: string): Promise<void> {
  await sql`select from page where page_id = ${pageId} for update`.execute(trx)
}

async function namePage(
  { trx, say }: Change<DB>,
  { pageId, campaignId, revision }: KnownPageStanding,
  [first, second]: readonly [string, string],
): Promise<void> {
  const { rows } = await sql<{ known: number }>`
    select count(*)::int as known from known_page where campaign_id = ${campaignId}`.execute(trx)
  if ((rows[0]?.known ?? 0) >= KNOWN_PAGES_MAX) {
    throw new Problem('KNOWN_PAGE_UNFIT', [`a campaign has at most ${KNOWN_PAGES_MAX} of them`])
  }
  await trx
    .insertInto('known_page')
    .values({
      page_id: pageId,
      campaign_id: campaignId,
      revision,
      first_by: first,
      second_by: second,
    })
    .execute()
  const arbiters = (await selectArbiters(trx, [pageId]))(pageId)
  say(knownPageNamed, { pageId, campaignId, notBy: [...new Set([...arbiters, first, second])] })
}

export async function retireKnownPage(
  ledger: Ledger<DB>,
  { pageId, personId }: RequestOf<typeof retireContract>,
): Promise<ReplyOf<typeof retireContract>> {
  return await ledger.change(async (change) => {
    await lockPage(change.trx, pageId)
    const standing = await readStanding(change.trx, pageId, personId)
    if (!standing.isNamed) throw new Problem('NOT_FOUND')
    await endPages(change, [pageId], 'supervisor', personId)
    return { state: 'retired' }
  })
}

/** Its answer is not what was confirmed any more. */
export async function retireSettledAnew(
  change: Change<DB>,
  pageIds: readonly string[],
): Promise<void> {
  await endPages(change, pageIds, 'settled-anew', null)
}

/** A page that is none of its book's is no page to measure anybody by. */
export async function retireSetAside(
  change: Change<DB>,
  pageId: string,
  personId: string,
): Promise<void> {
  await endPages(change, [pageId], 'supervisor', personId)
}

/** Of those that are named and not retired. */
async function endPages(
  { trx, say }: Change<DB>,
  pageIds: readonly string[],
  reason: 'supervisor' | 'settled-anew',
  personId: string | null,
): Promise<void> {
  const { rows } = await sql<{ pageId: string; campaignId: string }>`
    with ended as (
      insert into known_page_end (page_id, reason, ended_by)
      select page_id, ${reason}, ${personId}::uuid from known_page
      where page_id = any (${pageIds}::uuid[])
      on conflict do nothing returning page_id
    )
    select page_id as "pageId", campaign_id as "campaignId"
    from ended join known_page using (page_id)`.execute(trx)
  for (const page of rows) say(knownPageRetired, { ...page, reason })
}

/** Who is given an arbitration of a known-answer page has met it. */
export async function keepFromKnown(
  { trx, say }: Change<DB>,
  pageId: string,
  personId: string,
): Promise<void> {
  const { rows } = await sql<{ campaignId: string }>`
    select campaign_id as "campaignId" from known_page k
    where page_id = ${pageId}
      and not exists (select from known_page_end e where e.page_id = k.page_id)`.execute(trx)
  for (const { campaignId } of rows) say(knownPageNamed, { pageId, campaignId, notBy: [personId] })
}
