import { openStream, type Stream } from '@songnhap/client'
import type { FormDefinition, Question, Ruling, TypedRecords } from '@songnhap/contracts'
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

/** Rules on whatever comes, at once. */
export async function startArbiter(
  person: Admitted,
  failed: (error: unknown) => void,
): Promise<Stream> {
  const hello = { work: 'arbitration', capacity: CAPACITY } as const
  const stream = await openStream(person, person.gatewayUrl, hello, (assignment) => {
    if (assignment.kind !== 'arbitration') return failed(new Error('an arbiter was sent a page'))
    const rulings = assignment.questions.map(ruleOn)
    const { leaseToken } = assignment
    const submissionId = crypto.randomUUID()
    void stream.order({ type: 'rule', submissionId, leaseToken, rulings }).catch(failed)
  })
  return stream
}

/** As shown, and for the reading that is shown first; a record that one reader has is not there. */
function ruleOn({ questionId, kind, present, pairs = [], readings }: Question): Ruling {
  switch (kind) {
    case 'page':
      return { questionId, verdict: 'as-typed' }
    case 'alignment':
      return { questionId, verdict: 'aligned', pairs }
    case 'record':
      return { questionId, verdict: present[0] ? 'second' : 'first' }
    case 'field':
      return { questionId, verdict: readings[0] === null ? 'second' : 'first' }
  }
}
