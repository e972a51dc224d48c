/**
 * Rules W2 and W4–W10 of docs/spec/stream.md, what a person at work gets: real sockets to a listening
 * gateway; entry and reconcile are played.
 */
import { answer } from '@songnhap/bus'
import * as contracts from '@songnhap/contracts'
import { eventually } from '@songnhap/testkit'
import { t } from 'tap'
import { uuidv7 } from 'uuidv7'
import { enter, openGateway, openWorld } from './open-gateway.ts'
import { hello, openSocket } from './open-socket.ts'
import { lease, playEntry } from './play-entry.ts'

const records = [{ ten: { value: 'Trần Thị Ẵm', origin: 'typed' as const } }]

t.test('a typist at work', async (t) => {
  const world = await openWorld(t)
  const gateway = await openGateway(t, world)
  const entry = await playEntry(world)
  const begin = async (capacity = 2, holding: string[] = []) => {
    const typist = await enter(world, gateway, ['typist'])
    const socket = await openSocket(t, gateway, typist)
    socket.send(hello('typing', capacity, holding))
    const snapshot = await socket.next('snapshot')
    return { typist, socket, snapshot }
  }

  t.test(
    'W2: hello is answered by what the person holds, and what is held no longer',
    async (t) => {
      const [gone, kept] = [uuidv7(), lease()]
      const typist = await enter(world, gateway, ['typist'])
      entry.give(typist.person, kept, lease())
      const socket = await openSocket(t, gateway, typist)
      socket.send(hello('typing', 2, [gone, kept.leaseToken]))
      const { person, assignments, ended, heartbeatMs } = await socket.next('snapshot')
      t.same(person, {
        personId: typist.person.personId,
        name: typist.person.name,
        roles: ['typist'],
      })
      t.equal(assignments.length, 2)
      t.same(ended, [gone])
      t.equal(heartbeatMs, 20_000)
    },
  )

  t.test('W4: an entry is acked with its ref, and the next page follows by itself', async (t) => {
    const { typist, socket } = await begin()
    const [first, second] = [lease(), { ...lease(), places: [2, 5], coreOnly: true }]
    entry.give(typist.person, first)
    world.bus.push(contracts.assignmentOffered, typist.person.personId, {
      personId: typist.person.personId,
      assignment: first,
    })
    await socket.next('assignment')
    entry.give(typist.person, second)
    const submit = {
      type: 'submit' as const,
      ref: 'r1',
      entryId: uuidv7(),
      pageId: first.pageId,
      leaseToken: first.leaseToken,
      records,
    }
    t.same(await socket.ask(submit), { type: 'ack', ref: 'r1' })
    t.same((await socket.next('assignment')).assignment, second)
    t.match(entry.submitted.at(-1), { personId: typist.person.personId, records, capacity: 2 })
    t.same(
      await socket.ask({ ...submit, ref: 'r2' }),
      { type: 'ack', ref: 'r2' },
      'a repeat is acked',
    )
  })

  t.test('W4: renew, release and skip are acked; a lease that has ended is refused', async (t) => {
    const typist = await enter(world, gateway, ['typist'])
    const leases = [lease(), lease()]
    entry.give(typist.person, ...leases)
    const socket = await openSocket(t, gateway, typist)
    socket.send(hello('typing', 2))
    await socket.next('snapshot')
    const [first, second] = leases.map(({ leaseToken }) => leaseToken) as [string, string]
    t.match(await socket.ask({ type: 'renew', ref: '1', leaseToken: first }), {
      type: 'ack',
      expiresAt: /Z$/,
    })
    t.same(await socket.ask({ type: 'release', ref: '2', leaseToken: first }), {
      type: 'ack',
      ref: '2',
    })
    const next = lease()
    entry.give(typist.person, next)
    const skip = { type: 'skip', ref: '3', leaseToken: second, reason: 'unreadable' } as const
    t.same(await socket.ask(skip), { type: 'ack', ref: '3' })
    t.same((await socket.next('assignment')).assignment, next, 'the next page comes at once')
    t.match(await socket.ask({ type: 'renew', ref: '4', leaseToken: first }), {
      type: 'refusal',
      ref: '4',
      code: 'LEASE_ENDED',
      message: { vi: /./, en: /./ },
    })
  })

  t.test('W5: what turns up is sent once, and never more than was asked for', async (t) => {
    const { typist, socket } = await begin(2)
    const leases = [lease(), lease(), lease()]
    entry.give(typist.person, ...leases)
    const offer = (assignment: contracts.TypingAssignment) =>
      world.bus.push(contracts.assignmentOffered, typist.person.personId, {
        personId: typist.person.personId,
        assignment,
      })
    for (const assignment of [...leases, ...leases]) offer(assignment)
    offer({ ...lease() })
    await socket.next('assignment')
    await socket.next('assignment')
    const pong = socket.next('pong')
    socket.send({ type: 'ping' })
    await pong
    t.equal(socket.heard.filter(({ type }) => type === 'assignment').length, 2)
  })

  t.test('W6: whatever an offer missed is found by asking again', async (t) => {
    const quick = await openGateway(t, world, { refreshMs: 50 })
    const typist = await enter(world, quick, ['typist'])
    const socket = await openSocket(t, quick, typist)
    socket.send(hello('typing', 1))
    await socket.next('snapshot')
    const assignment = lease()
    entry.give(typist.person, assignment)
    t.same((await socket.next('assignment')).assignment, assignment)
  })

  t.test('W6: a page that was handed in elsewhere makes room for the next one', async (t) => {
    const quick = await openGateway(t, world, { refreshMs: 50 })
    const typist = await enter(world, quick, ['typist'])
    const socket = await openSocket(t, quick, typist)
    const [first, second] = [lease(), lease()]
    entry.give(typist.person, first)
    socket.send(hello('typing', 1))
    t.same((await socket.next('snapshot')).assignments, [first])
    // By HTTP, say: this socket is not told, and its one place is taken as far as it knows.
    entry.take(typist.person, first)
    entry.give(typist.person, second)
    t.same((await socket.next('assignment')).assignment, second)
  })

  t.test('W8: one person at two gateways is told at both', async (t) => {
    const second = await openGateway(t, world)
    const { typist, socket } = await begin()
    const there = await openSocket(t, second, typist)
    there.send(hello('typing', 2))
    await there.next('snapshot')
    const assignment = lease()
    world.bus.push(contracts.assignmentOffered, typist.person.personId, {
      personId: typist.person.personId,
      assignment,
    })
    t.same((await socket.next('assignment')).assignment, assignment)
    t.same((await there.next('assignment')).assignment, assignment)
  })

  t.test(
    'W9: an order that entry cannot take now is refused with its ref, to be sent again',
    async (t) => {
      const { socket } = await begin()
      const submit = {
        type: 'submit' as const,
        entryId: uuidv7(),
        pageId: uuidv7(),
        leaseToken: uuidv7(),
        records,
      }
      entry.isBusy = true
      t.match(await socket.ask({ ...submit, ref: 'x' }), {
        type: 'refusal',
        ref: 'x',
        code: 'UNAVAILABLE',
      })
      entry.isBusy = false
      t.same(await socket.ask({ ...submit, ref: 'x2' }), { type: 'ack', ref: 'x2' })
    },
  )

  t.test('W10: more than 16 orders under way are refused, and none is lost', async (t) => {
    const { socket } = await begin()
    entry.hold()
    for (let n = 1; n <= 20; n += 1) {
      socket.send({
        type: 'submit',
        ref: `${n}`,
        entryId: uuidv7(),
        pageId: uuidv7(),
        leaseToken: uuidv7(),
        records,
      })
    }
    await socket.next('refusal')
    entry.letGo()
    const answers = await eventually(
      () => socket.heard.filter((message) => 'ref' in message),
      (all) => all.length === 20,
    )
    t.equal(answers.filter(({ type }) => type === 'ack').length, 16)
  })
})

t.test('W4, W5: an arbiter rules field by field, and gets no other kind of work', async (t) => {
  const world = await openWorld(t)
  const gateway = await openGateway(t, world)
  const arbiter = await enter(world, gateway, ['arbiter', 'supervisor', 'typist'])
  const { personId } = arbiter.person
  const [first, second] = [arbitration(false), arbitration(false)]
  const ruled: unknown[] = []
  const open = [1, 0]
  await world.bus.answer('reconcile', [
    answer(contracts.takeArbitrations, async ({ escalated }) => ({
      assignments: escalated ? [] : [ruled.length < 2 ? first : second],
    })),
    answer(contracts.submitRulings, async (request) => {
      ruled.push(request)
      return { submissionId: request.submissionId, open: open[ruled.length - 1] ?? 0 }
    }),
  ])
  const socket = await openSocket(t, gateway, arbiter)
  socket.send(hello('arbitration', 2))
  t.same((await socket.next('snapshot')).assignments, [first])
  for (const assignment of [lease(), arbitration(true)]) {
    world.bus.push(contracts.assignmentOffered, personId, { personId, assignment })
  }
  const { leaseToken } = first
  const rulings = [{ questionId: uuidv7(), verdict: 'first' as const }]
  const rule = { type: 'rule' as const, submissionId: uuidv7(), leaseToken, rulings }
  t.same(await socket.ask({ ...rule, ref: '1' }), { type: 'ack', ref: '1', open: 1 })
  t.same(await socket.ask({ ...rule, ref: '2' }), { type: 'ack', ref: '2', open: 0 })
  t.same((await socket.next('assignment')).assignment, second)
  t.equal(socket.heard.filter(({ type }) => type === 'assignment').length, 1)
  t.match(ruled[0], { personId, rulings })
})

t.test(
  'W9: without entry a hello is refused, and the line is closed to be tried again',
  async (t) => {
    const world = await openWorld(t)
    const gateway = await openGateway(t, world)
    const socket = await openSocket(t, gateway, await enter(world, gateway, ['typist']))
    socket.send(hello('typing', 1))
    t.match(await socket.next('refusal'), { code: 'UNAVAILABLE' })
    t.equal(await socket.closed(), 1013)
  },
)

function arbitration(escalated: boolean): contracts.ArbitrationAssignment {
  return { ...lease(), kind: 'arbitration', escalated, questions: [] }
}
