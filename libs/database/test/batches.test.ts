/**
 * Goal: what comes together is applied together, and nothing is lost or doubled by it. Method: real
 * databases; the road is in memory, so that a batch is cut exactly as a test says.
 */
import type { LedgerLine } from '@songnhap/contracts'
import { type Ledger, listDeadLetters, on, onMany, openLedger } from '@songnhap/database'
import { type Test, t } from 'tap'
import { assignPositions } from '../src/relay.ts'
import {
  hearNotes,
  type Notes,
  noteTaken,
  readHeard,
  sourceIn,
  takeNote,
  testNotes,
} from './fixtures/notes.ts'
import { hear } from './fixtures/road.ts'

const NOTES = 40
const numbers = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index)

/** A producer whose ledger has forty lines, a follower with nothing, and both sides' tools. */
async function openPair(t: Test) {
  const [producer, follower] = await Promise.all([testNotes(t), testNotes(t, 'entry')])
  const ledger = openLedger(producer.db, () => {})
  for (const number of numbers(1, NOTES)) await takeNote(ledger, number)
  await assignPositions(producer.db)
  const lines: LedgerLine[] = []
  while (lines.length < NOTES) {
    lines.push(...(await sourceIn(producer.db).get('intake', lines.length + 1, NOTES)))
  }
  const between = (from: number, to: number) => lines.slice(from - 1, to)
  const asked: [number, number][] = []
  return {
    producer: { ...producer, asked },
    follower: { ...follower, ledger: openLedger(follower.db, () => {}) },
    between,
  }
}

/** Counts the changes that commit. */
function counting(ledger: Ledger<Notes>, done: { commits: number }): Ledger<Notes> {
  return {
    async change(work) {
      const value = await ledger.change(work)
      done.commits += 1
      return value
    },
  }
}

t.test('L11: what comes together is one transaction, acknowledged after its commit', async (t) => {
  const { producer, follower, between } = await openPair(t)
  const done = { commits: 0 }
  const handed: number[] = []
  const together = onMany<Notes, typeof noteTaken>(noteTaken, async ({ trx }, notes) => {
    handed.push(notes.length)
    await trx
      .insertInto('heard')
      .values(notes.map(({ number }) => ({ number })))
      .execute()
  })
  const commitsAtAck: number[] = []
  const ledger = counting(follower.ledger, done)
  await hear(producer, { ...follower, ledger }, [between(1, NOTES)], [together], () =>
    commitsAtAck.push(done.commits),
  )
  t.same(await readHeard(follower.db), numbers(1, NOTES))
  t.same(handed, [NOTES], 'neighbours of one kind are handed over together')
  t.same(commitsAtAck, [1])
})

t.test('L11: what did not commit is not acknowledged', async (t) => {
  const { producer, follower, between } = await openPair(t)
  let failures = 1
  let acks = 0
  const ledger: Ledger<Notes> = {
    async change(work) {
      if (failures-- > 0) throw new Error('Connection terminated')
      return await follower.ledger.change(work)
    },
  }
  const batch = between(1, NOTES)
  await hear(producer, { ...follower, ledger }, [batch, batch], [hearNotes], () => {
    acks += 1
  })
  t.same(await readHeard(follower.db), numbers(1, NOTES))
  t.equal(acks, 1, 'only what came again')
})

t.test('L11: messages that come again late are put in their place', async (t) => {
  const { producer, follower, between } = await openPair(t)
  const batch = [...between(17, 40), ...between(1, 20), ...between(9, 16)]
  await hear(producer, follower, [batch])
  t.same(await readHeard(follower.db), numbers(1, NOTES))
  t.same(producer.asked, [])
})

t.test('L12: holes within a batch are fetched, and only those', async (t) => {
  const { producer, follower, between } = await openPair(t)
  await hear(producer, follower, [[...between(3, 10), ...between(21, 22), ...between(31, 39)]])
  t.same(await readHeard(follower.db), numbers(1, 39))
  // The producer gives at most sixteen at once, and there is no more in either hole.
  t.same(producer.asked, [
    [1, 2],
    [11, 20],
    [23, 30],
  ])
})

t.test('L15: one that fails in the midst of a batch is set aside alone', async (t) => {
  const { producer, follower, between } = await openPair(t)
  const failing = on<Notes, typeof noteTaken>(noteTaken, async (change, body) => {
    if (body.number === 20) throw new TypeError('not this one')
    await hearNotes.apply(change, body)
  })
  await hear(producer, follower, [between(1, NOTES)], [failing])
  t.match(await listDeadLetters(follower.db, 'entry'), [{ position: 20, reason: 'TypeError' }])
  t.same(
    await readHeard(follower.db),
    numbers(1, NOTES).filter((number) => number !== 20),
  )
})

t.test('L11: a follower that was set back goes on from where its database stands', async (t) => {
  const { producer, follower, between } = await openPair(t)
  let setBack = false
  const ack = () => {
    setBack = true
  }
  const ledger: Ledger<Notes> = {
    async change(work) {
      // As if an older copy of its database had been put in place between two batches.
      if (setBack) await follower.db.deleteFrom('heard').where('number', '>', 5).execute()
      if (setBack) await follower.db.updateTable('inbox').set({ position: 5 }).execute()
      setBack = false
      return await follower.ledger.change(work)
    },
  }
  await hear(
    producer,
    { ...follower, ledger },
    [between(1, 10), between(11, 20), null],
    [hearNotes],
    ack,
  )
  t.same(await readHeard(follower.db), numbers(1, NOTES))
  t.same(await listDeadLetters(follower.db, 'entry'), [])
})
