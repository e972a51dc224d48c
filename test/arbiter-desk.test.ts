/**
 * Goal: an arbiter decides every kind of question by the keyboard, by the picture and blind, and loses
 * nothing. Method: a real Chromium against a whole installation; a book from upload to settled.
 */
import { eventually } from '@songnhap/testkit'
import { sql } from 'kysely'
import type { BrowserContext } from 'playwright-core'
import { type Test, t } from 'tap'
import { AtTheDesk } from './arbiter-desk/at-the-desk.ts'
import { BOOK, keyAgain, openDocket } from './arbiter-desk/open-docket.ts'
import { findFaults } from './workplace/find-faults.ts'
import { enter, openBrowser, openWorld, PASSWORD, type World } from './workplace/open-world.ts'
import { storedText } from './workplace/stored-text.ts'

/** What is asked once whole pages have been decided. */
const REST = [
  'Hai lượt nhập gần như không giống nhau: có vẻ một lượt gõ từ ảnh khác',
  'Mẹ: họ và tên bản ghi 12',
  'Trên trang có bản ghi 3 này không?',
]
/** Each, and a page may have to be sent in between. */
const REST_MAX = 2 * REST.length
const NOTE = 'Mực nhòe, xin xem giúp'

t.test('the arbiter’s desk', async (t) => {
  const world = await openWorld(t, ['an', 'binh', 'dung'], { chi: 'arbiter', giang: 'supervisor' })
  await openDocket(world, ['an', 'binh'])
  const { context } = await openBrowser(t)
  const problems: string[] = []
  context.on('weberror', (error) => problems.push(error.error().message))
  const desk = new AtTheDesk(await enter(context, world.url, 'chi'))

  await t.test('K30, K31: the picture first, blind, and nothing is preselected', (t) =>
    nothingPreselected(t, desk),
  )
  await t.test('K37: equal confusions of the book come one after the other', () => lineUp(desk))
  await t.test('K33: every answer to a field by one key, another reading as a typist types', () =>
    decideFields(desk),
  )
  await t.test('K32: a page is held back, taken back, and sent', (t) => holdBack(t, world, desk))
  await t.test('K36: records paired wrongly, seen late: what was decided goes along', (t) =>
    pairLate(t, world, desk),
  )
  await t.test('K34: records are moved by key and by drag', (t) => pairRecords(t, world, desk))
  await t.test('K35: a slip is shown as it would be; sending back is asked twice', (t) =>
    decideSlip(t, desk),
  )
  await t.test('K39: a refused page lets the next one pass, and is opened again', (t) =>
    refuse(t, world, context, desk),
  )
  await t.test('K38: without a line rulings are kept sealed, and go out when it is back', (t) =>
    loseTheLine(t, world, desk),
  )
  await t.test('K36: what whole pages brought up is asked next, and nothing twice', (t) =>
    answerTheRest(t, desk),
  )
  await t.test('K38: then there is nothing to decide', (t) => nothingLeft(t, world, desk))
  await t.test('K40: a supervisor rules on what was passed on, and the book is settled', (t) =>
    settleBook(t, world, desk),
  )
  t.same(problems, [])
})

async function nothingPreselected(t: Test, at: AtTheDesk): Promise<void> {
  const { page } = at
  await at.asked('Họ, chữ đệm, tên bản ghi 1', 1)
  const focused = () => page.evaluate<string>('document.activeElement.tagName')
  t.equal(await focused(), 'H2', 'no answer has the focus')
  await at.press('Enter', 'Space', 'Enter', 'a')
  t.equal(await at.decided().count(), 0)
  t.ok(await page.getByRole('heading', { name: 'Họ, chữ đệm, tên bản ghi 1' }).isVisible())
  const label = (await at.reading(1).getAttribute('aria-label')) ?? ''
  t.match(label, /chữ khác: [ÁÃ] dấu (sắc|ngã)$/)
  await page.getByText('Khác nhau ở 1 chỗ:').waitFor()
  const mark = await page.evaluate<string[]>(
    `(({ fontWeight, borderBottomWidth, borderTopStyle }) =>
      [fontWeight, borderBottomWidth, borderTopStyle])(
        getComputedStyle(document.querySelector('.reading .differs')))`,
  )
  t.same(mark, ['700', '5px', 'solid'], 'weight, foot and frame beside the tint')
  const text = await page.evaluate<string>('document.body.innerText')
  t.notMatch(text, /Người (an|binh)/, 'nobody is named')
  await lookForFaults(t, at, 'a field')
}

async function lineUp(desk: AtTheDesk): Promise<void> {
  const { page } = desk
  await page.getByRole('button', { name: /2 câu cùng chỗ nhầm/ }).waitFor()
  await desk.press('7')
  await page.getByText(/Đang xếp liền chỗ nhầm/).waitFor()
  await desk.take('Hà Thị Ái Ón')
  await desk.asked('Họ, chữ đệm, tên bản ghi 1', 2)
  await desk.press('Control+z')
  await desk.asked('Họ, chữ đệm, tên bản ghi 1', 1)
  await desk.press('7')
  await page.getByRole('button', { name: /2 câu cùng chỗ nhầm/ }).waitFor()
}

async function decideFields(desk: AtTheDesk): Promise<void> {
  const { page } = desk
  await desk.asked('Họ, chữ đệm, tên bản ghi 1', 1)
  await desk.press('3')
  await page.getByRole('textbox', { name: 'Họ, chữ đệm, tên' }).waitFor()
  await desk.press('Enter')
  await page.getByText(/Ô nào trong sổ để trống thì bấm F2/).waitFor()
  await page.keyboard.type('Hà Thị Ái Ón')
  await desk.press('Enter')

  await desk.asked('Ngày sinh bản ghi 1', 1)
  const key = await desk.keyOf('6/12/2002')
  await page.keyboard.down(key)
  await page.keyboard.down(key)
  await page.keyboard.up(key)
  await desk.asked('Mẹ: họ và tên bản ghi 2', 1)
  await desk.press('Control+z')
  await desk.asked('Ngày sinh bản ghi 1', 1)
  await desk.take('6/12/2002')
  await desk.asked('Mẹ: họ và tên bản ghi 2', 1)
  await desk.press('4')
  await desk.asked('Cha: ngày, năm sinh bản ghi 2', 1)
  await page.getByText('Một lượt gõ chữ, lượt kia đánh dấu ô.').waitFor()
  await desk.press('5')
  await desk.asked('Họ, chữ đệm, tên bản ghi 3', 1)
  await desk.press('6')
  await page.getByLabel('Vì sao chuyển giám sát? Một dòng.').fill(NOTE)
  await desk.press('Enter')
  await desk.asked('Dân tộc bản ghi 3', 1)
  await desk.take('Thái')
}

async function holdBack(t: Test, { db }: World, desk: AtTheDesk): Promise<void> {
  const { page } = desk
  await desk.asked('Trên trang có bản ghi 2 này không?', 2)
  await page.getByText(/^Trang 1 gửi lúc/).waitFor()
  await desk.press('Control+z')
  await desk.asked('Dân tộc bản ghi 3', 1)
  await desk.press('Control+Enter')
  await page.getByText('Trang này còn 1 câu chưa chốt.').waitFor()
  await desk.take('Thái')
  await desk.asked('Trên trang có bản ghi 2 này không?', 2)
  t.same(await verdictsOf(db, 1), [], 'nothing has left this computer')
  await desk.press('Control+Enter')
  const sent = await eventually(
    () => verdictsOf(db, 1),
    (verdicts) => verdicts.length === 6,
  )
  const kinds = sent.filter((verdict) => !/first|second/.test(verdict)).toSorted()
  t.same(kinds, ['both', 'escalate', 'illegible', 'other'])
  await page.getByText('Trang 1 đã chuyển đi gửi, không lấy lại được nữa.').waitFor()
  await desk.press('Control+z')
  await page.getByText(/Không còn gì lấy lại được/).waitFor()
  await lookForFaults(t, desk, 'a record')
}

async function pairLate(t: Test, { db }: World, desk: AtTheDesk): Promise<void> {
  await desk.press('ArrowDown')
  await desk.asked('Họ, chữ đệm, tên bản ghi 1', 2)
  await desk.take('Ngô Bá Toàn')
  await desk.asked('Trên trang có bản ghi 2 này không?', 2)
  await desk.press('3')
  await desk.page.getByText(/Nhận xong thì trang gửi đi ngay/).waitFor()
  await lookForFaults(t, desk, 'both entries')
  await desk.press('1')
  const sent = await eventually(
    () => verdictsOf(db, 2),
    (verdicts) => verdicts.length === 2,
  )
  t.ok(sent.includes('aligned'), 'and the field with it')
}

async function pairRecords(t: Test, { db }: World, desk: AtTheDesk): Promise<void> {
  const { page } = desk
  await desk.asked(/Bản ghi nào là bản ghi nào/, 3)
  const title = await page.locator('h2[tabindex="-1"]').textContent()
  const shorter = title?.includes('có 2 và 3') ? 0 : 1
  if (shorter === 0) await desk.press('ArrowLeft')
  await desk.press('ArrowDown', 'Alt+ArrowUp')
  const cell = (row: number) => page.locator(`[data-cell="${row} ${shorter}"]`)
  t.equal(await cell(1).textContent(), 'không có bản ghi này', 'the second record moved up')
  t.equal(await page.evaluate('document.activeElement.dataset.cell'), `0 ${shorter}`)
  await cell(2).dragTo(cell(1))
  t.equal(await cell(2).textContent(), 'không có bản ghi này')
  await lookForFaults(t, desk, 'which record is which')
  await desk.press('1')
  await desk.asked(/có vẻ lệch 1 dòng, từ bản ghi 3/, 4)
  await desk.press('Control+Enter')
  await eventually(
    () => verdictsOf(db, 3),
    (verdicts) => verdicts.join() === 'aligned',
  )
  const { rows } = await sql<{ pairs: (number | null)[][] }>`
    select pairs from reconcile.ruling where verdict = 'aligned' and pairs is not null
    order by ruled_at desc limit 1`.execute(db)
  const alone = rows[0]?.pairs.findIndex((pair) => pair.includes(null))
  t.equal(alone, 2, 'the last record has no partner now')
}

async function decideSlip(t: Test, desk: AtTheDesk): Promise<void> {
  const { page } = desk
  await page.getByText('Số dòng khớp nhau').waitFor()
  await desk.press('4')
  await page.getByText(/Gửi đi nhập lại\? Một người khác/).waitFor()
  await lookForFaults(t, desk, 'a whole page')
  await desk.press('2')
  await page.getByRole('button', { name: /^7 / }).waitFor()
  const slid = await page.evaluate<string>(
    `document.querySelector('tbody tr:nth-child(3) td:nth-child(2)').innerText`,
  )
  await desk.press(slid === 'Trống' ? '1' : '2')
}

async function refuse(
  t: Test,
  { db }: World,
  context: BrowserContext,
  desk: AtTheDesk,
): Promise<void> {
  const { page } = desk
  const message = { vi: 'Phán quyết không khớp câu hỏi.', en: 'It does not fit its question.' }
  let refusals = 0
  await context.route('**/api/rulings', async (route) => {
    refusals += 1
    if (refusals > 1) return await route.continue()
    await route.fulfill({ status: 422, json: { code: 'RULING_INVALID', message } })
  })
  await desk.asked('Họ, chữ đệm, tên bản ghi 1', 5)
  await desk.press('Control+Enter')
  await page.getByRole('button', { name: '1 trang kẹt' }).waitFor()
  await desk.take('Trần Đình Dương')
  await page.getByText(/^Trang 5 gửi lúc/).waitFor()
  await desk.press('Control+Enter')
  await eventually(
    () => verdictsOf(db, 5),
    (verdicts) => verdicts.length === 1,
  )
  t.same(await verdictsOf(db, 4), [], 'and the refused one stays')
  await page.getByRole('button', { name: '1 trang kẹt' }).click()
  await page.getByText(/RULING_INVALID/).waitFor()
  await lookForFaults(t, desk, 'what waits')
  await page.getByRole('button', { name: 'Mở lại trang này' }).click()
  await page.getByText(/Trang 4 máy chủ chưa nhận/).waitFor()
  await desk.asked(/có vẻ lệch 1 dòng/, 4)
  await page.getByText(/^Đã chốt: /).waitFor()
  await desk.press('Control+Enter')
  const [verdict] = await eventually(
    () => verdictsOf(db, 4),
    (verdicts) => verdicts.length === 1,
  )
  t.match(verdict, /^correct-/)
}

async function loseTheLine(t: Test, world: World, desk: AtTheDesk): Promise<void> {
  const { page } = desk
  const gateway = world.installation.services.gateway[0]
  await desk.asked('Trên trang có bản ghi 2 này không?', 2)
  await gateway?.stop()
  await desk.press('1', 'Control+Enter')
  await page.getByText(/1 trang chờ gửi/).waitFor()
  await page.getByText(/Mất mạng từ/).waitFor()
  const text = await storedText(page)
  const secrets = [BOOK, 'Trần Đình Dương', 'send-back', 'chi', NOTE, 'Người']
  for (const secret of secrets.filter((one) => one.length > 3)) {
    t.notOk(text.includes(secret), 'a secret is readable')
  }
  await gateway?.start()
  await page.getByRole('button', { name: /trang chờ gửi/ }).click()
  await page.getByRole('button', { name: 'Gửi lại bây giờ' }).click()
  await eventually(
    () => verdictsOf(world.db, 2),
    (verdicts) => verdicts.length === 3,
  )
}

/** Whatever the decisions about whole pages brought up, in whatever order it comes. */
async function answerTheRest(t: Test, desk: AtTheDesk): Promise<void> {
  const { page } = desk
  const none = page.getByText('Không còn câu nào')
  const heading = page.locator('h2[tabindex="-1"]')
  const asked: string[] = []
  for (let step = 0; step < REST_MAX; step += 1) {
    await none.or(heading).first().waitFor()
    if (await none.isVisible()) {
      await desk.press('Control+Enter')
      if (asked.length === REST.length) break
      await heading.waitFor()
    }
    const title = (await heading.textContent()) ?? ''
    asked.push(title.trim())
    await desk.press('Shift')
    await desk.answerable()
    if (title.includes('này không')) await desk.press('2')
    else if (title.includes('ảnh khác')) await sendBack(desk)
    else await desk.press((await desk.reading(1).isDisabled()) ? '2' : '1')
    await none
      .or(heading.filter({ hasNotText: title }))
      .first()
      .waitFor()
  }
  t.same(asked.toSorted(), REST)
}

/** The entry that is of another page, and yes, surely. */
async function sendBack(desk: AtTheDesk): Promise<void> {
  const { page } = desk
  const left = await page.evaluate<string>(
    `document.querySelector('tbody tr td:nth-child(2)').innerText`,
  )
  await desk.press(left.includes('Phan Thị Nhàn') ? '2' : '1', '1')
}

async function nothingLeft(t: Test, world: World, desk: AtTheDesk): Promise<void> {
  const { page } = desk
  await page.getByText('Không còn câu nào').waitFor()
  await page.getByText('Không có trang nào chờ gửi').waitFor()
  await lookForFaults(t, desk, 'nothing to decide')
  await desk.press('F1')
  await page.getByRole('dialog').waitFor()
  t.same(await findFaults(page), [], 'the key sheet')
  await desk.press('Escape')
  await eventually(
    () => openPages(world),
    (open) => open === 0,
  )
}

async function settleBook(t: Test, world: World, desk: AtTheDesk): Promise<void> {
  const { page } = desk
  await keyAgain(world, 'dung', 2)
  await page.getByRole('button', { name: 'Người chi' }).click()
  await page.getByRole('button', { name: 'Đăng xuất' }).click()
  await page.getByLabel('Tên đăng nhập').waitFor()
  t.notOk(/rulings|outbox|image/.test(await storedText(page)), 'nothing of the person stays')
  await page.evaluate(`location.hash = '#arbitration'`)
  await page.keyboard.type('giang')
  await desk.press('Enter')
  await page.keyboard.type(PASSWORD)
  await desk.press('Enter')
  await desk.asked('Họ, chữ đệm, tên bản ghi 3', 1)
  await page.getByText(`Trọng tài chuyển lên và viết: “${NOTE}”`).waitFor()
  t.equal(await page.getByRole('button', { name: /^6 / }).count(), 0, 'it goes no further')
  await desk.take('Kha Thị Nang')
  await desk.press('Control+Enter')
  await eventually(
    () => settledPages(world),
    (pages) => pages === 6,
  )
  const campaigns = await world.administrator.get<{ campaigns: { campaignId: string }[] }>(
    '/api/campaigns',
  )
  const path = `/api/campaigns/${campaigns.campaigns[0]?.campaignId}/audit`
  const violations = { samePersonTwice: 0, arbiterTyped: 0, doubleSettled: 0 }
  t.same(await world.administrator.get(path), violations)
}

async function lookForFaults(t: Test, { page }: AtTheDesk, what: string): Promise<void> {
  for (const other of ['English', 'Tiếng Việt']) {
    t.same(await findFaults(page), [], what)
    await page.getByRole('button', { name: other, exact: true }).click()
  }
}

async function verdictsOf(db: World['db'], sequence: number): Promise<string[]> {
  const { rows } = await sql<{ verdict: string }>`
    select verdict from reconcile.ruling join reconcile.page using (page_id)
    where sequence = ${sequence}`.execute(db)
  return rows.map(({ verdict }) => verdict)
}

async function openPages({ db }: World): Promise<number> {
  const { rows } = await sql<{ open: number }>`
    select count(*)::int as open from reconcile.open_arbitration where not escalated`.execute(db)
  return rows[0]?.open ?? 0
}

async function settledPages({ db }: World): Promise<number> {
  const { rows } = await sql<{ pages: number }>`
    select count(*)::int as pages from reconcile.settled_page`.execute(db)
  return rows[0]?.pages ?? 0
}
