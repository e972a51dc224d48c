/**
 * Prints the API documents as they are served, by the names under which they are kept. Needs neither
 * database nor bus: routes are registered, and nothing is asked of them but the documents.
 */
import { pino } from 'pino'
import { buildServer } from './build-server.ts'

const DOCUMENTS = ['openapi.json', 'asyncapi.json'] as const
const NEVER = Number.MAX_SAFE_INTEGER

const server = await buildServer({
  db: absent('the database'),
  bus: absent('the bus'),
  images: absent('the image store'),
  log: pino({ level: 'silent' }),
  uploads: absent('uploads'),
  origins: [],
  trustedProxies: [],
  sessionHours: 1,
  signInAttemptsMax: 1,
  requestTimes: { headersMs: 20_000, bodyMs: 60_000 },
  streamTimes: {
    helloMs: NEVER,
    heartbeatMs: NEVER,
    refreshMs: NEVER,
    sessionCheckMs: NEVER,
    hintMs: NEVER,
  },
})
const printed = await Promise.all(DOCUMENTS.map(async (name) => [name, await read(name)] as const))
process.stdout.write(JSON.stringify(Object.fromEntries(printed)))
await server.close()

async function read(name: string): Promise<unknown> {
  const answer = await server.inject(`/api/${name}`)
  if (answer.statusCode !== 200) throw new Error(`${name} was answered with ${answer.statusCode}`)
  return answer.json()
}

/** Whoever asks anything of it has a fault. */
function absent<T extends object>(what: string): T {
  return new Proxy({} as T, {
    get() {
      throw new TypeError(`no document needs ${what}`)
    },
  })
}
