/**
 * Goal: an arbiter decides every kind of question by the keyboard, by the picture and blind, and loses
 * nothing. Method: a real Chromium against a whole installation; a book from upload to settled.
 */
import { eventually } from '@songnhap/testkit'
import type { BrowserContext } from 'playwright-core'
import { type Test, t } from 'tap'
import { AtTheDesk } from './arbiter-desk/at-the-desk.ts'
import { chooseOfThree } from './arbiter-desk/choose-of-three.ts'
import {
  decideFields,
  holdBack,
  lineUp,
  NOTE,
  nothingPreselected,
} from './arbiter-desk/decide-fields.ts'
import { answerTheRest, decideSlip, pairLate, pairRecords } from './arbiter-desk/decide-pages.ts'
import { lookForFaults } from './arbiter-desk/look-for-faults.ts'
import { BOOK, keyAgain, openDocket } from './arbiter-desk/open-docket.ts'
import { openPages, settledPages, verdictsOf } from './arbiter-desk/what-is-stored.ts'
import { findFaults } from './workplace/find-faults.ts'
import { enter, openBrowser, openWorld, PASSWORD, type World } from './workplace/open-world.ts'
import { storedText } from './workplace/stored-text.ts'

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
  await t.test('K32, K40: a supervisor rules on what was passed on, and the book is settled', (t) =>
    settleBook(t, world, desk),
  )
  await t.test('H6: three readings are answered by key, and there is no answer for two', (t) =>
    chooseOfThree(t, world, desk, { typists: ['an', 'binh', 'dung'], arbiter: 'chi' }),
  )
  t.same(problems, [])
})

async function refuse(
  t: Test,
  { db }: World,
  context: BrowserContext,
  desk: AtTheDesk,
): Promise<void> {
  const { page } = desk
  const message = { vi: 'Phán quyết không khớp câu hỏi.', en: 'It does not fit its question.' }
  const refusals = ['RULING_INVALID', 'LEASE_ENDED']
  await context.route('**/api/rulings', async (route) => {
    const code = refusals.shift()
    if (code === undefined) return await route.continue()
    await route.fulfill({ status: code === 'LEASE_ENDED' ? 409 : 422, json: { code, message } })
  })
  await desk.asked('Họ, chữ đệm, tên bản ghi 1', 5)
  await desk.press('Control+Enter')
  await page.getByRole('button', { name: '1 trang kẹt' }).waitFor()
  await desk.take('Trần Đình Dương')
  await page.getByText(/^Trang 5 gửi lúc/).waitFor()
  await desk.press('Control+Enter')
  // Overtaken, and here once more: it is opened with what was decided of it.
  await page.getByText(/Trang 5 máy chủ chưa nhận/).waitFor()
  t.same(await verdictsOf(db, 5), [])
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
  // Half a minute later it goes out by itself.
  await page.clock.install()
  await desk.take('Kha Thị Nang')
  await page.getByText(/^Trang 1 gửi lúc/).waitFor()
  t.same((await verdictsOf(world.db, 1)).length, 6, 'not yet')
  await page.clock.fastForward('00:31')
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
