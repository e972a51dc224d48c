/**
 * Goal: two and more of everything are as good as one, also while they come and go.
 * Method: a whole installation with two instances of each service; a typist at both gateways, one
 * of which is stopped; then simulated people at work while every process is restarted.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type Api,
  type Assignment,
  KeptStream,
  openGateways,
  sendFile,
  signIn,
} from '@songnhap/client'
import { type Campaign, type KeyingProgress, SERVICES } from '@songnhap/contracts'
import { openDatabase } from '@songnhap/database'
import { demoEnvironment, runWithRestarts, samplePages } from '@songnhap/demo'
import { type Installation, startInstallation } from '@songnhap/local'
import { eventually } from '@songnhap/testkit'
import { sql } from 'kysely'
import { type Test, t } from 'tap'
import { checkLedgers, checkReadings } from './check-ledgers.ts'

// Servers are not in our process group: on Ctrl-C an ordinary exit takes them along.
process.once('SIGINT', () => process.exit(130))

const PAGES = 20
const LEASE_SECONDS = 5
const TWO = Object.fromEntries(SERVICES.map((name) => [name, 2]))
/** A push is there at once; without one a socket asks every ten seconds. */
const PUSHED_WITHIN_MS = 5_000
/** A restart that waits for something to run out would show. */
const STOPPED_WITHIN_SECONDS = 8

t.test('two instances of every service', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'songnhap-instances-'))
  t.teardown(() => rm(folder, { recursive: true, force: true }))
  const installation = await startInstallation({
    folder,
    report: (line) => t.comment(line),
    environment: demoEnvironment(LEASE_SECONDS),
    instances: TWO,
    durable: false,
  })
  t.teardown(() => installation.stop())

  await t.test('S11: a person is the same at each gateway', (t) => atTwoGateways(t, installation))
  await t.test('S13: a leader that is killed is followed by the other', (t) =>
    killLeaders(t, installation),
  )
  await t.test('S12, S13: everything is restarted while people work', (t) =>
    restartEverything(t, installation),
  )
})

async function atTwoGateways(t: Test, installation: Installation): Promise<void> {
  const { gatewayUrls, administrator, services } = installation
  const [first = '', second = ''] = gatewayUrls
  const as = ({ login, password }: { login: string; password: string }, urls = gatewayUrls) =>
    signIn(openGateways(urls), login, password)
  const [here, there] = [await as(administrator, [first]), await as(administrator, [second])]
  const source = await samplePages(1, 11)
  const campaign = { campaignId: crypto.randomUUID(), name: 'Hai cổng', pairs: [] }
  const opening = { ...campaign, form: source.form }
  await Promise.all([here, there].map((api) => api.post('/api/campaigns', opening)))
  const { campaigns } = await here.get<{ campaigns: Campaign[] }>('/api/campaigns')
  t.equal(campaigns.length, 1, 'opened at both gateways at once it is one campaign')

  const account = await openAccount(here, 'hai.cong')
  const moving = openDesk(t, await as(account))
  const staying = openDesk(t, await as(account, [second]))
  await eventually(
    () => countWaiting(installation),
    (waiting) => waiting === 1,
  )
  const { image, truth } = await source.page(0)
  await uploadOne(there, campaign.campaignId, image)
  const [page] = await eventually(
    () => moving.given,
    ({ length }) => length > 0 && staying.given.length > 0,
    PUSHED_WITHIN_MS,
  )
  if (page === undefined) throw new Error('nothing was pushed')
  t.same(moving.tokens(), staying.tokens(), 'both gateways show one lease: one page, not two')

  await services.gateway[0]?.stop()
  const { leaseToken, pageId } = page
  const { expiresAt = '' } = await moving.stream.order({ type: 'renew', leaseToken })
  t.ok(expiresAt > page.expiresAt, 'the lease goes on at the other gateway')
  const entry = { entryId: crypto.randomUUID(), pageId, leaseToken, records: truth }
  await moving.stream.order({ type: 'submit', ...entry })
  await services.gateway[0]?.start()
  await (await as(account, [first])).post('/api/entries', entry)
  t.equal(moving.given.length, 1, 'moving brings nothing twice')

  const stuck = async () =>
    (
      await here.get<Record<'keying', { pages: unknown[] }>>(
        `/api/campaigns/${campaign.campaignId}/stuck`,
      )
    ).keying.pages.length
  t.equal(await stuck(), 1, 'while there is one typist, nobody may key it again')
  const other = openDesk(t, await as(await openAccount(here, 'ba.cong')))
  const [same] = await eventually(
    () => other.given,
    ({ length }) => length > 0,
  )
  if (same === undefined) throw new Error('the second pass was not given')
  const again = { ...entry, entryId: crypto.randomUUID(), leaseToken: same.leaseToken }
  await other.stream.order({ type: 'submit', ...again })
  t.equal(await stuck(), 0)

  const path = `/api/campaigns/${campaign.campaignId}/progress`
  const { keying } = await here.get<{ keying: KeyingProgress }>(path)
  t.match(keying, { entries: 2, repeatedSubmissions: 1, spareReadings: 0 })
}

async function openAccount(api: Api, login: string) {
  const account = { login, password: crypto.randomUUID() }
  await api.post('/api/accounts', { ...account, name: 'Vi Thị Hai', roles: ['typist'] })
  return account
}

/** A person's stream with all that it brought. */
function openDesk(t: Test, api: Api) {
  const given: Assignment[] = []
  const stream = new KeptStream(api, { work: 'typing', capacity: 1 }, (one) => given.push(one))
  t.teardown(() => stream.close())
  return { given, stream, tokens: () => given.map(({ leaseToken }) => leaseToken) }
}

async function uploadOne(api: Api, campaignId: string, image: Uint8Array): Promise<void> {
  const bookId = crypto.randomUUID()
  await api.post(`/api/campaigns/${campaignId}/books`, { bookId, title: 'Quyển 01' })
  const open = async () => new Blob([new Uint8Array(image)])
  await sendFile(api, bookId, { name: '001.jpg', open })
}

async function countWaiting({ databaseUrl }: Installation): Promise<number> {
  const db = openDatabase<unknown>(databaseUrl, 'entry', undefined, 1)
  const { rows } = await sql<{ waiting: number }>`
    select count(*)::int as waiting from waiting`.execute(db)
  await db.destroy()
  return rows[0]?.waiting ?? 0
}

/** One of the two leads: killing both, one after the other, must have met it. */
async function killLeaders(t: Test, installation: Installation): Promise<void> {
  const leaders = () => readLeaders(installation, 'entry')
  const before = await eventually(leaders, ({ length }) => length === 1)
  for (const instance of installation.services.entry) {
    await instance.kill('SIGKILL')
    await eventually(leaders, ({ length }) => length === 1)
    await instance.start()
    t.equal((await leaders()).length, 1, `one leads after ${instance.label} was killed`)
  }
  t.notSame(await leaders(), before)
}

/** The sessions of the database that hold the lock of a service's leader. */
async function readLeaders({ databaseUrl }: Installation, service: string): Promise<number[]> {
  const db = openDatabase<unknown>(databaseUrl, service, undefined, 1)
  const { rows } = await sql<{ pid: number }>`
    select pid from pg_locks where locktype = 'advisory' and granted
      and (classid::bigint << 32 | objid::bigint)
        = hashtextextended(${`lead ${service}`}, 0)`.execute(db)
  await db.destroy()
  return rows.map(({ pid }) => pid)
}

async function restartEverything(t: Test, installation: Installation): Promise<void> {
  const { gatewayUrls, administrator, services } = installation
  const led: number[] = []
  const result = await runWithRestarts(
    {
      gatewayUrls,
      administrator,
      source: await samplePages(PAGES, 12),
      typists: 5,
      arbiters: 2,
      seed: 12,
      leaseMs: LEASE_SECONDS * 1000,
    },
    {
      processes: SERVICES.flatMap((name) => services[name]),
      signal: 'SIGTERM',
      onStep: (step) => {
        t.comment(JSON.stringify(step))
        void Promise.all(SERVICES.map((name) => readLeaders(installation, name))).then((all) =>
          led.push(...all.map(({ length }) => length)),
        )
      },
    },
  )
  t.equal(result.restarts.length, 2 * SERVICES.length)
  for (const { label, whileWorking, secondsToEnd } of result.restarts) {
    t.ok(whileWorking, `${label} was restarted while people worked`)
    t.ok(secondsToEnd < STOPPED_WITHIN_SECONDS, `${label} stopped in ${secondsToEnd} s`)
  }
  t.ok(led.length > 0 && led.every((leaders) => leaders <= 1), 'never more than one leads')
  t.match(result, { pages: PAGES, violations: { samePersonTwice: 0, arbiterTyped: 0 } })
  t.match(result.violations, { doubleSettled: 0, lostEntries: 0 })
  await checkLedgers(t, installation)
  await checkReadings(t, installation)
}
