import { createHash } from 'node:crypto'
import { type Api, signIn, uploadFiles } from '@songnhap/client'
import type { Role } from '@songnhap/contracts'
import { openDatabase } from '@songnhap/database'
import type { Installation } from '@songnhap/local'
import { eventually, SMALL_FORM, testInstallation } from '@songnhap/testkit'
import { type Kysely, sql } from 'kysely'
import sharp from 'sharp'
import type { Test } from 'tap'

export const PASSWORD = 'một mật khẩu dài'
export const TYPIST = 'nguoi.nhin'
const WAITING_SECONDS = 1
const ENVIRONMENT = {
  entry: { WAITING_SECONDS: String(WAITING_SECONDS) },
  gateway: { SIGN_IN_ATTEMPTS_MAX: '100000' },
}

/** One installation with its people. The other one is its twin: same accounts, books and scans. */
export interface World {
  readonly gatewayUrl: string
  readonly administrator: Api
  readonly supervisor: Api
  readonly arbiter: Api
  /** The one who looks around. */
  readonly typist: Api
  /** A new session of the typist, as headers. */
  signInAgain(): Promise<Readonly<Record<string, string>>>
  /** The one whose work must not show. */
  readonly colleague: Api
  /** Two more, so that a page can be settled that the typist never met, and its answer confirmed. */
  readonly another: Api
  readonly secondSupervisor: Api
  /** As superuser, in the schema of entry: for letting time pass. */
  readonly db: Kysely<unknown>
}

export async function openTwoWorlds(t: Test): Promise<[World, World]> {
  const untouched = openWorld(t)
  const touched = openWorld(t)
  return await Promise.all([untouched, touched])
}

/** The same id in both worlds, for whatever a client names by itself. */
export function idOf(what: string): string {
  const hex = createHash('sha256').update(what).digest('hex')
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5')
}

/** A campaign of one book: which book is drawn is left to chance, the place within it is not. */
export async function openBook(world: World, name: string, pairs: [string, string][] = []) {
  const [campaignId, bookId] = [idOf(`campaign ${name}`), idOf(`book ${name}`)]
  const { administrator } = world
  await administrator.post('/api/campaigns', { campaignId, name, form: SMALL_FORM, pairs })
  await administrator.post(`/api/campaigns/${campaignId}/books`, { bookId, title: name })
  return { campaignId, bookId }
}

/** Waits until nobody waits, and until every page may be had. */
export async function uploadScans(
  world: World,
  bookId: string,
  numbers: readonly number[],
): Promise<void> {
  await eventually(
    () => count(world, sql`select count(*)::int as count from waiting`),
    (waiting) => waiting === 0,
  )
  const before = await countPages(world)
  const files = numbers.map((number) => ({
    name: `${number}.png`,
    open: async () => new Blob([await scanOf(number)]),
  }))
  await uploadFiles(world.supervisor, bookId, files)
  await eventually(
    () => countPages(world),
    (pages) => pages === before + numbers.length,
  )
}

/** Small, and of another colour for each number. */
export async function scanOf(number: number): Promise<Uint8Array<ArrayBuffer>> {
  const background = { r: number % 256, g: Math.floor(number / 256), b: 200 }
  const picture = sharp({ create: { width: 60, height: 80, channels: 3, background } })
  return new Uint8Array(await picture.png().toBuffer())
}

/** As if nobody had renewed the lease; returns when its pass is free for others. */
export async function letRunOut({ db }: World, leaseToken: string): Promise<void> {
  for (const pass of ['1', '2']) {
    await sql`update open_page set ${sql.ref(`until_${pass}`)} = clock_timestamp() - interval '1 s'
      where ${sql.ref(`token_${pass}`)} = ${leaseToken}`.execute(db)
  }
  const held = sql`select count(*)::int as count from open_page
    where token_1 = ${leaseToken} or token_2 = ${leaseToken}`
  await eventually(
    () => count({ db }, held),
    (leases) => leases === 0,
  )
}

export async function openWorld(t: Test): Promise<World> {
  const installation: Installation = await testInstallation(t, { environment: ENVIRONMENT })
  const { gatewayUrl, databaseUrl } = installation
  const { login, password } = installation.administrator
  const administrator = await signIn(gatewayUrl, login, password)
  const enter = async (name: string, roles: Role[]) => {
    await administrator.post('/api/accounts', { login: name, name, roles, password: PASSWORD })
    return await signIn(gatewayUrl, name, PASSWORD)
  }
  const db = openDatabase<unknown>(databaseUrl, 'entry', undefined, 2)
  t.teardown(() => db.destroy())
  return {
    gatewayUrl,
    administrator,
    // One after the other: people are numbered in the order of their coming.
    supervisor: await enter('giam.sat', ['supervisor']),
    arbiter: await enter('trong.tai', ['arbiter']),
    typist: await enter(TYPIST, ['typist']),
    async signInAgain() {
      return (await signIn(gatewayUrl, TYPIST, PASSWORD)).headersFor(gatewayUrl)
    },
    colleague: await enter('nguoi.nhap', ['typist']),
    another: await enter('nguoi.khac', ['typist']),
    secondSupervisor: await enter('giam.sat.hai', ['supervisor']),
    db,
  }
}

async function countPages(world: World): Promise<number> {
  return await count(world, sql`select count(*)::int as count from page`)
}

async function count({ db }: Pick<World, 'db'>, query: ReturnType<typeof sql>): Promise<number> {
  const { rows } = await query.execute(db)
  const [row] = rows as { count: number }[]
  return row?.count ?? 0
}
