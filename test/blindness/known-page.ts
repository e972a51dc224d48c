import type { Api } from '@songnhap/client'
import type { KnownPageShown, TypingAssignment } from '@songnhap/contracts'
import { eventually, recordOf } from '@songnhap/testkit'
import { sql } from 'kysely'
import { finishBook, takeAll } from './colleague.ts'
import { idOf, openBook, uploadScans, type World } from './two-worlds.ts'

/** A known page is shown by a half where many are owed: that none comes in so many tries does not happen. */
const TRIES_MAX = 60

/** A book whose first places two others have in hand, and which the typist has entered behind them. */
export interface PassedBook {
  readonly bookId: string
  readonly campaignId: string
  /** What both others have in hand, by place. */
  readonly held: readonly Map<number, TypingAssignment>[]
}

/** `passed`: so many places stand before the one that the typist keys; behind it one page is free. */
export async function openPassedBook(
  world: World,
  name: string,
  { passed, scans }: { passed: number; scans: readonly number[] },
): Promise<PassedBook> {
  // Of earlier books, what was left to somebody else.
  await finishBook(world, [world.another])
  const { campaignId, bookId } = await openBook(world, name)
  await uploadScans(world, bookId, scans)
  const held: Map<number, TypingAssignment>[] = []
  for (const colleague of [world.colleague, world.another]) {
    const theirs = await takeAll({ ...world, colleague }, passed)
    if (!theirs.has(1) || !theirs.has(passed)) throw new Error('somebody was not given every page')
    held.push(theirs)
  }
  const mine = await takeOne(world.typist)
  if (mine.sequence !== passed + 1) throw new Error(`the typist was led to ${mine.sequence}`)
  await key(world.typist, mine)
  await world.supervisor.put(`/api/campaigns/${campaignId}/known-shares`, SHARES)
  return { campaignId, bookId, held }
}
const SHARES = { newcomers: 0.1, others: 0.1 }

/**
 * At the end the typist holds the page at this place: an ordinary one that somebody gave back or, where it
 * `isKnown`, one that both others keyed alike and two supervisors confirmed, shown as if it were one.
 */
export async function holdPassed(
  world: World,
  { bookId, held }: PassedBook,
  place: number,
  isKnown: boolean,
): Promise<void> {
  for (const [index, other] of [world.colleague, world.another].entries()) {
    const assignment = held[index]?.get(place)
    held[index]?.delete(place)
    if (assignment === undefined) throw new Error(`nobody has page ${place} in hand`)
    if (isKnown) await key(other, assignment)
    else if (index === 0) await giveBack(other, assignment)
  }
  if (isKnown) await nameKnown(world, bookId, place)
  for (let tried = 0; tried < TRIES_MAX; tried += 1) {
    if (isKnown) await oweMany(world)
    const mine = await takeOne(world.typist)
    if (mine.sequence === place) {
      await checkShown(world, mine, isKnown)
      return
    }
    await giveBack(world.typist, mine)
  }
  throw new Error(`page ${place} was not given`)
}

/** The two others give back the places that were not passed to the typist. */
export async function letGo(world: World, { held }: PassedBook): Promise<void> {
  for (const [index, other] of [world.colleague, world.another].entries()) {
    for (const assignment of held[index]?.values() ?? []) {
      await giveBack(other, assignment)
    }
  }
}

async function nameKnown(world: World, bookId: string, place: number): Promise<void> {
  const path = `/api/books/${bookId}/pages/${place}/answer`
  const settled = await eventually(
    () => world.supervisor.get<KnownPageShown>(path).catch(() => undefined),
    (shown) => shown !== undefined,
  )
  if (settled === undefined) throw new Error(`page ${place} is not settled`)
  const { pageId, revision } = settled
  for (const supervisor of [world.supervisor, world.secondSupervisor]) {
    await supervisor.post(`/api/known-pages/${pageId}/confirm`, { revision })
  }
  await eventually(
    () => sql`select from known_page where page_id = ${pageId}`.execute(world.db),
    ({ rows }) => rows.length === 1,
  )
}

/** As if the typist had keyed many pages without a known one among them. */
async function oweMany({ db, typist }: World): Promise<void> {
  await sql`update person set known_due = 3
    where person_id = ${typist.person.personId}`.execute(db)
}

/** That there is something to tell apart at all. */
async function checkShown({ db }: World, { pageId }: TypingAssignment, isKnown: boolean) {
  const { rows } = await sql<{ isShowing: boolean }>`
    select shows is not null as "isShowing" from page where page_id = ${pageId}`.execute(db)
  if (rows[0]?.isShowing !== isKnown) throw new Error('it is the other kind of page')
}

async function takeOne(person: Api): Promise<TypingAssignment> {
  const wanted = { work: 'typing', capacity: 1 }
  const path = '/api/assignments/take'
  const { assignments } = await person.post<{ assignments: TypingAssignment[] }>(path, wanted)
  const [assignment] = assignments
  if (assignment === undefined) throw new Error('the typist was given no page')
  return assignment
}

async function key(person: Api, { pageId, leaseToken }: TypingAssignment): Promise<void> {
  const entryId = idOf(`${person.person.personId} ${pageId}`)
  await person.post('/api/entries', { entryId, pageId, leaseToken, records: [recordOf()] })
}

async function giveBack(person: Api, { leaseToken }: TypingAssignment): Promise<void> {
  await person.post(`/api/assignments/${leaseToken}/release`, {})
}
