import { answer } from '@songnhap/bus'
import * as contracts from '@songnhap/contracts'
import { type Person, Problem, type TypingAssignment } from '@songnhap/contracts'
import { uuidv7 } from 'uuidv7'
import type { World } from './open-gateway.ts'

/** Entry as its contracts say, without the rules by which it hands out pages. */
export async function playEntry({ bus }: World) {
  const held = new Map<string, TypingAssignment[]>()
  const submitted: unknown[] = []
  let gate = Promise.resolve()
  let open = () => {}
  const heldBy = (personId: string) => held.get(personId) ?? []
  const end = (personId: string, token: string) => {
    const left = heldBy(personId).filter(({ leaseToken }) => leaseToken !== token)
    if (left.length === heldBy(personId).length) throw new Problem('LEASE_ENDED')
    held.set(personId, left)
  }
  const entry = {
    isBusy: false,
    submitted,
    give: (person: Person, ...assignments: TypingAssignment[]) =>
      held.set(person.personId, [...heldBy(person.personId), ...assignments]),
    /** As if the page had been handed in by another road. */
    take: (person: Person, { leaseToken }: TypingAssignment) =>
      held.set(
        person.personId,
        heldBy(person.personId).filter((one) => one.leaseToken !== leaseToken),
      ),
    hold() {
      gate = new Promise((resolve) => {
        open = resolve
      })
    },
    letGo: () => open(),
  }
  await bus.answer('entry', [
    answer(contracts.takeAssignments, async ({ personId, capacity }) => ({
      assignments: heldBy(personId).slice(0, capacity),
    })),
    answer(contracts.submitEntry, async (request) => {
      if (entry.isBusy) throw new Problem('UNAVAILABLE')
      await gate
      const { personId, entryId, leaseToken, capacity } = request
      submitted.push(request)
      held.set(
        personId,
        heldBy(personId).filter((one) => one.leaseToken !== leaseToken),
      )
      return { entryId, assignments: heldBy(personId).slice(0, capacity) }
    }),
    answer(contracts.renewAssignment, async ({ personId, leaseToken }) => {
      const one = heldBy(personId).find((assignment) => assignment.leaseToken === leaseToken)
      if (one === undefined) throw new Problem('LEASE_ENDED')
      return { expiresAt: one.expiresAt }
    }),
    answer(contracts.releaseAssignment, async ({ personId, leaseToken }) => {
      end(personId, leaseToken)
      return {}
    }),
    answer(contracts.skipPage, async ({ personId, leaseToken }) => {
      end(personId, leaseToken)
      return {}
    }),
  ])
  return entry
}

export function lease(): TypingAssignment {
  return {
    kind: 'typing',
    leaseToken: uuidv7(),
    pageId: uuidv7(),
    form: { name: 'birth-register', version: 1 },
    bookTitle: 'Sổ khai sinh 1975',
    sequence: 1,
    expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
  }
}
