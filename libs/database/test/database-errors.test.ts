/** Goal: what passes by itself is told from what does not. Method: errors as Node and PostgreSQL make them. */
import { readFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { isPassing, openDatabase } from '@songnhap/database'
import { testDatabase } from '@songnhap/testkit'
import { sql } from 'kysely'
import { t } from 'tap'
import { MIGRATIONS } from './fixtures/notes.ts'

const failureOf = (doing: Promise<unknown>): Promise<unknown> =>
  doing.then(
    () => undefined,
    (error: unknown) => error,
  )

t.test('L15: a network that does not carry passes by itself', async (t) => {
  for (const code of [
    'ECONNABORTED',
    'ECONNREFUSED',
    'EADDRNOTAVAIL',
    'EAI_AGAIN',
    'EHOSTUNREACH',
    'EMFILE',
    'ENETUNREACH',
    'ENOTFOUND',
  ]) {
    t.ok(isPassing(Object.assign(new Error('connect'), { code })), code)
  }
  const strange = Object.assign(new Error('connect'), { code: 'ENETDOWN', syscall: 'connect' })
  t.ok(isPassing(strange), 'also by a code that nobody thought of')
  const refused = new Promise((_resolve, reject) => connect(1, '127.0.0.1').once('error', reject))
  t.ok(isPassing(await failureOf(refused)), 'a port where nobody listens')
  const nowhere = openDatabase('postgres://nobody@127.0.0.1:1/none', 'intake')
  t.teardown(() => nowhere.destroy())
  t.ok(isPassing(await failureOf(sql`select 1`.execute(nowhere))), 'no server')
})

t.test('L15: a session that the server ended passes; a wrong statement does not', async (t) => {
  const { db } = await testDatabase<unknown>(t, 'intake', MIGRATIONS)
  const raised = (state: string) =>
    failureOf(sql.raw(`do $$ begin raise exception using errcode = '${state}'; end $$`).execute(db))
  for (const state of ['57P01', '57P03', '57P05', '25P03', '08006', '53300', '40001', '40P01']) {
    t.ok(isPassing(await raised(state)), state)
  }
  for (const state of ['23505', '22P02', '42501', '25006']) {
    t.notOk(isPassing(await raised(state)), state)
  }
})

t.test('L15: faults of our own and missing files stay faults', async (t) => {
  t.notOk(isPassing(new TypeError('cannot read a value')))
  t.notOk(isPassing('not even an error'))
  t.notOk(isPassing(await failureOf(readFile('/nowhere/at/all'))), 'a file that is not there')
})
