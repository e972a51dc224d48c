/**
 * Goal: two and more of everything are as good as one, also while they come and go.
 * Method: a whole installation with two instances of each service; a typist at both gateways, one
 * of which is stopped; then simulated people at work while every process is restarted.
 */
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
import type { Installation } from '@songnhap/local'
import { eventually, testInstallation } from '@songnhap/testkit'
import { sql } from 'kysely'
import { type Test, t } from 'tap'
import { checkLedgers, checkReadings } from './check-ledgers.ts'
import { gapsBetween, readSpells } from './read-spells.ts'

// Servers are not in our process group: on Ctrl-C an ordinary exit takes them along.
process.once('SIGINT', () => process.exit(130))

const PAGES = 40
const LEASE_SECONDS = 5
const TWO = Object.fromEntries(SERVICES.map((name) => [name, 2]))
/** A push is there at once; without one a socket asks every ten seconds. */
const PUSHED_WITHIN_MS = 5_000
/** A restart that waits for something to run out would show. */
const STOPPED_WITHIN_SECONDS = 8
/** The first one, the one after the kill, and one more after the restarts. */
const LEADERS_MIN = 3
const TAKEN_OVER_MS = 1_000
/** Processes that start take the machine's time away from the one that takes over. */
const TAKEN_OVER_BUSY_MS = 5_000

t.test('two instances of every service', async (t) => {
  const installation = await testInstallation(t, {
    report: (line) => t.comment(line),
    environment: demoEnvironment(LEASE_SECONDS),
    instances: TWO,
  })

  const { folder } = installation

  await t.test('S11: a person is the same at each gateway', (t) => atTwoGateways(t, installation))
  const killedAt = new Map<number, number>()
  await t.test('S13: a leader that is killed is followed by the other', (t) =>
    killLeaders(t, installation, folder, killedAt),
  )
  await t.test('S12: everything is restarted while people work', (t) =>
    restartEverything(t, installation),
  )
  await t.test('S13: one leads at a time, and another one takes over within a second', (t) =>
    checkSpells(t, installation, folder, killedAt),
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

/** Whoever leads is killed, service by service; the other one does the work then. */
async function killLeaders(
  t: Test,
  { services }: Installation,
  folder: string,
  killedAt: Map<number, number>,
): Promise<void> {
  for (const name of SERVICES) {
    const instances = services[name]
    const last = async () => (await readSpells(folder, instances, killedAt)).at(-1)
    const leads = await eventually(last, (spell) => spell?.to === Infinity)
    const leader = instances.find(({ pid }) => pid === leads?.pid)
    if (leader === undefined) throw new Error(`nobody leads ${name}`)
    killedAt.set(leader.pid ?? 0, Date.now())
    await leader.kill('SIGKILL')
    const next = await eventually(last, (spell) => spell?.to === Infinity)
    t.not(next?.label, leader.label, `the other ${name} leads`)
    await leader.start()
  }
}

/** Over all that happened to them: stops, kills, restarts. */
async function checkSpells(
  t: Test,
  { services }: Installation,
  folder: string,
  killedAt: ReadonlyMap<number, number>,
): Promise<void> {
  const gaps: number[] = []
  for (const name of SERVICES) {
    const spells = await readSpells(folder, services[name], killedAt)
    // One was killed; of the two that were stopped afterwards, one at least led.
    t.ok(spells.length >= LEADERS_MIN, `${name} had ${spells.length} leaders`)
    gaps.push(...gapsBetween(spells))
  }
  const sorted = gaps.toSorted((a, b) => a - b)
  const [least = 0, median = 0, most = 0] = [0, gaps.length >> 1, -1].map((at) => sorted.at(at))
  t.comment(`${gaps.length} times another one took over, after ${sorted.join(', ')} ms`)
  t.ok(least >= 0, 'never two lead at once')
  t.ok(median <= TAKEN_OVER_MS, `the other one takes over within a second: ${median} ms`)
  t.ok(most <= TAKEN_OVER_BUSY_MS, `also when the machine is busy not much later: ${most} ms`)
}

async function restartEverything(t: Test, installation: Installation): Promise<void> {
  const { gatewayUrls, administrator, services } = installation
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
      onStep: (step) => t.comment(JSON.stringify(step)),
    },
  )
  t.equal(result.restarts.length, 2 * SERVICES.length)
  for (const { label, whileWorking, secondsToEnd } of result.restarts) {
    t.ok(whileWorking, `${label} was restarted while people worked`)
    t.ok(secondsToEnd < STOPPED_WITHIN_SECONDS, `${label} stopped in ${secondsToEnd} s`)
  }
  t.match(result, { pages: PAGES, violations: { samePersonTwice: 0, arbiterTyped: 0 } })
  t.match(result.violations, { doubleSettled: 0, lostEntries: 0 })
  await checkLedgers(t, installation)
  await checkReadings(t, installation)
}
