import type { TypingAssignment } from '@songnhap/contracts'
import type { Deeds } from './colleague.ts'
import type { Operation } from './doors.ts'
import { tryOperation, type Visit } from './visit.ts'

/**
 * One page from being given to being done with. Every door that is about a lease is tried three times;
 * `first` while the lease lives, which it may end, and the others after it. `theirs` is the lease of
 * the colleague, who does something meanwhile; undefined in the world without one.
 */
export async function livePage(
  visit: Visit,
  title: string,
  first: Operation,
  doors: readonly Operation[],
  deeds: Deeds,
  theirs: TypingAssignment | undefined,
): Promise<void> {
  const mine = await visit.take()
  visit.putOnDesk(mine)
  await tryOperation(visit, `first of all, ${title}`, first)
  if (theirs !== undefined) await deeds.during?.(visit.world, theirs)
  for (const door of doors) await tryOperation(visit, `then, ${title}`, door)
  if (theirs !== undefined) await deeds.after?.(visit.world, theirs)
  for (const door of doors) await tryOperation(visit, `once more, ${title}`, door)
  await untilNext(visit, mine.sequence)
}

/** What was given back comes back, and is keyed in the end. */
export async function untilNext(visit: Visit, place: number): Promise<void> {
  const next = await visit.take()
  if (next.sequence !== place) return
  visit.putOnDesk(next)
  const { entryId, pageId, leaseToken, records } = visit.known
  const body = JSON.stringify({ entryId, pageId, leaseToken, records })
  const headers = { 'content-type': 'application/json' }
  await visit.ask('key it', { method: 'POST', path: '/api/entries', headers, body })
  const after = await visit.take()
  if (after.sequence === place) throw new Error('a page that was keyed came back')
}
