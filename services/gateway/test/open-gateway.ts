/** A listening gateway over a real database, bus and image folder; the other services are played. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Bus } from '@songnhap/bus'
import type { Person, Role } from '@songnhap/contracts'
import { type ImageStore, openImageStore } from '@songnhap/images'
import { testBus, testDatabase } from '@songnhap/testkit'
import type { Kysely } from 'kysely'
import { type Logger, pino } from 'pino'
import { createAccount } from '../src/accounts.ts'
import type { RequestTimes } from '../src/answer-broken-requests.ts'
import { buildServer } from '../src/build-server.ts'
import { openPartedUploads } from '../src/parted-uploads.ts'
import type { DB } from '../src/schema.gen.ts'
import type { StreamTimes } from '../src/stream/socket-session.ts'

export const ORIGIN = 'https://songnhap.example'
export const PASSWORD = 'một mật khẩu dài'
/** The smallest PNG there is. */
export const IMAGE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=',
  'base64',
)
const TIMES: StreamTimes = {
  helloMs: 5_000,
  heartbeatMs: 20_000,
  refreshMs: 60_000,
  sessionCheckMs: 60_000,
  hintMs: 200,
}

interface Teardown {
  teardown(end: () => unknown): void
}

export interface World {
  readonly db: Kysely<DB>
  readonly bus: Bus
  readonly images: ImageStore
  /** Of the image store. */
  readonly folder: string
  readonly log: Logger
}

export interface Gateway {
  readonly url: string
  close(): Promise<void>
}

export interface SignedIn {
  readonly person: Person
  readonly cookie: string
}

export async function openWorld(t: Teardown, log = pino({ level: 'silent' })): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'songnhap-gateway-'))
  t.teardown(() => rm(folder, { recursive: true, force: true }))
  const migrations = new URL('../migrations/', import.meta.url)
  const { db } = await testDatabase<DB>(t, 'gateway', migrations)
  return { db, bus: await testBus(t), images: await openImageStore(folder), folder, log }
}

export async function openGateway(
  t: Teardown,
  world: World,
  times: Partial<StreamTimes> = {},
  signInAttemptsMax = 10_000,
  requestTimes: Partial<RequestTimes> = {},
): Promise<Gateway> {
  const { db, bus, images, folder, log } = world
  const server = await buildServer({
    db,
    bus,
    images,
    uploads: openPartedUploads(folder, log),
    log,
    origins: [ORIGIN],
    trustedProxies: [],
    sessionHours: 12,
    signInAttemptsMax,
    requestTimes: { headersMs: 20_000, bodyMs: 60_000, ...requestTimes },
    streamTimes: { ...TIMES, ...times },
  })
  const url = await server.listen({ host: '127.0.0.1', port: 0 })
  t.teardown(() => server.close())
  return { url, close: async () => server.close() }
}

let people = 0

/** A new account with these roles, signed in. */
export async function enter(world: World, gateway: Gateway, roles: Role[]): Promise<SignedIn> {
  people += 1
  const login = `nguoi-${people}`
  await createAccount(world.db, {
    login,
    name: `Người ${people}`,
    roles,
    password: PASSWORD,
  })
  const response = await signIn(gateway, login, PASSWORD)
  return { person: (await response.json()) as Person, cookie: cookieOf(response) }
}

export function signIn(gateway: Gateway, login: string, password: string): Promise<Response> {
  return call(gateway, 'POST', '/api/session', { body: { login, password } })
}

export function cookieOf(response: Response): string {
  return response.headers.getSetCookie()[0]?.split(';')[0] ?? ''
}

/** As a browser on our own page would. */
export async function call(
  gateway: Gateway,
  method: string,
  path: string,
  options: { as?: SignedIn; body?: unknown; origin?: string | null } = {},
): Promise<Response> {
  const headers = new Headers()
  if (options.as !== undefined) headers.set('cookie', options.as.cookie)
  const origin = options.origin === undefined ? ORIGIN : options.origin
  if (origin !== null) headers.set('origin', origin)
  const { body } = options
  if (body !== undefined && !(body instanceof FormData)) {
    headers.set('content-type', 'application/json')
  }
  return await fetch(gateway.url + path, {
    method,
    headers,
    ...(body === undefined ? {} : { body: body instanceof FormData ? body : JSON.stringify(body) }),
  })
}

export async function codeOf(response: Response): Promise<string> {
  const { code, message } = (await response.json()) as {
    code: string
    message: { vi: string; en: string }
  }
  return message.vi !== '' && message.en !== '' ? code : 'NO TEXT'
}
