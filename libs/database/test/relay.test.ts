/**
 * Goal: one ledger, whoever relays it and wherever a relay breaks off. Method: real databases; the
 * road is in memory where a test has to break it at one exact point.
 */
import { lead, openDatabase, openLedger, readHead, verifyLedger } from '@songnhap/database'
import { eventually } from '@songnhap/testkit'
import { sql } from 'kysely'
import { t } from 'tap'
import { sqlStateOf } from '../src/database-errors.ts'
import { assignPositions, relayOnce } from '../src/relay.ts'
import { type Notes, readHeard, readSaid, silent, takeNote, testNotes } from './fixtures/notes.ts'
import { type Break, hear, openRoad } from './fixtures/road.ts'

const UNIQUE_VIOLATION = '23505'
const NOTES = 40
const numbers = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index)

t.test('a crash of the relay', async (t) => {
  const crashes: [string, Break | 'assigned'][] = [
    ['after the positions were committed, before anything was published', 'assigned'],
    ['before the first message', { at: 0, when: 'before' }],
    ['after the first message, before it was acknowledged', { at: 0, when: 'after' }],
    ['between two messages', { at: 1, when: 'before' }],
    ['after the last message, before it was marked as published', { at: 2, when: 'after' }],
  ]
  for (const [when, crash] of crashes) {
    t.test(`L8: ${when}, loses nothing and doubles nothing`, async (t) => {
      const [{ db }, follower] = await Promise.all([testNotes(t), testNotes(t, 'entry')])
      const ledger = openLedger(db, () => {})
      const road = openRoad()
      for (const number of numbers(1, NOTES)) await takeNote(ledger, number)
      if (crash === 'assigned') await assignPositions(db)
      else await t.rejects(relayOnce(db, road.publisher(crash)))

      await takeNote(ledger, NOTES + 1)
      while ((await relayOnce(db, road.publisher())) > 0);

      await hear({ db }, { ...follower, ledger: openLedger(follower.db, () => {}) }, road.messages)
      t.same(await readHeard(follower.db), numbers(1, NOTES + 1))
      t.match(await db.selectFrom('relay').select('published').execute(), [
        { published: NOTES + 1 },
      ])
    })
  }
})

t.test('two relays at once', async (t) => {
  t.test('L9: the primary key decides: nothing doubled, nothing lost, one chain', async (t) => {
    const { db } = await testNotes(t)
    const ledger = openLedger(db, () => {})
    let collisions = 0
    let taking = true
    const loop = async () => {
      while (taking || (await db.selectFrom('outbox').selectAll().execute()).length > 0) {
        try {
          await assignPositions(db)
        } catch (error) {
          if (sqlStateOf(error) !== UNIQUE_VIOLATION) throw error
          collisions += 1
        }
      }
    }
    const loops = [loop(), loop()]
    await Promise.all(
      [0, 100, 200, 300].map(async (from) => {
        for (const number of numbers(from + 1, from + 100)) await takeNote(ledger, number)
      }),
    )
    taking = false
    await Promise.all(loops)
    const said = await readSaid(db)
    t.same(
      said.toSorted((a, b) => a - b),
      numbers(1, 400),
    )
    t.same(await verifyLedger(db), { sound: true, positions: 400 })
    t.ok(collisions > 0, `they did meet, ${collisions} times`)
  })

  t.test('L9: a frozen leader that wakes up after its successor does no harm', async (t) => {
    const { db } = await testNotes(t)
    const ledger = openLedger(db, () => {})
    const road = openRoad()
    const asleep = Promise.withResolvers<void>()
    const awake = Promise.withResolvers<void>()
    await takeNote(ledger, 1)
    const frozen = relayOnce(db, {
      onPoke: () => () => {},
      async publish(lines) {
        asleep.resolve()
        await awake.promise
        await road.publisher().publish(lines, 1, 1)
      },
    })
    await asleep.promise
    await takeNote(ledger, 2)
    while ((await relayOnce(db, road.publisher())) > 0);
    awake.resolve()
    await frozen
    t.same(await db.selectFrom('relay').select('published').execute(), [{ published: 2 }])
    t.equal(await readHead(db), 2)
    t.same(
      road.messages.map((lines) => lines.map((line) => line.position)),
      [[1, 2], [1]],
    )
  })
})

t.test('leadership', async (t) => {
  const { url, adminUrl } = await testNotes(t)
  const admin = openDatabase<Notes>(adminUrl, 'intake')
  t.teardown(() => admin.destroy())
  const killLeader = () =>
    sql`
      select pg_terminate_backend(pid) from pg_locks
      where locktype = 'advisory' and granted
        and database = (select oid from pg_database where datname = current_database())`.execute(
      admin,
    )

  /** A process that would lead; `log` is what became of it. */
  const candidate = (duty: (leading: AbortSignal) => Promise<void>) => {
    const db = openDatabase<Notes>(url, 'intake')
    const stop = new AbortController()
    const ended = lead(db, 'intake', silent, stop.signal, duty)
    const end = async () => {
      stop.abort()
      await ended
      await db.destroy()
    }
    return { end }
  }
  const untilOver = (leading: AbortSignal) =>
    new Promise<void>((resolve) => {
      leading.addEventListener('abort', () => resolve(), { once: true })
    })

  t.test(
    'L10: one leads; when its connection is killed it leaves off and another takes over',
    async (t) => {
      const leading = new Set<string>()
      const history: string[] = []
      const duty = (name: string) => async (signal: AbortSignal) => {
        leading.add(name)
        history.push(name)
        await untilOver(signal)
        leading.delete(name)
      }
      const both = [candidate(duty('a')), candidate(duty('b'))]
      t.teardown(() => Promise.all(both.map((one) => one.end())))
      await eventually(
        () => history.length,
        (length) => length === 1,
      )
      for (const times of [2, 3]) {
        await killLeader()
        await eventually(
          () => history.length,
          (length) => length >= times,
        )
        await eventually(
          () => leading.size,
          (size) => size === 1,
        )
      }
      t.equal(leading.size, 1)
    },
  )

  t.test('L10: a leader whose duty failed gives the lock back, and leads again', async (t) => {
    let terms = 0
    const one = candidate(async (signal) => {
      terms += 1
      if (terms < 3) throw new Error('a duty failed')
      await untilOver(signal)
    })
    await eventually(
      () => terms,
      (n) => n === 3,
    )
    await one.end()
    const locks = await sql`
      select 1 from pg_locks where locktype = 'advisory'
        and database = (select oid from pg_database where datname = current_database())`.execute(
      admin,
    )
    t.same(locks.rows, [])
  })

  t.test('L10: a leader whose duties failed keeps no lock on its living connection', async (t) => {
    const db = openDatabase<Notes>(url, 'intake', undefined, 1)
    t.teardown(() => db.destroy())
    const stop = new AbortController()
    let terms = 0
    await lead(db, 'intake', silent, stop.signal, async () => {
      terms += 1
      if (terms === 3) stop.abort()
      throw new Error('a duty failed')
    })
    t.equal(terms, 3)
    // Asked at once: the pool would soon close an idle connection, and free its locks with it.
    const { rows: locks } = await sql<{ isFree: boolean }>`
      select pg_try_advisory_xact_lock(hashtextextended('lead intake', 0)) as "isFree"`.execute(
      admin,
    )
    t.same(locks, [{ isFree: true }], 'another session can take it')
    const { rows: settings } = await sql<{ timeout: string }>`
      select current_setting('idle_session_timeout') as timeout`.execute(db)
    t.same(settings, [{ timeout: '0' }], 'the connection may stand idle again')
  })

  t.test('L10: a leader that stops is followed by one that waits', async (t) => {
    const history: string[] = []
    const first = candidate(async (signal) => {
      history.push('first')
      await untilOver(signal)
    })
    await eventually(
      () => history.length,
      (n) => n === 1,
    )
    const second = candidate(async (signal) => {
      history.push('second')
      await untilOver(signal)
    })
    await first.end()
    await eventually(
      () => history.length,
      (n) => n === 2,
    )
    await second.end()
    t.same(history, ['first', 'second'])
  })
})
