/** Goal: what one service says, another hears as it was meant. Method: a real nats-server. */
import { randomBytes } from 'node:crypto'
import { answer, type Bus, connectBus } from '@songnhap/bus'
import { closed, definePush, defineRequest, Problem } from '@songnhap/contracts'
import { eventually, testBus, testServers } from '@songnhap/testkit'
import { pino } from 'pino'
import { t } from 'tap'
import Type from 'typebox'

const doubling = defineRequest(
  'entry',
  'number.double.v1',
  closed({ number: Type.Integer() }),
  closed({ number: Type.Integer(), by: Type.Optional(Type.String()) }),
)
/** The same request as a newer version of the asker, or of the one who answers, would know it. */
const doublingNewer = defineRequest(
  'entry',
  'number.double.v1',
  closed({ number: Type.Integer(), why: Type.Optional(Type.String()) }),
  closed({ number: Type.Integer(), took: Type.Optional(Type.Integer()) }),
)
const called = definePush('called.v1', closed({ number: Type.Integer() }))
const double = answer(doubling, async ({ number }) => ({ number: 2 * number }))

/** Log lines, parsed. */
const openLog = () => {
  const lines: Record<string, unknown>[] = []
  const log = pino({ level: 'warn' }, { write: (line) => lines.push(JSON.parse(line)) })
  return { lines, log }
}

/** A second connection to where a test's bus is. */
const beside = async (
  t: Parameters<typeof testBus>[0],
  bus: Bus,
  { namespace = bus.namespace, log = openLog().log } = {},
) => {
  const { natsUrl } = await testServers(t)
  const other = await connectBus({ url: natsUrl, namespace, name: 'beside', log })
  t.teardown(() => other.close())
  return other
}

t.test('a question', async (t) => {
  const bus = await testBus(t)
  const asker = await beside(t, bus)
  const heard = openLog()
  const answering = await beside(t, bus, { log: heard.log })
  const outcomes = new Map<number, () => unknown>([
    [1, () => Promise.reject(new Problem('LEASE_ENDED', ['because']))],
    [2, () => Promise.reject(new TypeError('a typed value'))],
    [3, () => ({ number: 'three' })],
    [4, () => asker.ask(doubling, JSON.parse('{}'))],
  ])
  await answering.answer('entry', [
    answer(doubling, async ({ number }) => {
      const outcome = await outcomes.get(number)?.()
      return (outcome ?? { number: 2 * number }) as { number: number }
    }),
  ])

  t.test('B1: is answered by its owner', async (t) => {
    t.same(await asker.ask(doubling, { number: 21 }), { number: 42 })
  })

  t.test('B2: is refused with the problem that the owner has', async (t) => {
    const refused = asker.ask(doubling, { number: 1 })
    await t.rejects(refused, { name: 'Problem', code: 'LEASE_ENDED', details: ['because'] })
  })

  t.test('B2: whose owner has a fault is refused with INTERNAL, and that alone', async (t) => {
    for (const number of [2, 3, 4]) {
      const refused = asker.ask(doubling, { number })
      await t.rejects(refused, { name: 'Problem', code: 'INTERNAL', details: [] })
    }
    t.equal(heard.lines.length, 3, 'and it is logged where it happened')
  })

  t.test(
    'B3: that is no JSON, or breaks its contract, is MALFORMED; the owner lives',
    async (t) => {
      const subject = `${bus.namespace}.ask.entry.number.double.v1`
      for (const text of ['', '{"number":', 'null', '[]', '{"number":"Trần"}', '{}', '\u0000']) {
        const reply = await bus.connection.request(subject, text)
        t.match(reply.json(), { code: 'MALFORMED' }, text)
        t.notMatch(reply.string(), /Trần/, 'no value comes back')
      }
      t.same(await asker.ask(doubling, { number: 1_000 }), { number: 2_000 })
    },
  )

  t.test('B3: that breaks its contract is not even sent', async (t) => {
    const broken = { number: 1, author: 'nobody' }
    await t.rejects(asker.ask(doubling, broken), { name: 'ContractBroken' })
  })

  t.test('B4: from a newer or to a newer version is understood', async (t) => {
    t.same(await asker.ask(doublingNewer, { number: 5, why: 'newer' }), { number: 10 })
    const newer = await testBus(t)
    await newer.answer('entry', [answer(doublingNewer, async () => ({ number: 1, took: 3 }))])
    const older = await beside(t, newer)
    t.match(await older.ask(doubling, { number: 5 }), { number: 1 })
  })

  t.test('B5: that nobody answers, or nobody in time, is UNAVAILABLE', async (t) => {
    const alone = await testBus(t)
    await t.rejects(alone.ask(doubling, { number: 1 }), { code: 'UNAVAILABLE' })
    const { promise, resolve } = Promise.withResolvers<{ number: number }>()
    await alone.answer('entry', [answer(doubling, () => promise)])
    const other = await beside(t, alone)
    await t.rejects(other.ask(doubling, { number: 1 }, 50), { code: 'UNAVAILABLE' })
    await other.close()
    await t.rejects(other.ask(doubling, { number: 1 }), { code: 'UNAVAILABLE' })
    resolve({ number: 2 })
  })

  t.test('B5: too large for one message is TOO_LARGE', async (t) => {
    const text = defineRequest('entry', 'text.v1', closed({ text: Type.String() }), closed({}))
    await t.rejects(asker.ask(text, { text: 'x'.repeat(2_000_000) }), { code: 'TOO_LARGE' })
  })

  t.test('B5: whose answer is too large for one message is TOO_LARGE, and is logged', async (t) => {
    const text = defineRequest('intake', 'text.v1', closed({}), closed({ text: Type.String() }))
    await answering.answer('intake', [answer(text, async () => ({ text: 'x'.repeat(2_000_000) }))])
    const before = heard.lines.length
    await t.rejects(asker.ask(text, {}), { name: 'Problem', code: 'TOO_LARGE' })
    t.match(heard.lines.slice(before), [{ level: 50, msg: 'not answered' }])
  })
})

t.test('B6: instances of one service share its questions', async (t) => {
  const bus = await testBus(t)
  const instances = await Promise.all(['a', 'b'].map(() => beside(t, bus)))
  for (const [index, instance] of instances.entries()) {
    await instance.answer('entry', [
      answer(doubling, async ({ number }) => ({ number, by: `instance ${index}` })),
    ])
  }
  const replies = await Promise.all(
    Array.from({ length: 100 }, (_, number) => bus.ask(doubling, { number })),
  )
  t.equal(replies.length, 100)
  t.equal(new Set(replies.map(({ by }) => by)).size, 2)
})

t.test(
  'B6: beyond what one process works on at a time, the asker is told to try again',
  async (t) => {
    const bus = await testBus(t)
    const asker = await beside(t, bus)
    const { promise: held, resolve: letGo } = Promise.withResolvers<void>()
    await bus.answer('entry', [
      answer(doubling, async ({ number }) => {
        await held
        return { number }
      }),
    ])
    const asked = Array.from({ length: 600 }, (_, number) => asker.ask(doubling, { number }))
    const first = await Promise.race(asked.map((one) => one.catch((error: Problem) => error.code)))
    t.equal(first, 'UNAVAILABLE')
    letGo()
    const ends = await Promise.allSettled(asked)
    t.equal(ends.filter((end) => end.status === 'fulfilled').length, 512)
    t.same(await asker.ask(doubling, { number: 7 }), { number: 7 }, 'and later served')
  },
)

t.test('B7: closing lets the answers under way leave', async (t) => {
  const bus = await testBus(t)
  const answering = await beside(t, bus)
  const began = Promise.withResolvers<void>()
  const letGo = Promise.withResolvers<void>()
  await answering.answer('entry', [
    answer(doubling, async ({ number }) => {
      began.resolve()
      await letGo.promise
      return { number }
    }),
  ])
  const reply = bus.ask(doubling, { number: 3 })
  await began.promise
  const closing = answering.close()
  await eventually(
    () => bus.ask(doubling, { number: 4 }, 100).catch((error: Problem) => error.code),
    (code) => code === 'UNAVAILABLE',
  )
  letGo.resolve()
  t.same(await reply, { number: 3 })
  await closing
  t.equal(answering.isConnected(), false)
  t.doesNotThrow(() => answering.push(called, 'x', { number: 1 }), 'a hint to nobody')
  t.doesNotThrow(() => answering.poke('topic'))
})

t.test('B8: services are found as NATS services, with their schemas', async (t) => {
  const bus = await testBus(t)
  await bus.answer('entry', [double])
  const name = `${bus.namespace}-entry`
  await bus.ask(doubling, { number: 1 })
  const ask = async (verb: string) => (await bus.connection.request(`$SRV.${verb}.${name}`)).json()
  t.match(await ask('PING'), { name, type: 'io.nats.micro.v1.ping_response' })
  const endpoint = {
    name: 'number-double-v1',
    subject: `${bus.namespace}.ask.entry.number.double.v1`,
    queue_group: 'entry',
  }
  t.match(await ask('INFO'), {
    name,
    endpoints: [{ ...endpoint, metadata: { request: JSON.stringify(doubling.request) } }],
  })
  t.match(await ask('STATS'), { name, endpoints: [{ ...endpoint, num_requests: 1 }] })
})

t.test('B9: installations on one server do not hear each other', async (t) => {
  const bus = await testBus(t)
  const namespace = `test-${randomBytes(6).toString('hex')}`
  const other = await beside(t, bus, { namespace })
  await bus.answer('entry', [double])
  other.onPush(called, 'somebody', () => t.fail('heard what was said elsewhere'))
  other.onPoke('topic', () => t.fail('was woken from elsewhere'))
  bus.push(called, 'somebody', { number: 1 })
  bus.poke('topic')
  await t.rejects(other.ask(doubling, { number: 1 }), { code: 'UNAVAILABLE' })
  await bus.connection.flush()
  await other.connection.flush()
  for (const bad of ['', 'a.b', 'a b', '*', '>', 'A']) {
    await t.rejects(beside(t, bus, { namespace: bad }), { name: 'TypeError' })
  }
})

t.test('a push', async (t) => {
  const bus = await testBus(t)
  const heard = openLog()
  const listener = await beside(t, bus, { log: heard.log })
  const numbers: number[] = []
  const subscription = listener.onPush(called, 'lan', ({ number }) => numbers.push(number))
  listener.onPush(called, 'mai', () => t.fail('heard what was said to somebody else'))
  await listener.connection.flush()
  const push = async (number: number) => {
    bus.push(called, 'lan', { number })
    await bus.connection.flush()
    await listener.connection.flush()
  }

  t.test('B10: reaches its address only', async (t) => {
    await push(1)
    t.same(numbers, [1])
  })

  t.test('B10: that cannot be understood is logged and passed over', async (t) => {
    for (const text of ['{', '{"number":"x"}', '']) {
      bus.connection.publish(`${bus.namespace}.push.called.v1.lan`, text)
    }
    bus.connection.publish(`${bus.namespace}.push.called.v1.lan`, '{"number":2,"newer":true}')
    await push(3)
    t.same(numbers, [1, 2, 3])
    t.equal(heard.lines.length, 3)
  })

  t.test('B10: that breaks its contract is not sent', async (t) => {
    t.throws(() => bus.push(called, 'lan', JSON.parse('{"number":"x"}')), {
      name: 'ContractBroken',
    })
  })

  t.test('B10: too large for one message is logged by its sender, and stops nothing', async (t) => {
    const sending = openLog()
    const sender = await beside(t, bus, { log: sending.log })
    const shouted = definePush('shouted.v1', closed({ text: Type.String() }))
    t.doesNotThrow(() => sender.push(shouted, 'lan', { text: 'x'.repeat(2_000_000) }))
    t.match(sending.lines, [{ level: 50, subject: `${bus.namespace}.push.shouted.v1.lan` }])
    t.notMatch(JSON.stringify(sending.lines), /xxx/, 'without what it would have said')
    t.equal(sender.isConnected(), true)
  })

  t.test('B10: is not heard any more after stop', async (t) => {
    subscription.stop()
    await push(4)
    t.same(numbers, [1, 2, 3])
  })
})
