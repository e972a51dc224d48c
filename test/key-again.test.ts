/**
 * Goal: what reconcile wants keyed again reaches somebody new, over the bus, whichever of the two services
 * starts first. Method: a whole installation; the fact is put into reconcile's ledger as it would say it.
 */
import { type Api, openGateways, sendFile, signIn } from '@songnhap/client'
import { type KeyingProgress, readingWanted, type TypingAssignment } from '@songnhap/contracts'
import { openDatabase } from '@songnhap/database'
import type { Installation } from '@songnhap/local'
import { eventually, testInstallation } from '@songnhap/testkit'
import { sql } from 'kysely'
import { t } from 'tap'
import { blankPages } from './blank-pages.ts'

// Servers are not in our process group: on Ctrl-C an ordinary exit takes them along.
process.once('SIGINT', () => process.exit(130))

const PLACES = [2]

t.test('A22: what reconcile wants is heard, whichever service starts first', async (t) => {
  const report = (line: string) => t.comment(line)
  const installation = await testInstallation(t, { report })
  const { administrator, services } = installation
  const [entry, reconcile] = [services.entry[0], services.reconcile[0]]
  const supervisor = await enter(installation, administrator)
  const source = await blankPages(1, 5)
  const { image, truth } = await source.page(0)
  const campaignId = await openCampaign(supervisor, source.form, image)
  const typists = []
  for (const login of ['mot', 'hai', 'ba']) typists.push(await openTypist(installation, login))
  const [an, binh, chi] = typists
  if (an === undefined || binh === undefined || chi === undefined) throw new Error('three people')

  const submit = async (api: Api, { pageId, leaseToken }: TypingAssignment, records = truth) =>
    await api.post('/api/entries', { entryId: crypto.randomUUID(), pageId, leaseToken, records })
  for (const api of [an, binh]) await submit(api, await takeOne(api))
  t.same(await take(chi), [], 'both passes are keyed')

  await Promise.all([entry?.stop(), reconcile?.stop()])
  const pageId = await say(installation, { pass: 2, turn: 2, places: PLACES, notBy: [] })
  await entry?.start()
  t.same(await take(chi), [], 'entry starts without reconcile')
  await reconcile?.start()
  const page = await takeOne(chi)
  t.match(page, { pageId, places: PLACES })
  t.same(await take(an), [])
  t.same(await take(binh), [])
  await submit(chi, page, truth.slice(1, 2))
  const progress = await supervisor.get<{ keying: KeyingProgress }>(
    `/api/campaigns/${campaignId}/progress`,
  )
  t.match(progress.keying, { pages: 1, entries: 3, readingsWanted: 1 })
})

async function enter({ gatewayUrls }: Installation, account: { login: string; password: string }) {
  return await signIn(openGateways(gatewayUrls), account.login, account.password)
}

async function openTypist(installation: Installation, login: string): Promise<Api> {
  const account = { login, password: crypto.randomUUID() }
  const api = await enter(installation, installation.administrator)
  await api.post('/api/accounts', { ...account, name: 'Vi Thị Hai', roles: ['typist'] })
  return await enter(installation, account)
}

async function openCampaign(api: Api, form: unknown, image: Uint8Array): Promise<string> {
  const [campaignId, bookId] = [crypto.randomUUID(), crypto.randomUUID()]
  await api.post('/api/campaigns', { campaignId, name: 'Nhập lại', form, pairs: [] })
  await api.post(`/api/campaigns/${campaignId}/books`, { bookId, title: 'Quyển 01' })
  const open = async () => new Blob([new Uint8Array(image)])
  await sendFile(api, bookId, { name: '001.jpg', open })
  return campaignId
}

async function take(api: Api): Promise<TypingAssignment[]> {
  const asking = { work: 'typing', capacity: 1 }
  const path = '/api/assignments/take'
  return (await api.post<{ assignments: TypingAssignment[] }>(path, asking)).assignments
}

async function takeOne(api: Api): Promise<TypingAssignment> {
  const [page] = await eventually(
    () => take(api),
    ({ length }) => length === 1,
  )
  if (page === undefined) throw new Error('there is no page')
  return page
}

/** Of the one page there is. As reconcile's own change would store it: its relay does the rest. */
async function say({ databaseUrl }: Installation, wanted: object): Promise<string> {
  const db = openDatabase<unknown>(databaseUrl, 'reconcile', undefined, 1)
  const { rows } = await sql<{ pageId: string }>`
    with said as (
      insert into fact (kind, body)
      select ${readingWanted.kind}, (${JSON.stringify(wanted)}::jsonb ||
        jsonb_build_object('pageId', page_id))::json from page
      returning fact_id, body
    ), waiting as (
      insert into outbox (fact_id) select fact_id from said
    )
    select body ->> 'pageId' as "pageId" from said`.execute(db)
  await db.destroy()
  return rows[0]?.pageId ?? ''
}
