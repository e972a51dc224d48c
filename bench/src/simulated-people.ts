import { openStream, type Stream } from '@songnhap/client'
import type { FormDefinition, Ruling, TypedRecords } from '@songnhap/contracts'
import { misreadPage } from '@songnhap/demo'
import { createRandom, sampleTruth } from '@songnhap/samples'
import type { Admitted } from './admit-people.ts'

const SEED = 1
/** No record is left out: it would be wanted a third time, and two entries a page are planned. */
const HABITS = { errorRate: 0.02, leavesRecordsOut: false }
const CAPACITY = 2

/** What will be keyed of each page, the first and the second time: made before the clock starts. */
export type PlannedEntries = ReadonlyMap<string, TypedRecords[]>

export function planEntries(form: FormDefinition, pageIds: readonly string[]): PlannedEntries {
  const random = createRandom(SEED, 'bench')
  return new Map(
    pageIds.map((pageId, index) => {
      const truth = sampleTruth(SEED, index)
      return [pageId, [0, 1].map(() => misreadPage(random, form, truth, HABITS))]
    }),
  )
}

/** Keys whatever comes, at once. Fails the run by `failed` when something is refused. */
export async function startTypist(
  person: Admitted,
  planned: PlannedEntries,
  failed: (error: unknown) => void,
): Promise<Stream> {
  const hello = { work: 'typing', capacity: CAPACITY } as const
  const stream = await openStream(person, person.gatewayUrl, hello, (assignment) => {
    const { pageId, leaseToken } = assignment
    const records = planned.get(pageId)?.pop()
    if (records === undefined) return failed(new Error('a page was given out a third time'))
    const entryId = crypto.randomUUID()
    void stream.order({ type: 'submit', entryId, pageId, leaseToken, records }).catch(failed)
  })
  return stream
}

/** Rules on whatever comes, at once, for the reading that is shown first wherever there is one. */
export async function startArbiter(
  person: Admitted,
  failed: (error: unknown) => void,
): Promise<Stream> {
  const hello = { work: 'arbitration', capacity: CAPACITY } as const
  const stream = await openStream(person, person.gatewayUrl, hello, (assignment) => {
    if (assignment.kind !== 'arbitration') return failed(new Error('an arbiter was sent a page'))
    const rulings = assignment.questions.map(({ questionId, field, present, readings }): Ruling => {
      const hasFirst = field === null ? present[0] : readings[0] !== null
      return { questionId, verdict: hasFirst ? 'first' : 'second' }
    })
    const { leaseToken } = assignment
    const submissionId = crypto.randomUUID()
    void stream.order({ type: 'rule', submissionId, leaseToken, rulings }).catch(failed)
  })
  return stream
}
