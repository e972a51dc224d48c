/** Rules W1–W14 of docs/spec/stream.md: real sockets to a listening gateway; entry is played. */
import { answer } from '@songnhap/bus'
import * as contracts from '@songnhap/contracts'
import { CLOSE, type Person, Problem, type TypingAssignment } from '@songnhap/contracts'
import { eventually } from '@songnhap/testkit'
import { sql } from 'kysely'
import { t } from 'tap'
import { uuidv7 } from 'uuidv7'
import { call, enter, openGateway, openWorld, type World } from './open-gateway.ts'
import { hello, openSocket } from './open-socket.ts'

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
    const [first, second] = [lease(), lease()]
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
    const skip = { type: 'skip', ref: '3', leaseToken: second, reason: 'unreadable' } as const
    t.same(await socket.ask(skip), { type: 'ack', ref: '3' })
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

t.test('what the stream refuses and when it hangs up', async (t) => {
  const world = await openWorld(t)
  const gateway = await openGateway(t, world)
  await playEntry(world)
  const typist = await enter(world, gateway, ['typist'])

  t.test(
    'W1: only signed-in people with work to do, from our own pages, may connect',
    async (t) => {
      const administrator = await enter(world, gateway, ['administrator'])
      await t.rejects(openSocket(t, gateway, { ...typist, cookie: '' }), { message: /401/ })
      await t.rejects(openSocket(t, gateway, administrator), { message: /403/ })
      await t.rejects(openSocket(t, gateway, typist, 'https://elsewhere.example'), {
        message: /403/,
      })
      const plain = await call(gateway, 'GET', '/api/stream', { as: typist })
      t.equal(plain.status, 404)
    },
  )

  t.test('W2: before hello nothing else is answered; work needs its role', async (t) => {
    const socket = await openSocket(t, gateway, typist)
    socket.send({ type: 'renew', ref: '1', leaseToken: uuidv7() })
    t.match(await socket.next('refusal'), { ref: '1', code: 'HELLO_FIRST' })
    socket.send(hello('arbitration', 1))
    t.match(await socket.next('refusal'), { code: 'NOT_ALLOWED' })
    socket.send(hello('typing', 1))
    await socket.next('snapshot')
    socket.send(hello('typing', 1))
    t.match(await socket.next('refusal'), { code: 'MALFORMED' })
    t.match(
      await socket.ask({
        type: 'rule',
        ref: '2',
        submissionId: uuidv7(),
        leaseToken: uuidv7(),
        rulings: [{ questionId: uuidv7(), verdict: 'both' }],
      }),
      { type: 'refusal', code: 'NOT_ALLOWED' },
    )
    socket.raw.close()
  })

  t.test('W2: a protocol that is not known ends the connection', async (t) => {
    const socket = await openSocket(t, gateway, typist)
    socket.send({ type: 'hello', protocol: 2, work: 'typing', capacity: 1 })
    t.match(await socket.next('refusal'), { code: 'PROTOCOL_UNKNOWN' })
    t.equal(await socket.closed(), CLOSE.UNKNOWN_PROTOCOL)
  })

  t.test('W3: malformed messages are refused, and after ten the line is closed', async (t) => {
    const socket = await openSocket(t, gateway, typist)
    socket.send('{')
    t.match(await socket.next('refusal'), { code: 'MALFORMED', details: ['not a JSON object'] })
    socket.send({ type: 'submit', ref: 'mine', records: [{ ten: { value: 'Bí Mật' } }] })
    const refusal = await socket.next('refusal')
    t.match(refusal, { ref: 'mine', code: 'MALFORMED' })
    t.notMatch(JSON.stringify(refusal), 'Bí Mật')
    for (let n = 0; n < 8; n += 1) socket.send({ type: 'dance' })
    t.equal(await socket.closed(), CLOSE.MALFORMED)
    t.equal(socket.heard.length, 10)
  })

  t.test('W3: a message over 512 kB closes the line', async (t) => {
    const socket = await openSocket(t, gateway, typist)
    socket.send({ type: 'ping', filling: 'x'.repeat(600_000) })
    t.equal(await socket.closed(), 1009)
  })

  t.test('W11: who says no hello, or falls silent, is taken for gone', async (t) => {
    const strict = await openGateway(t, world, { helloMs: 150, heartbeatMs: 100 })
    const mute = await openSocket(t, strict, typist)
    const silent = await openSocket(t, strict, typist)
    const lively = await openSocket(t, strict, typist)
    const beat = setInterval(() => {
      mute.send({ type: 'ping' })
      lively.send({ type: 'ping' })
    }, 30)
    t.teardown(() => clearInterval(beat))
    for (const socket of [silent, lively]) socket.send(hello('typing', 1))
    t.equal(await mute.closed(), CLOSE.SILENT, 'pings are no hello')
    t.equal(await silent.closed(), CLOSE.SILENT)
    t.equal(lively.raw.readyState, lively.raw.OPEN)
  })

  t.test('W12: who does not read is closed, and does not cost the others anything', async (t) => {
    const slow = await openSocket(t, gateway, typist)
    slow.send(hello('typing', 20))
    await slow.next('snapshot')
    slow.raw.pause()
    const bookTitle = 'x'.repeat(900_000)
    const closing = slow.closed()
    for (let n = 0; n < 20; n += 1) {
      world.bus.push(contracts.assignmentOffered, typist.person.personId, {
        personId: typist.person.personId,
        assignment: { ...lease(), bookTitle },
      })
    }
    await world.bus.connection.flush()
    slow.raw.resume()
    t.equal(await closing, CLOSE.TOO_SLOW)
  })

  t.test('W13: five sockets a person, and no more', async (t) => {
    const person = await enter(world, gateway, ['typist'])
    const sockets = []
    for (let n = 0; n < 5; n += 1) sockets.push(await openSocket(t, gateway, person))
    t.equal(await (await openSocket(t, gateway, person)).closed(), CLOSE.TOO_MANY)
    sockets[0]?.raw.close()
    await sockets[0]?.closed()
    const again = await openSocket(t, gateway, person)
    again.send(hello('typing', 1))
    await again.next('snapshot')
  })

  t.test('W14: signing out or losing the account ends the stream', async (t) => {
    const strict = await openGateway(t, world, { sessionCheckMs: 50 })
    const [leaver, barred] = [
      await enter(world, strict, ['typist']),
      await enter(world, strict, ['typist']),
    ]
    const sockets = [await openSocket(t, strict, leaver), await openSocket(t, strict, barred)]
    await call(strict, 'DELETE', '/api/session', { as: leaver })
    await sql`update account set disabled_at = now() where person_id = ${barred.person.personId}`.execute(
      world.db,
    )
    for (const socket of sockets) t.equal(await socket.closed(), CLOSE.SIGNED_OUT)
  })

  t.test('W15: a gateway that stops says so', async (t) => {
    const stopping = await openGateway(t, world)
    const socket = await openSocket(t, stopping, typist)
    socket.send(hello('typing', 1))
    await socket.next('snapshot')
    await stopping.close()
    t.equal(await socket.closed(), 1012)
  })
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

function lease(): TypingAssignment {
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

/** Entry as its contracts say, without the rules by which it hands out pages. */
async function playEntry({ bus }: World) {
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
