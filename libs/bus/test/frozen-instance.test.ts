/**
 * Goal: an instance that is frozen, and so keeps its connection, gets no questions for long.
 * Method: a real process beside one that works, stopped by SIGSTOP and later let go on.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { answer } from '@songnhap/bus'
import type { Problem } from '@songnhap/contracts'
import { eventually, testBus, testServers } from '@songnhap/testkit'
import { t } from 'tap'
import { whoAnswers } from './fixtures/who-answers.ts'

const INSTANCE = join(import.meta.dirname, 'fixtures/answer-until-killed.ts')
const ANSWER_WITHIN_MS = 500
const QUESTIONS = 40
const DROPPED_WITHIN_MS = 40_000

t.test('B25: the questions of a frozen instance go to the others', async (t) => {
  const bus = await testBus(t)
  const { natsUrl } = await testServers(t)
  const child = fork(INSTANCE, [natsUrl, bus.namespace])
  t.teardown(() => child.kill('SIGKILL'))
  t.same(await once(child, 'message'), ['answers', undefined])
  await bus.answer('entry', [answer(whoAnswers, async () => ({ name: 'working' }))])

  /** Who answers many questions asked at once, each named once. */
  const askAround = async () => {
    const names = await Promise.all(
      Array.from({ length: QUESTIONS }, () =>
        bus.ask(whoAnswers, {}, ANSWER_WITHIN_MS).then(
          ({ name }) => name,
          (error: Problem) => error.code,
        ),
      ),
    )
    return [...new Set(names)].sort()
  }
  // A process that has just started may be slow to answer on a busy machine.
  await eventually(askAround, (names) => names.join() === 'frozen,working')

  child.kill('SIGSTOP')
  t.same(await askAround(), ['UNAVAILABLE', 'working'], 'at first nobody knows')
  const later = await eventually(
    askAround,
    (names) => names.join() === 'working',
    DROPPED_WITHIN_MS,
  )
  t.same(later, ['working'])

  child.kill('SIGCONT')
  await eventually(askAround, (names) => names.join() === 'frozen,working')
  t.pass('it answers again when it stirs')
})
