import { CAPACITY_MAX, type TypingAssignment } from '@songnhap/contracts'
import { recordOf } from '@songnhap/testkit'
import { idOf, letRunOut, type World } from './two-worlds.ts'

/** What a colleague does with a page, seen from the typist who has it: before, during, after. */
export type Deeds = Partial<Record<'before' | 'during' | 'after', Deed>>
type Deed = (world: World, assignment: TypingAssignment) => Promise<unknown>

const key: Deed = ({ colleague }, { leaseToken, pageId }) =>
  colleague.post('/api/entries', {
    entryId: idOf(`${colleague.person.personId} ${pageId}`),
    pageId,
    leaseToken,
    records: [recordOf({ village: 'Thôn Đoài' }), recordOf({ fullName: 'Lý Thị Sen' })],
  })
const giveBack: Deed = ({ colleague }, { leaseToken }) =>
  colleague.post(`/api/assignments/${leaseToken}/release`, {})
const skip: Deed = ({ colleague }, { leaseToken }) =>
  colleague.post(`/api/assignments/${leaseToken}/skip`, { reason: 'unreadable' })
const runOut: Deed = (world, { leaseToken }) => letRunOut(world, leaseToken)
const lateKey: Deed = async (world, assignment) => {
  await runOut(world, assignment)
  await key(world, assignment)
}

/** All that can have happened to a page of which a pass is still to be had. */
export const DEEDS: Readonly<Record<string, Deeds>> = {
  keyed: { before: key },
  'keyed late': { before: lateKey },
  'held, then keyed': { during: key },
  'held until the typist is done': { after: key },
  'given back': { before: giveBack },
  skipped: { before: skip },
  'run out': { before: runOut },
}

/** Everything that may be had now, by its place in the book; the colleague holds it. */
export async function takeAll(
  { colleague }: World,
  capacity: number,
): Promise<Map<number, TypingAssignment>> {
  const { assignments } = await colleague.post<{ assignments: TypingAssignment[] }>(
    '/api/assignments/take',
    { work: 'typing', capacity },
  )
  return new Map(assignments.map((assignment) => [assignment.sequence, assignment]))
}

/** Typist and colleague key whatever is left for them, so that the next round begins with nothing. */
export async function finishBook(
  world: World,
  people = [world.typist, world.colleague],
): Promise<void> {
  for (const person of people) {
    const as = { ...world, colleague: person }
    for (;;) {
      const left = [...(await takeAll(as, CAPACITY_MAX)).values()]
      if (left.length === 0) break
      for (const assignment of left) await key(as, assignment)
    }
  }
}
