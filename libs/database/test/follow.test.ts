/**
 * Goal: each fact is applied once and in order, whatever the bus does. Method: a real database on
 * either side and a real stream between, which is deleted, starved and poisoned.
 */
import { factPublisher } from '@songnhap/bus'
import { listDeadLetters, NotYet, on, replayDeadLetter } from '@songnhap/database'
import { eventually } from '@songnhap/testkit'
import { t } from 'tap'
import { assignPositions } from '../src/relay.ts'
import {
  hearNotes,
  type Notes,
  noteTaken,
  readHeard,
  takeNote,
  testPair,
} from './fixtures/notes.ts'
import { hear } from './fixtures/road.ts'

const numbers = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index)

type Pair = Awaited<ReturnType<typeof testPair>>

const takeNotes = async ({ producer }: Pair, from: number, to: number) => {
  for (const number of numbers(from, to)) await takeNote(producer.ledger, number)
}
const untilHeard = ({ follower }: Pair, upTo: number) =>
  eventually(
    () => readHeard(follower.db),
    (heard) => heard.length >= upTo,
  )

t.test(
  'L11: facts arrive once each and in order, also after a restart of both sides',
  async (t) => {
    const pair = await testPair(t)
    const first = [pair.relay(), pair.follow()]
    await takeNotes(pair, 1, 50)
    await untilHeard(pair, 50)
    for (const one of first) await one.stop()
    await takeNotes(pair, 51, 80)
    pair.relay()
    pair.follow()
    await takeNotes(pair, 81, 100)
    t.same(await untilHeard(pair, 100), numbers(1, 100))
  },
)

t.test('L12: a gap in the stream is fetched from the producer', async (t) => {
  const pair = await testPair(t)
  await takeNotes(pair, 1, 40)
  const relaying = pair.relay()
  await eventually(
    () => pair.producer.db.selectFrom('relay').select('published').execute(),
    ([row]) => row?.published === 40,
  )
  await relaying.stop()
  const manager = await pair.bus.connection.jetstreamManager()
  await manager.streams.deleteMessage(`${pair.bus.namespace}_intake`, 2)
  pair.follow()
  t.same(await untilHeard(pair, 40), numbers(1, 40))
  t.ok(pair.asked.length > 0, 'it asked')
})

t.test('L13: when the whole stream is gone, silence makes the follower ask', async (t) => {
  const pair = await testPair(t)
  const manager = await pair.bus.connection.jetstreamManager()
  pair.relay()
  pair.follow()
  await takeNotes(pair, 1, 20)
  await untilHeard(pair, 20)
  await manager.streams.delete(`${pair.bus.namespace}_intake`)
  await takeNotes(pair, 21, 30)
  t.same(await untilHeard(pair, 30), numbers(1, 30))
  await manager.consumers.delete(`${pair.bus.namespace}_intake`, 'entry')
  await takeNotes(pair, 31, 40)
  t.same(await untilHeard(pair, 40), numbers(1, 40))
})

t.test('L13: a stream that cannot be read at all is done without', async (t) => {
  const pair = await testPair(t)
  await takeNotes(pair, 1, 40)
  await assignPositions(pair.producer.db)
  await hear(pair.producer, pair.follower, [new Error('no stream')])
  t.same(await readHeard(pair.follower.db), numbers(1, 40))
})

t.test('L13: a message that is no ledger line holds nothing up', async (t) => {
  const pair = await testPair(t)
  await factPublisher(pair.bus, 'intake').publish(['{"position":'], 1, 1)
  await factPublisher(pair.bus, 'intake').publish(['{"position":"one"}'], 2, 2)
  pair.relay()
  pair.follow()
  await takeNotes(pair, 1, 10)
  t.same(await untilHeard(pair, 10), numbers(1, 10))
})

t.test('L14: a fact that needs another one first waits for it', async (t) => {
  let ready = false
  let refused = 0
  const patient = on<Notes, typeof noteTaken>(noteTaken, async (change, body) => {
    if (body.number === 2 && !ready) {
      refused += 1
      throw new NotYet('another fact first')
    }
    await hearNotes.apply(change, body)
  })
  const pair = await testPair(t, [patient])
  pair.relay()
  pair.follow()
  await takeNotes(pair, 1, 3)
  await eventually(
    () => refused,
    (times) => times > 2,
  )
  t.same(await readHeard(pair.follower.db), [1], 'those behind it keep the order')
  ready = true
  t.same(await untilHeard(pair, 3), [1, 2, 3])
  t.same(await listDeadLetters(pair.follower.db, 'entry'), [])
})

t.test(
  'L14: it waits while another producer is still being heard, and not for ever after',
  async (t) => {
    const TRIES_MAX = 3
    const pair = await testPair(t)
    const { producer, follower } = pair
    const elsewhere = follower.db.insertInto('inbox').values({ producer: 'reconcile', position: 1 })
    await elsewhere.execute()
    await takeNotes(pair, 1, 2)
    await assignPositions(producer.db)
    let refused = 0
    const waiting = on<Notes, typeof noteTaken>(noteTaken, async (change, body) => {
      if (body.number === 2) return await hearNotes.apply(change, body)
      refused += 1
      // The other producer is far behind, and comes nearer by one fact at each of the first tries.
      if (refused <= TRIES_MAX + 1) {
        await follower.db
          .updateTable('inbox')
          .set({ position: refused + 1 })
          .where('producer', '=', 'reconcile')
          .execute()
      }
      throw new NotYet('another fact first')
    })
    const patience = { notYetTriesMax: TRIES_MAX }
    await hear(producer, { ...follower, ...patience }, [null], [waiting])
    t.match(await listDeadLetters(follower.db, 'entry'), [{ position: 1, reason: 'NotYet' }])
    // The batch is tried once as a whole before its lines are tried one by one.
    t.equal(refused, TRIES_MAX + 1 + TRIES_MAX - 1, 'quiet tries only are counted')
    t.same(await readHeard(follower.db), [2])
  },
)

t.test('a poisoned fact', async (t) => {
  const SECRET = 'Nguyễn Thị Bí Mật'
  let poisoned = true
  const failing = on<Notes, typeof noteTaken>(noteTaken, async (change, body) => {
    if (body.text !== undefined && poisoned) throw new TypeError(`cannot read ${body.text}`)
    await hearNotes.apply(change, body)
  })
  const pair = await testPair(t, [failing])
  const { follower, producer } = pair
  pair.relay()
  pair.follow()
  await takeNote(producer.ledger, 1, SECRET)
  await takeNotes(pair, 2, 5)

  t.test('L15: is set aside, even as the first of all, and those behind it go on', async (t) => {
    t.same(await untilHeard(pair, 4), [2, 3, 4, 5])
    const letters = await listDeadLetters(follower.db, 'entry')
    t.match(letters, [{ service: 'entry', producer: 'intake', position: 1, kind: noteTaken.kind }])
    t.equal(letters[0]?.reason, 'TypeError', 'the reason quotes no value')
  })

  const replay = async () => {
    const [letter] = await follower.db.selectFrom('dead_letter').select('dead_letter_id').execute()
    return replayDeadLetter(follower.ledger, () => [failing], letter?.dead_letter_id ?? '')
  }

  t.test('L16: stays, with its reason, when it fails again', async (t) => {
    t.same(await replay(), { applied: false, reason: 'TypeError' })
    t.equal((await listDeadLetters(follower.db, 'entry')).length, 1)
    t.same(await readHeard(follower.db), [2, 3, 4, 5])
  })

  t.test('L16: is applied by a replay, once however often it is asked for', async (t) => {
    poisoned = false
    const replies = await Promise.all([replay(), replay(), replay()])
    t.equal(replies.filter(({ applied }) => applied).length, 1)
    t.same(await listDeadLetters(follower.db, 'entry'), [])
    t.same(await readHeard(follower.db), [2, 3, 4, 5, 1])
  })
})

t.test('L17: two followers at once apply each fact once', async (t) => {
  const pair = await testPair(t)
  pair.relay()
  pair.follow()
  pair.follow()
  await takeNotes(pair, 1, 60)
  t.same(await untilHeard(pair, 60), numbers(1, 60))
})

t.test('L17: a fact is not set aside by one follower when another applied it', async (t) => {
  const pair = await testPair(t)
  await takeNotes(pair, 1, 1)
  await assignPositions(pair.producer.db)
  let tries = 0
  const unlucky = on<Notes, typeof noteTaken>(noteTaken, async () => {
    tries += 1
    throw new Error('only here')
  })
  const failing = hear(pair.producer, pair.follower, [null], [unlucky])
  await eventually(
    () => tries,
    (n) => n >= 2,
  )
  await hear(pair.producer, pair.follower, [null])
  await failing
  t.same(await readHeard(pair.follower.db), [1])
  t.same(await listDeadLetters(pair.follower.db, 'entry'), [])
})

t.test(
  'L17: a producer whose ledger is shorter than what was applied is not believed',
  async (t) => {
    const pair = await testPair(t)
    await pair.follower.db.insertInto('inbox').values({ producer: 'intake', position: 7 }).execute()
    await hear(pair.producer, pair.follower, [null])
    t.match(await pair.follower.db.selectFrom('inbox').selectAll().execute(), [{ position: 7 }])
  },
)

t.test('L30: what the producer never said is passed over, and hides nothing of it', async (t) => {
  const pair = await testPair(t)
  pair.relay()
  pair.follow()
  await takeNotes(pair, 1, 5)
  await untilHeard(pair, 5)
  for (const position of [6, 7, 1_000]) {
    const made = { position, kind: 'note.taken.v1', at: new Date(0).toISOString(), body: {} }
    await factPublisher(pair.bus, 'intake').publish([JSON.stringify(made)], position, position)
  }
  await takeNotes(pair, 6, 10)
  t.same(await untilHeard(pair, 10), numbers(1, 10))
})
