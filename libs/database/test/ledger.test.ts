/**
 * Goal: what was said commits with its change and stays as it was said. Method: a real database,
 * many writers at once, transactions held open across others' commits, a superuser who tampers.
 */
import { openDatabase, openLedger, readHead, readLines, verifyLedger } from '@songnhap/database'
import fc from 'fast-check'
import { sql } from 'kysely'
import { pino } from 'pino'
import { t } from 'tap'
import { assignPositions, intoMessages } from '../src/relay.ts'
import { type Notes, noteTaken, readSaid, takeNote, testNotes } from './fixtures/notes.ts'

const WRITERS = 8
const NOTES_A_WRITER = 25

t.test('facts and their change', async (t) => {
  const { db } = await testNotes(t)
  let pokes = 0
  const ledger = openLedger(db, () => {
    pokes += 1
  })
  const countNotes = async () => (await db.selectFrom('note').selectAll().execute()).length
  const countFacts = async () => (await db.selectFrom('fact').selectAll().execute()).length

  t.test('L1: a change that fails leaves neither rows nor facts, and pokes nobody', async (t) => {
    const failing = ledger.change(async ({ trx, say, afterCommit }) => {
      await trx.insertInto('note').values({ number: 1 }).execute()
      say(noteTaken, { number: 1 })
      afterCommit(() => t.fail('told of a change that never was'))
      throw new Error('changed my mind')
    })
    await t.rejects(failing, { message: 'changed my mind' })
    t.same([await countNotes(), await countFacts(), pokes], [0, 0, 0])
  })

  t.test('L1: a change that commits keeps both, and pokes only then', async (t) => {
    const seen: number[] = []
    await ledger.change(async ({ trx, say, afterCommit }) => {
      await trx.insertInto('note').values({ number: 1 }).execute()
      say(noteTaken, { number: 1 })
      seen.push(pokes)
      afterCommit(() => seen.push(pokes))
    })
    t.same([await countNotes(), await countFacts()], [1, 1])
    t.same(seen, [0, 1])
  })

  t.test('L1: a change without facts wakes nobody', async (t) => {
    const before = pokes
    await ledger.change(async ({ trx }) => trx.insertInto('note').values({ number: 2 }).execute())
    t.equal(pokes, before)
  })

  t.test('L1: whoever cannot be told stops neither the change nor the others', async (t) => {
    const logged: unknown[] = []
    const log = pino({ level: 'error' }, { write: (line) => logged.push(JSON.parse(line)) })
    const deaf = () => {
      throw new Error('nobody hears')
    }
    const told: string[] = []
    const value = await openLedger(db, deaf, log).change(async ({ say, afterCommit }) => {
      say(noteTaken, { number: 1 })
      afterCommit(() => told.push('first'))
      afterCommit(deaf)
      afterCommit(() => told.push('last'))
      return 'done'
    })
    t.equal(value, 'done')
    t.same(told, ['first', 'last'])
    t.equal(logged.length, 2, 'both are logged')
  })

  t.test('L2: a fact that breaks its contract fails its change', async (t) => {
    const before = await countFacts()
    const broken = { number: 3, author: 'nobody' }
    const failing = ledger.change(async ({ trx, say }) => {
      await trx.insertInto('note').values({ number: 3 }).execute()
      say(noteTaken, broken)
    })
    await t.rejects(failing, { name: 'ContractBroken' })
    t.same([await countNotes(), await countFacts()], [2, before])
  })

  t.test('L2: a fact too large for one message fails its change', async (t) => {
    const text = 'ă'.repeat(300_000)
    await t.rejects(takeNote(ledger, 3, text), { code: 'TOO_LARGE', details: ['note.taken.v1'] })
    t.equal(await countNotes(), 2)
  })

  t.test('L3: a change that collided with another is done again, as if once', async (t) => {
    let tries = 0
    await ledger.change(async ({ trx, say }) => {
      tries += 1
      say(noteTaken, { number: 4 })
      if (tries < 3)
        await sql`do $$ begin raise exception using errcode = '40001'; end $$`.execute(trx)
      await trx.insertInto('note').values({ number: 4 }).execute()
    })
    const facts = await sql`select 1 from fact where body->>'number' = '4'`.execute(db)
    t.same([tries, facts.rows.length], [3, 1])
  })
})

t.test('positions and the chain', async (t) => {
  const { db, adminUrl } = await testNotes(t)
  const ledger = openLedger(db, () => {})

  t.test('L4: positions are dense although transactions commit out of order', async (t) => {
    const { promise: held, resolve: letGo } = Promise.withResolvers<void>()
    const { promise: drawn, resolve: haveDrawn } = Promise.withResolvers<void>()
    const slow = db.transaction().execute(async (trx) => {
      await sql`
        with f as (insert into fact (kind, body) values ('note.taken.v1', '{"number":0}') returning fact_id)
        insert into outbox select fact_id from f`.execute(trx)
      haveDrawn()
      await held
    })
    await drawn

    const writers = Array.from({ length: WRITERS }, async (_, writer) => {
      for (let i = 1; i <= NOTES_A_WRITER; i++) await takeNote(ledger, writer * NOTES_A_WRITER + i)
    })
    const assigning = Promise.all(writers)
    for (let assigned = 0; assigned < WRITERS * NOTES_A_WRITER; )
      assigned += await assignPositions(db)
    await assigning
    letGo()
    await slow
    t.equal(await assignPositions(db), 1, 'the one with the lowest id comes last')

    const lines = await readLines(db, 1, 1_000, 1_000)
    const all = WRITERS * NOTES_A_WRITER + 1
    t.same(
      lines.map((line) => line.position),
      Array.from({ length: all }, (_, index) => index + 1),
    )
    const said = await readSaid(db)
    t.equal(new Set(said).size, all)
    t.equal(said.at(-1), 0)
    t.equal(await readHead(db), all)
    t.same(await verifyLedger(db), { sound: true, positions: all })
  })

  t.test('L4: facts of one writer keep their order', async (t) => {
    const said = await readSaid(db)
    for (let writer = 0; writer < WRITERS; writer++) {
      const from = writer * NOTES_A_WRITER
      const own = said.filter((number) => number > from && number <= from + NOTES_A_WRITER)
      t.same(
        own,
        own.toSorted((a, b) => a - b),
      )
    }
  })

  t.test('L5: whatever text a fact holds, it comes back and verifies', async (t) => {
    const texts = fc.sample(fc.string({ unit: 'binary', maxLength: 40 }), 100)
    texts.push('\u0000', '\ud800', '"\\\n', 'Nguyễn Thị Ánh', 'Đặng Văn Ơn')
    const from = await readHead(db)
    await ledger.change(async ({ say }) => {
      for (const text of texts) say(noteTaken, { number: 0, text })
    })
    await assignPositions(db)
    const lines = await readLines(db, from + 1, from + texts.length, texts.length)
    t.same(
      lines.map((line) => JSON.parse(line.body).text),
      texts,
    )
    t.match(await verifyLedger(db), { sound: true })
  })

  t.test('L5: a fact that was tampered with is found at its position', async (t) => {
    const admin = openDatabase<Notes>(adminUrl, 'intake')
    t.teardown(() => admin.destroy())
    await sql`alter table fact disable trigger fact_append_only`.execute(admin)
    await sql`alter table ledger disable trigger ledger_append_only`.execute(admin)
    const change = (position: number, from: string, to: string) =>
      sql`
        update fact set body = replace(body::text, ${from}, ${to})::json
        where fact_id = (select fact_id from ledger where position = ${position})`.execute(admin)

    await change(77, '"number"', '"number" ')
    t.same(await verifyLedger(db), { sound: false, position: 77 }, 'even a blank counts')
    await change(77, '"number" ', '"number"')
    t.match(await verifyLedger(db), { sound: true })

    await sql`
      update fact set at = at + interval '1 ms'
      where fact_id = (select fact_id from ledger where position = 9)`.execute(admin)
    t.same(await verifyLedger(db), { sound: false, position: 9 })
    await sql`delete from ledger where position = 5`.execute(admin)
    t.same(await verifyLedger(db), { sound: false, position: 5 })
  })

  t.test('L5: lines cut off at the end are missed once they had been published', async (t) => {
    const { db, adminUrl } = await testNotes(t)
    const ledger = openLedger(db, () => {})
    for (const number of [1, 2, 3]) await takeNote(ledger, number)
    await assignPositions(db)
    await db.updateTable('relay').set({ published: 3 }).execute()
    const admin = openDatabase<Notes>(adminUrl, 'intake')
    t.teardown(() => admin.destroy())
    await sql`alter table ledger disable trigger ledger_append_only`.execute(admin)
    await sql`delete from ledger where position = 3`.execute(admin)
    t.same(await verifyLedger(db), { sound: false, position: 3 })
  })
})

t.test('L6: what was said can be changed or removed by nobody below the owner', async (t) => {
  const { db } = await testNotes(t)
  const ledger = openLedger(db, () => {})
  await takeNote(ledger, 1)
  await assignPositions(db)
  const denied = { code: '42501' }
  for (const [statement, code] of [
    ["update fact set kind = 'x'", 'SN001'],
    ['delete from fact', 'SN001'],
    ['update ledger set position = 2', 'SN001'],
    ['delete from ledger', 'SN001'],
    ['truncate ledger', denied.code],
    ['truncate fact, ledger, outbox', denied.code],
    ['alter table fact disable trigger all', denied.code],
    ['drop trigger fact_append_only on fact', denied.code],
    ['alter table fact add column author text', denied.code],
    [
      'create or replace function refuse_change() returns trigger language plpgsql as $$ begin return new; end $$',
      denied.code,
    ],
    ['set session_replication_role = replica', denied.code],
    ['drop table ledger', denied.code],
    ['create table mine (a int)', denied.code],
    ["update migration set name = 'x'", denied.code],
  ] as const) {
    await t.rejects(sql.raw(statement).execute(db), { code }, statement)
  }
  t.same(await verifyLedger(db), { sound: true, positions: 1 })
})

t.test('L7: messages are bounded runs of all lines, in order', async (t) => {
  const sizes = fc.array(fc.integer({ min: 1, max: 300_000 }), { maxLength: 60 })
  const property = fc.property(sizes, (lengths) => {
    const lines = lengths.map((length) => 'x'.repeat(length))
    const messages = intoMessages(lines)
    return (
      messages.flat().join() === lines.join() &&
      messages.every(
        (message) =>
          message.length <= 16 && (message.length === 1 || message.join('\n').length <= 512 * 1024),
      )
    )
  })
  t.doesNotThrow(() => fc.assert(property, { numRuns: 30 }))
})
