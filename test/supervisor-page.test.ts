/**
 * Goal: a supervisor runs a campaign from the browser alone: opens it, brings its pages in over a line that
 * breaks, sees how it goes while people work, and lets people in. Method: a real Chromium against a whole
 * installation; two typists and an arbiter work meanwhile, each in a browser too.
 */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { signIn } from '@songnhap/client'
import type { Effort } from '@songnhap/contracts'
import { samplePage } from '@songnhap/samples'
import { sql } from 'kysely'
import type { Page } from 'playwright-core'
import { type Test, t } from 'tap'
import { decideOnPages } from './supervisor-page/decide-on-pages.ts'
import { BOOK, changeLayouts, openByHand, PRINTED_FORM } from './supervisor-page/open-by-hand.ts'
import { changeDesks, keyPages, ruleOnName, sitDown } from './supervisor-page/people-at-work.ts'
import { type HintLine, routeHints } from './supervisor-page/route-hints.ts'
import { turnOnThirds } from './supervisor-page/turn-on-thirds.ts'
import { findFaults } from './workplace/find-faults.ts'
import { letIn } from './workplace/let-in.ts'
import { enter, openBrowser, openWorld, PASSWORD, type World } from './workplace/open-world.ts'

const PAGES = 4
/** What is behind the end of a picture harms nobody, and makes it long. */
const LONG_BYTES = 1_500_000
const CUT_AFTER_BYTES = 700_000
const NAME = 'Trần Thị Mận'

t.test('the supervisors’ room', async (t) => {
  const world = await openWorld(t, ['an', 'binh'])
  const { administrator } = world
  const account = (login: string, name: string, roles: readonly string[]) =>
    administrator.post('/api/accounts', { login, name, roles, password: PASSWORD })
  await account('sam', 'Nguyễn Thị Sâm', ['supervisor', 'administrator'])
  await account('ha', 'Người ha', ['typist', 'arbiter'])
  await account('duc', 'Lương Minh Đức', ['arbiter'])
  const { name, version } = PRINTED_FORM
  await administrator.put(`/api/forms/${name}/${version}`, PRINTED_FORM)
  await administrator.post(`/api/forms/${name}/${version}/publish`, {})

  const { context } = await openBrowser(t)
  const problems: string[] = []
  context.on('weberror', (error) => problems.push(error.error().message))
  context.on('console', (message) => {
    if (/Content.Security.Policy/i.test(message.text())) problems.push(message.text())
  })
  const line = await routeHints(context)
  const page = await enter(context, world.url, 'sam')

  await t.test('K60: a campaign with a deadline and a book are opened by hand', (t) =>
    openByHand(t, world, page),
  )
  await t.test('K82: how its pages are printed is chosen by drawings, and changed', (t) =>
    changeLayouts(t, world, page),
  )
  await t.test('K63: a section opened without a line says so, and comes by itself', (t) =>
    openOffline(t, page),
  )
  // No websocket comes through until here: the room asks by itself.
  await page.getByText(/Số liệu tới .*, tự cập nhật/).waitFor()
  line.isCut = false
  await t.test(
    'K61, K62: a folder comes in over a line that breaks, and what is refused is told',
    (t) => bringIn(t, world, page),
  )
  await t.test(
    'K80, K81: what a typist hands back is seen and decided: replaced, set aside, offered again',
    (t) => decideOnPages(t, world, page),
  )
  await t.test(
    'K63, K64, K67, K77, K78: the figures move while people work, and each table is a file too',
    (t) => watch(t, world, page, line),
  )
  await t.test('H2: what a third entry costs is told', (t) => turnOnThirds(t, world, page))
  await t.test(
    'K65, G44, G45: somebody is let in, barred, let in again, and chooses a password',
    (t) => letIn(t, world, page),
  )
  await t.test(
    'K66: nothing that was typed is on any of these screens, and axe finds nothing',
    (t) => lookForFaults(t, page),
  )
  t.same(problems, [], 'no fault, and the policy holds')
})

/** The gateway answers nothing; the app's own files come, as they do from the service worker. */
async function openOffline(t: Test, page: Page): Promise<void> {
  const open = (name: string) => page.getByRole('link', { name, exact: true }).click()
  const cut = () => page.route('**/api/**', (route) => route.abort('internetdisconnected'))
  const mend = async () => {
    await page.unroute('**/api/**')
    await page.evaluate("dispatchEvent(new Event('online'))")
  }
  const away = page.getByText('Chưa liên lạc được với máy chủ, và mục này chưa có')
  const figures = page.getByText('Chưa có trường nào chốt, nên chưa có con số nào.')
  await cut()
  await open('Độ chính xác')
  await away.waitFor()
  await mend()
  await figures.waitFor()
  t.equal(await away.count(), 0, 'nobody had to ask again')
  await cut()
  await open('Người dùng')
  await away.waitFor()
  await open('Độ chính xác')
  await figures.waitFor()
  await mend()
  await page.getByText(/Số liệu tới .*, tự cập nhật/).waitFor()
  await open('Tải ảnh')
}

/** Pages with names that only people order, a long one, and what does not belong there. */
async function makeFolder(t: Test): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'songnhap-scans-'))
  t.teardown(() => rm(folder, { recursive: true, force: true }))
  const scans = join(folder, 'scans')
  await mkdir(scans)
  for (let index = 0; index < PAGES; index += 1) {
    const { image } = await samplePage(1, index)
    const more = index === PAGES - 1 ? LONG_BYTES : 0
    await writeFile(
      join(scans, `trang ${index + 8}.jpg`),
      Buffer.concat([image, Buffer.alloc(more)]),
    )
  }
  await writeFile(join(scans, 'trang 9 (chép).jpg'), await readFile(join(scans, 'trang 9.jpg')))
  await writeFile(join(scans, 'ghi chú.txt'), '=1+1, không phải ảnh')
  await writeFile(join(scans, 'Thumbs.db'), 'x')
  return scans
}

/** The line breaks when the first part of the long file is half there: the next one must go on from there. */
async function cutLine({ url }: World, page: Page, bytes: Buffer): Promise<number[]> {
  const headers = (await signIn(url, 'sam', PASSWORD)).headersFor(url)
  const offsets: number[] = []
  let isLong = false
  await page.route('**/api/uploads**', async (route) => {
    const asked = route.request()
    const { 'upload-length': length, 'upload-offset': offset } = asked.headers()
    if (asked.method() === 'POST') isLong = Number(length) === bytes.length
    if (asked.method() !== 'PATCH') return await route.continue()
    offsets.push(Number(offset))
    if (!isLong || Number(offset) > 0) return await route.continue()
    const body = bytes.subarray(0, CUT_AFTER_BYTES)
    const kind = { 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' }
    await fetch(asked.url(), { method: 'PATCH', headers: { ...headers, ...kind }, body })
    await page.context().setOffline(true)
    await route.abort('internetdisconnected')
  })
  return offsets
}

async function bringIn(t: Test, world: World, page: Page): Promise<void> {
  const scans = await makeFolder(t)
  const offsets = await cutLine(world, page, await readFile(join(scans, 'trang 11.jpg')))
  await page.locator('[data-choose=folder]').setInputFiles(scans)
  await page.getByText(/Mất mạng: dừng ở đây/).waitFor({ timeout: 30_000 })
  await page.context().setOffline(false)
  await page.getByText('Xong. Sổ này có 4 trang.').waitFor({ timeout: 30_000 })
  await page.getByText('Đã nhận 4 trong 5 tệp. 1 tệp không nhận.').waitFor()
  await page.getByText('Không cần làm gì: 1 tệp đã có sẵn trong sổ, 1 tệp hệ thống').waitFor()
  t.ok(offsets.includes(CUT_AFTER_BYTES), 'it went on where it was, not from the beginning')
  t.equal(offsets.at(-1), CUT_AFTER_BYTES)

  const report = page.getByRole('region', { name: /3 tệp không đưa vào sổ/ })
  const textOf = async (name: string) =>
    (await report.getByRole('row', { name }).textContent()) ?? ''
  t.match(await textOf('ghi chú.txt'), /Tệp này chỉ chứa chữ/)
  t.match(await textOf('trang 9 (chép).jpg'), /Đã có sẵn, giống hệt tệp trang 9\.jpg/)
  t.match(await textOf('Thumbs.db'), /không phải ảnh: để lại/)
  const csv = await download(page, () => report.getByRole('button').click())
  t.equal(csv.split('\r\n').length, 5, 'a heading, three files, and the end')
  t.match(csv, /^\uFEFFTệp,Vì sao,Làm gì tiếp\r\n/)
  await page.getByText('Xem các tệp của sổ').click()
  const names = await page.getByRole('rowheader', { name: /^trang \d+\.jpg$/ }).allInnerTexts()
  t.same(names, ['trang 8.jpg', 'trang 9.jpg', 'trang 10.jpg', 'trang 11.jpg'])

  // The same folder again, as after the browser was closed: what is there is not sent again.
  const before = offsets.length
  await page.reload()
  await page.getByText('Xem các tệp của sổ').waitFor()
  await dropOn(page, scans)
  await page.getByText('Đã nhận 4 trong 5 tệp. 1 tệp không nhận.').waitFor()
  t.ok(offsets.length - before <= 1, 'of all, at most the one that was refused is sent again')
}

/** As the system's file window does it: the folder itself comes over the area and is let go. */
async function dropOn(page: Page, folder: string): Promise<void> {
  const area = page.getByRole('group', { name: 'Kéo cả thư mục ảnh vào đây' })
  const box = await area.boundingBox()
  if (box === null) throw new Error('no place to drop')
  const at = { x: box.x + box.width / 2, y: box.y + 10 }
  const data = { items: [], files: [folder], dragOperationsMask: 1 }
  const session = await page.context().newCDPSession(page)
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, ...at, data })
  }
  await session.detach()
}

async function download(page: Page, click: () => Promise<void>): Promise<string> {
  const [file] = await Promise.all([page.waitForEvent('download'), click()])
  return await readFile(await file.path(), 'utf8')
}

async function watch(t: Test, { url, db }: World, page: Page, line: HintLine): Promise<void> {
  const { an, binh, duc, ha } = await sitDown(t, url)
  await page.getByRole('link', { name: 'Tiến độ' }).click()
  const state = (name: string, count: number) =>
    page.locator('dl div').filter({ hasText: new RegExp(`^ *${name} *${count}$`) })
  await page.getByText('0 trên 4 trang đã chốt').waitFor()
  await page.getByText(/Số liệu tới .*, trực tiếp/).waitFor()
  line.heard.length = 0
  await keyPages(an, [NAME])
  await state('trong tay người nhập', 3).waitFor()
  await page.getByText('Người nhập đang giữ trang').waitFor()
  await state('mới nhập một lượt', 1).waitFor()
  // Alike on three pages; on one the two differ in a name.
  const rest = Array.from({ length: PAGES - 1 }, () => NAME)
  await Promise.all([keyPages(an, rest), keyPages(binh, ['Trần Thị Mẫn', ...rest])])
  await page.getByText('3 trên 4 trang đã chốt').waitFor()
  await page.getByText('Trọng tài: 1 trang đang chờ').waitFor()
  await ruleOnName(t, duc, NAME)
  await page.getByText('4 trên 4 trang đã chốt').waitFor()
  await page.getByText(/Đã chốt xong mọi trang ngày/).waitFor()
  const heard = line.heard.join('\n')
  t.match(heard, /"type":"changed".*"things":\["entries"\]/, 'it was told to ask')
  t.notMatch(heard, /Trần|Thôn|personId|pageId/, 'and nothing else')
  await lookAtEffort(t, db)
  await changeDesks(ha, url)

  await page.getByRole('button', { name: 'Xem dạng bảng' }).click()
  const [day = ''] = await page
    .getByRole('rowheader', { name: /^\d{4}-\d\d-\d\d$/ })
    .allInnerTexts()
  const csv = await download(page, () =>
    page.getByRole('button', { name: 'Tải CSV: Trang mỗi ngày' }).click(),
  )
  t.equal(
    csv,
    `\uFEFFNgày,đã nhận,đã nhập đủ hai lượt,đã chốt,Câu đã xử\r\n${day},5,4,4,1\r\n`,
    'a new scan too',
  )
  const books = await download(page, () =>
    page.getByRole('button', { name: 'Tải CSV: Theo sổ' }).click(),
  )
  t.match(books, `\r\n${BOOK},4,4,0,0,0,0,0,0,0,0\r\n`)
  await page.getByRole('button', { name: 'Xem dạng hình' }).click()

  await page.getByRole('button', { name: 'Đổi hạn…' }).click()
  await page.getByRole('button', { name: 'Bỏ hạn' }).click()
  await page.getByRole('button', { name: 'Đặt hạn…' }).waitFor()
}

/** K78. What each of the eight entries cost is stored beside it: keys and times, and no text. */
async function lookAtEffort(t: Test, db: World['db']): Promise<void> {
  const { rows } = await sql<{ effort: Effort }>`select effort from reconcile.reading`.execute(db)
  t.equal(rows.length, 2 * PAGES)
  const letters = `${NAME}01/02/1985Thôn Đông`.length
  for (const { effort } of rows) {
    t.match(effort, { keys: letters, erased: 0, hands: { long: 3, pasted: 0 } })
    t.match(effort.fields, { fullName: { inserted: NAME.length, deleted: 0, pastes: 0 } })
    t.equal(effort.gapsMs.length, 1)
  }
}

async function lookForFaults(t: Test, page: Page): Promise<void> {
  for (const other of ['English', 'Tiếng Việt']) {
    const sections = page.getByRole('navigation').getByRole('link')
    for (let index = 0; index < (await sections.count()); index += 1) {
      await sections.nth(index).click()
      const name = (await sections.nth(index).textContent()) ?? ''
      await page.getByRole('main').getByRole('heading').first().waitFor()
      t.same(await findFaults(page), [], name)
      t.notMatch((await page.getByRole('main').textContent()) ?? '', /Trần Thị|Thôn Đông/, name)
    }
    await page.getByRole('button', { name: other }).click()
  }
}
