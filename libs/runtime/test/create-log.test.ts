/** Goal: no log line ever quotes what somebody typed. Method: errors that do quote it, of all kinds. */
import { Problem } from '@songnhap/contracts'
import fc from 'fast-check'
import type { Logger } from 'pino'
import { t } from 'tap'
import { createLog, describeError } from '../src/create-log.ts'

const SECRET = 'Nguyễn Thị Bí Mật'

/** What a log of ours writes, as text. */
function written(say: (log: Logger) => void): string {
  let text = ''
  const log = createLog('test', 'trace', { write: (line) => (text += line) })
  say(log)
  return text
}

/** An error as PostgreSQL's client throws it: message and detail quote the row. */
const databaseError = () =>
  Object.assign(new Error(`duplicate key (name)=(${SECRET})`), {
    name: 'error',
    code: '23505',
    detail: `Key (name)=(${SECRET}) already exists.`,
    constraint: 'person_name_key',
    where: SECRET,
  })

const jsonError = () => {
  try {
    return JSON.parse(`{"name": ${SECRET}}`)
  } catch (error) {
    return error
  }
}

t.test('B17: an error is logged without its text, however it is given to the log', async (t) => {
  for (const err of [databaseError(), jsonError(), new Error('x', { cause: databaseError() })]) {
    for (const line of [
      written((log) => log.error({ err }, 'not done')),
      written((log) => log.error({ err })),
      written((log) => log.error(err)),
      written((log) => log.child({ part: 'of it' }).error(err)),
    ]) {
      t.notMatch(line, SECRET)
      t.match(JSON.parse(line), { level: 50, err: { name: String } })
    }
  }
})

t.test(
  'B17: lines of a typed text that look like places in a program are no such places',
  async (t) => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), (text) => {
        const typed = `${text}\n    at ${SECRET} (file.ts:1:1)`
        return !JSON.stringify(describeError(new TypeError(typed))).includes(SECRET)
      }),
    )
    const renamed = Object.assign(new Error(`\n at ${SECRET}`), { message: 'another' })
    t.notMatch(JSON.stringify(describeError(renamed)), SECRET)
  },
)

t.test(
  'B18: what helps to find a fault is kept: name, code, constraint, places, causes',
  async (t) => {
    const described = describeError(new Error('x', { cause: databaseError() }))
    t.match(described, { name: 'Error', cause: { code: '23505', constraint: 'person_name_key' } })
    t.match(described['stack'], [/create-log\.test/])
    t.equal(Object.hasOwn(described, 'message'), false)
  },
)

t.test('B18: the words of our own errors name no value and are kept', async (t) => {
  const described = describeError(new Problem('TOO_LARGE', ['note.taken.v1']))
  t.match(described, { name: 'Problem', code: 'TOO_LARGE', message: 'TOO_LARGE: note.taken.v1' })
})

t.test('B18: causes that go round in a circle end', async (t) => {
  const error = new Error('round')
  error.cause = error
  t.ok(JSON.stringify(describeError(error)).length < 10_000)
})

t.test('B18: ordinary lines come as they are', async (t) => {
  t.match(JSON.parse(written((log) => log.info('ready'))), { msg: 'ready' })
  t.match(JSON.parse(written((log) => log.info({ pageId: 1 }, 'kept'))), { msg: 'kept', pageId: 1 })
})
