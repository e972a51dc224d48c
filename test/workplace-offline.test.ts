/**
 * Goal: whatever happens to line, browser, lease and service, every page typed arrives exactly once, and
 * the screen says how things stand. Method: each of them is really cut, and what is stored is counted.
 */
import { randomUUID } from 'node:crypto'
import { signIn } from '@songnhap/client'
import { eventually } from '@songnhap/testkit'
import { sql } from 'kysely'
import type { BrowserContext, Page, Route } from 'playwright-core'
import { type Test, t } from 'tap'
import { changeInMidPage } from './workplace/change-in-mid-page.ts'
import { endLeases } from './workplace/end-leases.ts'
import { entriesOf } from './workplace/entries-of.ts'
import { finishWithBlanks } from './workplace/finish-with-blanks.ts'
import { killBrowser } from './workplace/kill-browser.ts'
import { arriveAsSpare, killWhileSending } from './workplace/kill-while-sending.ts'
import { enter, openBrowser, openWorld, PASSWORD, type World } from './workplace/open-world.ts'
import { storedText } from './workplace/stored-text.ts'

const BOOK = 'Sổ khai sinh 02/1998'
const TYPED = ['5/1998', '2/3/1998', 'Lương Thị Hoài Thương']
const SENT_WITHIN_MS = 30_000

t.test('the line, the browser and the service', async (t) => {
  const world = await openWorld(t, ['an', 'binh', 'cam'])
  await world.openBook(BOOK, 6, { pagesAhead: 5 })
  const gateway = world.installation.services.gateway[0]
  const first = await openBrowser(t)
  const page = await enter(first.context, world.url, 'an')
  await t.test('K76: the desk holds as many pages ahead as the campaign says', async (t) => {
    await page.getByText(/sẵn 5 trang để nhập/).waitFor({ timeout: SENT_WITHIN_MS })
    t.pass('five, beside the one at hand')
  })

  await t.test('K21: the network is cut in mid-page, and the browser killed', async () => {
    await page.keyboard.type(TYPED[0] ?? '')
    await page.keyboard.press('Enter')
    await gateway?.stop()
    for (const text of TYPED.slice(1)) {
      await page.keyboard.type(text)
      await page.keyboard.press('Enter')
    }
    // A second is what is promised.
    await page.waitForTimeout(1_000)
    const gone = first.context.waitForEvent('close')
    killBrowser(first.folder)
    await gone
  })

  const second = await openBrowser(t, first.folder)
  const again = await signInOffline(t, second.context, world)
  await t.test('K21, K22: it goes on without a network, and pages wait in order', async (t) => {
    for (const [index, name] of ['Số', 'Ngày đăng ký', 'Họ, chữ đệm, tên'].entries()) {
      const field = again.getByRole('textbox', { name, exact: true })
      t.equal(await field.inputValue(), TYPED[index], 'what was typed is there')
    }
    await finishWithBlanks(again, TYPED.length)
    await again.getByText(/1 trang chờ gửi/).waitFor()
    await finishWithBlanks(again, 0)
    await again.getByText(/2 trang chờ gửi/).waitFor()
    await again.getByText(/Mất mạng từ/).waitFor()
  })

  await t.test('K23: what is kept here says nothing to whoever has not the key', async (t) => {
    const text = await storedText(again)
    const { person } = world.people['an'] ?? {}
    const secrets = [
      ...TYPED,
      'Lương',
      BOOK,
      person?.personId ?? '',
      person?.name ?? '',
      'birth-register',
    ]
    for (const secret of secrets) t.notOk(text.includes(secret), 'a secret is readable')
    const ids = await idsOf(world)
    t.ok(ids.length > 0)
    t.notOk(
      ids.some((id) => text.includes(id)),
      'neither pages nor leases are named',
    )
  })

  await t.test('K21, K24: after the lease ran out everything arrives, and once', async (t) => {
    await endLeases(world.db)
    await refuseOnce(second.context)
    await gateway?.start()
    await again.getByRole('button', { name: /trang chờ gửi/ }).click()
    await again.getByRole('button', { name: 'Gửi lại bây giờ' }).click()
    await again.getByText('máy chủ chưa nhận được').waitFor({ timeout: SENT_WITHIN_MS })
    const passed = await eventually(
      () => entriesOf(world.db, BOOK),
      (entries) => entries.length === 1,
    )
    t.equal(passed[0]?.sequence, 2, 'the one behind it went by')
    await again.getByText(/ENTRY_INVALID/).waitFor()
    const download = again.waitForEvent('download')
    await again.getByRole('button', { name: 'Lưu bài kẹt ra tệp…' }).click()
    t.match((await download).suggestedFilename(), /\.json$/)
    await again.getByRole('button', { name: 'Gửi lại bây giờ' }).click()
    const all = await eventually(
      () => entriesOf(world.db, BOOK),
      (entries) => entries.length === 2,
    )
    await again.reload()
    await again.getByText('Không có trang nào chờ gửi').waitFor()
    t.equal((await entriesOf(world.db, BOOK)).length, 2, 'exactly once')
    const [record] = all.find(({ sequence }) => sequence === 1)?.records ?? []
    t.equal(record?.['childName']?.value, TYPED[2], 'letter by letter')
  })

  await t.test('K28: a session that ends in mid-work holds up the sending only', async (t) => {
    await again.getByRole('textbox', { name: 'Số', exact: true }).waitFor()
    await sql`delete from gateway.session`.execute(world.db)
    await finishWithBlanks(again, 0)
    await again.getByRole('button', { name: 'Gõ mật khẩu để gửi…' }).click()
    await again.getByLabel('Mật khẩu').waitFor()
    await again.keyboard.type(PASSWORD)
    await again.keyboard.press('Enter')
    const all = await eventually(
      () => entriesOf(world.db, BOOK),
      (entries) => entries.length === 3,
    )
    t.equal(all[2]?.sequence, 3)
  })
  await t.test('K29: a reload waits for no answer, and a session that ended ends there', (t) =>
    reloadUnanswered(t, again, world),
  )
  await t.test('K25: a second window is noticed, and one place types', (t) =>
    secondWindow(t, second.context),
  )
  await t.test('K26: signed out with everything sent, nothing of a person stays', async (t) => {
    const open = second.context.pages().at(-1) ?? again
    for (let letter = 0; letter < 7; letter += 1) await open.keyboard.press('Backspace')
    await open.getByText(/Đã lưu trên máy này lúc/).waitFor()
    await open.getByRole('button', { name: 'Người an' }).click()
    await open.getByRole('button', { name: 'Đăng xuất' }).click()
    await open.getByLabel('Tên đăng nhập').waitFor()
    const text = await storedText(open)
    t.notOk(/draft|outbox|image|setting/.test(text))
  })
  await t.test(
    'K27: a sign-out without a network is made good before anybody enters',
    async (t) => {
      const open = await enter(second.context, world.url, 'an')
      await open.getByRole('textbox', { name: 'Số', exact: true }).waitFor()
      await gateway?.stop()
      await open.getByRole('button', { name: 'Người an' }).click()
      await open.getByRole('button', { name: 'Đăng xuất' }).click()
      await open.getByLabel('Tên đăng nhập').waitFor()
      await gateway?.start()
      await open.reload()
      await open.getByLabel('Tên đăng nhập').waitFor()
      t.equal((await open.request.get(`${world.url}/api/session`)).status(), 401)
    },
  )
  await t.test('K75: a second computer of the same person is noticed', (t) =>
    secondComputer(t, second.context, world),
  )
  const [last] = second.context.pages()
  if (last === undefined) throw new Error('no window')
  await t.test('K79: a new form, or a page set aside, takes nothing from who is typing it', (t) =>
    changeInMidPage(t, world, last, BOOK),
  )
  await t.test('K21: entry and the gateway are killed while a page goes out', (t) =>
    killWhileSending(t, world, last, BOOK),
  )
  await t.test('K21, K79: keyed by two others meanwhile, it arrives as a spare reading', (t) =>
    arriveAsSpare(t, world, last, BOOK),
  )
})

async function signInOffline(t: Test, context: BrowserContext, world: World): Promise<Page> {
  const page = context.pages()[0] ?? (await context.newPage())
  await page.goto(world.url)
  await page.getByText(/Ai đã từng đăng nhập ở máy này/).waitFor()
  await page.keyboard.type('an')
  await page.keyboard.press('Enter')
  await page.keyboard.type('khong phai mat khau')
  await page.keyboard.press('Enter')
  await page.getByText(/Lần đầu ở máy này cần có mạng/).waitFor()
  await page.getByLabel('Mật khẩu', { exact: true }).fill(PASSWORD)
  await page.keyboard.press('Enter')
  await page.getByRole('textbox', { name: 'Số', exact: true }).waitFor()
  t.pass('signed in without a network')
  return page
}

/** As a service would that does not know the form's newest version: once, and for the first page. */
async function refuseOnce(context: BrowserContext): Promise<void> {
  const message = {
    vi: 'Bản nhập không khớp với mẫu biểu.',
    en: 'The entry does not fit its form.',
  }
  let refused = false
  await context.route('**/api/entries', async (route) => {
    if (refused) return await route.continue()
    refused = true
    await route.fulfill({ status: 422, json: { code: 'ENTRY_INVALID', message } })
  })
}

/** The question for the session hangs; then the gateway answers it as it must. */
async function reloadUnanswered(t: Test, page: Page, { db }: World): Promise<void> {
  const field = page.getByRole('textbox', { name: 'Số', exact: true })
  await page.getByText('Không có trang nào chờ gửi').waitFor()
  const asked: Route[] = []
  await page.route('**/api/session', async (route) => {
    if (asked.push(route) > 1) await route.continue()
  })
  const keys = async () =>
    (await page.context().cookies()).filter(({ name }) => name === '__Host-songnhap-open')
  await page.reload()
  await field.waitFor()
  await page.keyboard.type('8/1998')
  await page.getByText(/Đã lưu trên máy này lúc/).waitFor()
  t.equal(asked.length, 1, 'it was asked, and not waited for')
  await sql`delete from gateway.session`.execute(db)
  t.equal((await keys()).length, 1)
  await asked[0]?.continue()
  await page.getByLabel('Tên đăng nhập').waitFor()
  t.same(await keys(), [], 'nothing is open to whoever sits down here')
  await page.keyboard.type('an')
  await page.keyboard.press('Enter')
  await page.keyboard.type(PASSWORD)
  await page.keyboard.press('Enter')
  await field.waitFor()
  t.equal(await field.inputValue(), '8/1998', 'what was typed meanwhile is there')
  for (let letter = 0; letter < 6; letter += 1) await page.keyboard.press('Backspace')
  await page.getByText(/Đã lưu trên máy này lúc/).waitFor()
}

async function secondWindow(t: Test, context: BrowserContext): Promise<void> {
  const [one] = context.pages()
  if (one === undefined) throw new Error('no window')
  await one.getByRole('textbox', { name: 'Số', exact: true }).waitFor()
  await one.keyboard.type('77/1998')
  const other = await context.newPage()
  await other.goto(one.url())
  await other.getByText('Bạn đang mở Song Nhập ở một cửa sổ khác').waitFor()
  t.notOk(await other.getByRole('textbox').count(), 'there is nothing to type into')
  await other.getByRole('button', { name: 'Gõ tiếp ở đây' }).click()
  const field = other.getByRole('textbox', { name: 'Số', exact: true })
  await field.waitFor()
  t.equal(await field.inputValue(), '77/1998', 'what was typed in the one is in the other')
  await one.getByText('Bạn đang mở Song Nhập ở một cửa sổ khác').waitFor()
  await one.close()
}

async function secondComputer(t: Test, context: BrowserContext, world: World): Promise<void> {
  const page = await enter(context, world.url, 'an')
  const field = page.getByRole('textbox', { name: 'Số', exact: true })
  await field.waitFor()
  await page.keyboard.type('9/1998')
  const other = await signIn(world.url, 'an', PASSWORD)
  const seat = { deskId: randomUUID(), takeOver: true }
  t.same(await other.post('/api/session/desk', seat), { isHere: true })
  await page.evaluate("dispatchEvent(new Event('online'))")
  await page.getByText('Bạn đang nhập ở một máy khác').waitFor()
  t.equal(await field.count(), 0, 'there is nothing to type into')
  await page.getByRole('button', { name: 'Gõ tiếp ở đây' }).click()
  await field.waitFor()
  t.equal(await field.inputValue(), '9/1998', 'what was typed here is here')
  t.same(await other.post('/api/session/desk', { ...seat, takeOver: false }), { isHere: false })
}

async function idsOf({ db }: World): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select page_id::text as id from page union select lease_token::text from lease`.execute(db)
  return rows.map(({ id }) => id)
}
