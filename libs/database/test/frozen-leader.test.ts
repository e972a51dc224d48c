/**
 * Goal: a leader that is frozen, and so keeps its connection, is replaced. Method: a real process,
 * stopped by SIGSTOP and later let go on.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { lead } from '@songnhap/database'
import { eventually } from '@songnhap/testkit'
import { sql } from 'kysely'
import { t } from 'tap'
import { silent, testNotes } from './fixtures/notes.ts'

const LEADER = join(import.meta.dirname, 'fixtures/lead-until-killed.ts')
const REPLACED_WITHIN_MS = 40_000

t.test('L10: a frozen leader is replaced, and leaves off when it stirs again', async (t) => {
  const { db, url } = await testNotes(t)
  const child: ChildProcess = fork(LEADER, [url, 'intake'])
  t.teardown(() => child.kill('SIGKILL'))
  t.same(await once(child, 'message'), ['leads', undefined])
  child.kill('SIGSTOP')

  const stop = new AbortController()
  t.teardown(() => stop.abort())
  let leads = false
  const other = lead(db, 'intake', silent, stop.signal, async (leading) => {
    // What the frozen one had locked is free again.
    await sql`select from relay for update`.execute(db)
    leads = true
    await once(leading, 'abort')
  })
  await eventually(
    () => leads,
    (now) => now,
    REPLACED_WITHIN_MS,
  )
  t.pass('another one leads')

  child.kill('SIGCONT')
  t.same(await once(child, 'message'), ['leads no more, its change is rejected', undefined])
  stop.abort()
  await other
})
