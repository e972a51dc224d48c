/** W7: assignments come by three roads in any order, and each is let through once. */
import type { TypingAssignment } from '@songnhap/contracts'
import fc from 'fast-check'
import { t } from 'tap'
import { createHeldWork } from '../src/stream/held-work.ts'

const CAPACITY = 3
const NOW = Date.parse('2026-11-25T08:00:00Z')

function lease(leaseToken: string, minutes = 60): TypingAssignment {
  return {
    kind: 'typing',
    leaseToken,
    pageId: leaseToken,
    form: { name: 'birth-register', version: 1 },
    bookTitle: 'Sổ khai sinh',
    sequence: 1,
    expiresAt: new Date(NOW + minutes * 60_000).toISOString(),
  }
}

t.test('W7: what is held counts against the capacity until it ends or runs out', async (t) => {
  const held = createHeldWork(CAPACITY)
  t.ok(held.add(lease('a')))
  t.ok(held.add(lease('b', 10)))
  t.equal(held.room(NOW), 1)
  t.equal(held.room(NOW + 20 * 60_000), 2, 'b has run out')
  held.renew('b', lease('b', 60).expiresAt)
  t.equal(held.room(NOW + 20 * 60_000), 1)
  held.end('a')
  t.equal(held.room(NOW), 2)
})

t.test('W7: an answer that was on its way does not bring back what has ended', async (t) => {
  const held = createHeldWork(CAPACITY)
  held.add(lease('a'))
  const before = held.tokens()
  held.end('a')
  held.add(lease('b'))
  t.same(held.align(before, [lease('a'), lease('c')]), [lease('c')])
  t.same(held.tokens(), ['b', 'c'], 'b came after the question and is not missed')
})

t.test('W7: no lease is ever let through twice, whatever comes in whatever order', async () => {
  const token = fc.constantFrom('a', 'b', 'c', 'd', 'e')
  const event = fc.oneof(
    fc.record({ road: fc.constant('offer' as const), tokens: fc.tuple(token) }),
    fc.record({ road: fc.constant('end' as const), tokens: fc.tuple(token) }),
    fc.record({ road: fc.constant('all' as const), tokens: fc.uniqueArray(token) }),
  )
  fc.assert(
    fc.property(fc.array(event), (events) => {
      const held = createHeldWork(CAPACITY)
      const sent: string[] = []
      for (const { road, tokens } of events) {
        const leases = tokens.map((leaseToken) => lease(leaseToken))
        if (road === 'end') for (const leaseToken of tokens) held.end(leaseToken)
        else if (road === 'all') {
          sent.push(...held.align(held.tokens(), leases).map(({ leaseToken }) => leaseToken))
        } else sent.push(...leases.filter(held.add).map(({ leaseToken }) => leaseToken))
      }
      return (
        new Set(sent).size === sent.length && held.tokens().every((held) => sent.includes(held))
      )
    }),
  )
})
