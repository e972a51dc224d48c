/**
 * Goal: at the typist's desk a page is keyed by the keyboard alone, in any way of writing Vietnamese.
 * Method: a real Chromium against a whole installation, and what it has stored in the end.
 */
import { eventually } from '@songnhap/testkit'
import type { Page } from 'playwright-core'
import { type Test, t } from 'tap'
import { composeTelex, INPUT_METHODS } from './workplace/compose-telex.ts'
import { entriesOf } from './workplace/entries-of.ts'
import { findFaults } from './workplace/find-faults.ts'
import { keyUnknownLayout } from './workplace/key-unknown-layout.ts'
import { enter, openBrowser, openWorld, type World } from './workplace/open-world.ts'
import { practise } from './workplace/practise.ts'
import { threeRecordForm } from './workplace/three-record-form.ts'
import { Keyboard, truthOf, typePage } from './workplace/type-page.ts'

const FIELDS = threeRecordForm().fields.length
const BOOK = 'Sổ khai sinh 01/2003'
const SAVED_WITHIN_MS = 1_000
const KEYS_A_SECOND = 12
const FAST = 'Luong Thi Hoai Thuong'

t.test('the desk', async (t) => {
  const world = await openWorld(t, ['an'])
  await world.openBook(BOOK, 3)
  const { context } = await openBrowser(t)
  const problems: string[] = []
  const foreign: string[] = []
  context.on('weberror', (error) => problems.push(error.error().message))
  context.on('console', (message) => {
    if (/Content.Security.Policy/i.test(message.text())) problems.push(message.text())
  })
  context.on('request', (request) => {
    if (!request.url().startsWith(world.url) && !request.url().startsWith('blob:')) {
      foreign.push(request.url())
    }
  })
  const page = await enter(context, world.url, 'an')
  await page.getByRole('textbox', { name: 'Số', exact: true }).waitFor()

  await t.test('K2, K4, K73: what an input method holds half-made is left alone', (t) =>
    inputMethods(t, page),
  )
  await t.test('K1, K5: a page of three records is keyed by the keyboard alone', (t) =>
    keyOnePage(t, world, page),
  )
  await t.test('K6: open fields, undo and records', (t) => correctAPage(t, page))
  await t.test(
    'K71, K72, K74: the lessons explain mistakes, send nothing, and are fetched again where they were lost',
    (t) => practise(t, world, page),
  )
  await t.test(
    'K7, K11, K82: a band is drawn once a book, and single fields are keyed by one',
    (t) => keyUnknownLayout(t, world, page),
  )
  await t.test('K9: axe finds nothing on any screen, in both languages', (t) =>
    lookForFaults(t, page),
  )
  await t.test('K74: what a breaking line lost of the app is loaded again', () => loseParts(page))
  await t.test('K8: nothing leaves the own host, and the policy is not broken', async (t) => {
    t.same(foreign, [])
    t.same(problems, [])
    const policy = (await page.request.get(world.url)).headers()['content-security-policy'] ?? ''
    t.notMatch(policy, /unsafe-inline|unsafe-eval/)
  })
})

async function keyOnePage(t: Test, world: World, page: Page): Promise<void> {
  const keyboard = new Keyboard(page)
  const truth = truthOf(0)
  await typePage(keyboard, truth)
  await page.getByText(/Đã lưu trên máy này lúc/).waitFor({ timeout: SAVED_WITHIN_MS })
  await keyboard.press('Control+Enter')
  const [entry] = await eventually(
    () => entriesOf(world.db, BOOK),
    (entries) => entries.length === 1,
  )
  const [sent, wanted] = [entry?.records ?? [], truth]
  t.equal(sent.length, wanted.length, 'the record that was opened and left is not sent')
  for (const [index, record] of wanted.entries()) {
    for (const [name, { value, mark }] of Object.entries(record)) {
      t.match(sent[index]?.[name], { value, ...(mark === undefined ? {} : { mark }) }, name)
    }
  }
  t.ok(keyboard.others <= wanted.length * FIELDS + 2, `${keyboard.others} keys beside characters`)
  await page.getByText('trang 2', { exact: true }).waitFor()
  t.equal(await page.evaluate('document.activeElement.dataset.field'), 'number', 'the next page')
  await page.getByText('Hôm nay: 1 trang đã gửi').waitFor()
}

async function inputMethods(t: Test, page: Page): Promise<void> {
  const line = await page.context().newCDPSession(page)
  const name = page.getByRole('textbox', { name: 'Họ, chữ đệm, tên' })
  for (const method of INPUT_METHODS) {
    await name.focus()
    await composeTelex(page, line, ['Nguyễn', 'Thưởng'], method)
    t.equal(await name.inputValue(), 'Nguyễn Thưởng', method)
    t.equal(await page.evaluate('document.activeElement.dataset.field'), 'childName', method)
    await page.keyboard.press('Enter')
    t.equal(await page.evaluate('document.activeElement.dataset.field'), 'sex', method)
    await name.focus()
    for (let letter = 0; letter < 13; letter += 1) await page.keyboard.press('Backspace')
    t.equal(await name.inputValue(), '')
  }
  await typeFast(t, page)
  await page.getByRole('textbox', { name: 'Số', exact: true }).focus()
}

/** K73. As fast as the fastest, and gone the moment after: whatever was said to be saved is there. */
async function typeFast(t: Test, page: Page): Promise<void> {
  const name = page.getByRole('textbox', { name: 'Họ, chữ đệm, tên' })
  await name.focus()
  await page.keyboard.type(FAST, { delay: 1_000 / KEYS_A_SECOND })
  await page.getByText(/Đã lưu trên máy này lúc/).waitFor({ timeout: SAVED_WITHIN_MS })
  await page.reload()
  await name.waitFor()
  t.equal(await name.inputValue(), FAST, 'K73: saved at twelve keys a second')
  await name.focus()
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Backspace')
}

/** The whole app at first, twice, then one screen of it. */
async function loseParts(page: Page): Promise<void> {
  const line = await page.context().newCDPSession(page)
  await line.send('Network.enable')
  await line.send('Network.setBypassServiceWorker', { bypass: true })
  await line.send('Network.setCacheDisabled', { cacheDisabled: true })
  const lost = ['index', 'index', 'sign-in']
  const urlPatterns = lost.map((name) => ({ urlPattern: `*/assets/${name}-*.js` }))
  await line.send('Fetch.enable', { patterns: urlPatterns })
  line.on('Fetch.requestPaused', ({ requestId, request }) => {
    const at = lost.findIndex((name) => request.url.includes(`/${name}-`))
    if (at === -1) return void line.send('Fetch.continueRequest', { requestId })
    lost.splice(at, 1)
    void line.send('Fetch.failRequest', { requestId, errorReason: 'ConnectionFailed' })
  })
  await page.evaluate(`sessionStorage.setItem('songnhap.loads', '6')`)
  await page.reload()
  // It was tried often enough: now it asks.
  await page.getByRole('button', { name: 'Load again' }).click()
  await page.getByLabel('Login name').waitFor()
  if (lost.length > 0) throw new Error(`not asked for: ${lost.join()}`)
  await line.detach()
}

async function correctAPage(t: Test, page: Page): Promise<void> {
  const here = () => page.evaluate<string>('document.activeElement.dataset.field')
  await page.keyboard.type('13')
  await page.keyboard.press('Control+Enter')
  await page.getByText(/Còn 13 ô chưa gõ/).waitFor()
  t.equal(await here(), 'registeredOn', 'the first open field')
  await page.keyboard.type('không rõ')
  await page.keyboard.press('Enter')
  await page.getByText(/bấm Enter lần nữa để giữ/).waitFor()
  t.equal(await here(), 'registeredOn')
  await page.keyboard.press('Enter')
  t.equal(await here(), 'childName', 'a second Enter keeps it')
  await page.keyboard.press('F3')
  t.equal(await here(), 'sex')
  await page.keyboard.type('x')
  await page.keyboard.press('Enter')
  await page.getByText(/Không có trong danh sách/).waitFor()
  await page.keyboard.press('Backspace')
  await page.keyboard.press('ArrowUp')
  t.equal(await here(), 'childName', 'arrows move and change nothing')
  await page.keyboard.press('Alt+Enter')
  const records = page.getByRole('navigation').getByRole('listitem')
  t.equal(await records.count(), 2)
  await page.keyboard.press('Control+z')
  t.equal(await records.count(), 1)
  await page.keyboard.press('Control+y')
  t.equal(await records.count(), 2)
  await page.keyboard.press('Alt+Delete')
  t.equal(await records.count(), 1)
}

async function lookForFaults(t: Test, page: Page): Promise<void> {
  for (const other of ['English', 'Tiếng Việt']) {
    t.same(await findFaults(page), [], 'the desk')
    await page.keyboard.press('F10')
    await page.getByRole('radio').first().waitFor()
    t.same(await findFaults(page), [], 'handing a page back')
    await page.keyboard.press('Escape')
    await page.keyboard.press('F1')
    await page.getByRole('dialog').waitFor()
    t.same(await findFaults(page), [], 'the key sheet')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: other }).click()
  }
  await page.keyboard.press('F10')
  await page.getByRole('radio').first().waitFor()
  await page.keyboard.press('6')
  await page.keyboard.type('1')
  const send = page.getByRole('button', { name: /^Trả trang/ })
  t.ok(await send.isDisabled(), 'a digit is no reason: somebody meant another one')
  await page.getByRole('radio').first().check()
  await send.click()
  await page.getByText(/Đã trả trang \d+\./).waitFor()
  await page.getByText('Không có trang nào chờ gửi').waitFor()
  await page.getByRole('button', { name: 'Người an' }).click()
  await page.getByRole('button', { name: 'Đăng xuất' }).click()
  await page.getByLabel('Tên đăng nhập').waitFor()
  t.same(await findFaults(page), [], 'signing in')
  await page.getByRole('button', { name: 'English' }).click()
  t.same(await findFaults(page), [], 'signing in, in English')
}
