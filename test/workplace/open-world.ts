/** A whole installation with typists, a book of drawn pages, and a real Chromium to work in. */
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Api, signIn, uploadFiles } from '@songnhap/client'
import type { BookLayouts, FormDefinition, Person, Role } from '@songnhap/contracts'
import { openDatabase } from '@songnhap/database'
import type { Installation } from '@songnhap/local'
import { samplePage } from '@songnhap/samples'
import { eventually, testInstallation } from '@songnhap/testkit'
import chromium from '@sparticuz/chromium'
import type { Kysely } from 'kysely'
import { type BrowserContext, type Page, chromium as playwright } from 'playwright-core'
import type { Test } from 'tap'
import { threeRecordForm } from './three-record-form.ts'

export const PASSWORD = 'mot mat khau dai'
const SEED = 1
/** Samples with three records; the form knows where their fields stand. */
const THREE_RECORDS = [0, 3, 4, 7, 8, 11]
/** Its own defaults drop the `Origin` header, without which the gateway lets nobody change anything. */
const ARGUMENTS = ['--no-sandbox', '--disable-gpu', '--no-zygote', '--disable-dev-shm-usage']

const VIEWPORT = { width: 1366, height: 768 }

interface HowOpened {
  readonly form?: FormDefinition
  readonly pagesAhead?: number
  readonly layouts?: BookLayouts
}

export interface World {
  readonly url: string
  readonly installation: Installation
  readonly administrator: Api
  readonly people: Readonly<Record<string, { readonly person: Person }>>
  /** As superuser, in the schema of entry. */
  readonly db: Kysely<unknown>
  /** A campaign of one book with so many pages; gives the book's id. */
  openBook(title: string, pages: number, how?: HowOpened): Promise<string>
}

export async function openWorld(
  t: Test,
  typists: readonly string[],
  others: Readonly<Record<string, Role>> = {},
): Promise<World> {
  const environment = { gateway: { SIGN_IN_ATTEMPTS_MAX: '1000' } }
  const installation = await testInstallation(t, { environment })
  const { login, password } = installation.administrator
  const administrator = await signIn(installation.gatewayUrl, login, password)
  const people: Record<string, { person: Person }> = {}
  const roles = [...typists.map((name) => [name, 'typist'] as const), ...Object.entries(others)]
  for (const [name, role] of roles) {
    const account = { login: name, name: `Người ${name}`, roles: [role], password: PASSWORD }
    people[name] = { person: await administrator.post<Person>('/api/accounts', account) }
  }
  const db = openDatabase<unknown>(installation.databaseUrl, 'entry', undefined, 2)
  t.teardown(() => db.destroy())
  return {
    url: installation.gatewayUrl,
    installation,
    administrator,
    people,
    db,
    openBook: (title, pages, how = {}) => openBook(administrator, title, pages, how),
  }
}

async function openBook(
  api: Api,
  title: string,
  pages: number,
  { form = threeRecordForm(), pagesAhead, layouts }: HowOpened,
): Promise<string> {
  const [campaignId, bookId] = [randomUUID(), randomUUID()]
  await api.post('/api/campaigns', { campaignId, name: title, form, pairs: [], pagesAhead })
  await api.post(`/api/campaigns/${campaignId}/books`, { bookId, title, layouts })
  for (const index of THREE_RECORDS.slice(0, pages)) {
    const { name, image } = await samplePage(SEED, index)
    const file = { name: `${name}.jpg`, open: async () => new Blob([new Uint8Array(image)]) }
    await uploadFiles(api, bookId, [file])
  }
  await eventually(
    () => api.get<{ pages: number }>(`/api/campaigns/${campaignId}/progress`),
    (progress) => JSON.stringify(progress).includes(`"pages":${pages}`),
  )
  return bookId
}

/** A browser whose profile outlives it: opened again with it, it is the same computer. */
export async function openBrowser(t: Test, profile?: string) {
  const folder = profile ?? (await mkdtemp(join(tmpdir(), 'songnhap-profile-')))
  if (profile === undefined) t.teardown(() => rm(folder, { recursive: true, force: true }))
  const context = await playwright.launchPersistentContext(folder, {
    executablePath: await chromium.executablePath(),
    args: ARGUMENTS,
    viewport: VIEWPORT,
    locale: 'vi-VN',
  })
  context.setDefaultTimeout(10_000)
  let open = true
  context.once('close', () => {
    open = false
  })
  t.teardown(async () => {
    if (open) await context.close()
  })
  return { context, folder }
}

/** One Chromium with profiles that know nothing of each other: as many computers. */
export async function openProfiles(t: Test, count: number): Promise<BrowserContext[]> {
  const executablePath = await chromium.executablePath()
  const browser = await playwright.launch({ executablePath, args: ARGUMENTS })
  t.teardown(() => browser.close())
  const contexts: BrowserContext[] = []
  for (let opened = 0; opened < count; opened += 1) {
    const context = await browser.newContext({ viewport: VIEWPORT, locale: 'vi-VN' })
    context.setDefaultTimeout(10_000)
    contexts.push(context)
  }
  return contexts
}

/** Signs in by the keyboard alone. */
export async function enter(context: BrowserContext, url: string, login: string): Promise<Page> {
  const page = context.pages()[0] ?? (await context.newPage())
  await page.goto(url)
  await page.getByLabel('Tên đăng nhập').waitFor()
  await page.keyboard.type(login)
  await page.keyboard.press('Enter')
  await page.keyboard.type(PASSWORD)
  await page.keyboard.press('Enter')
  return page
}
