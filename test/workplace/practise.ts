import { sql } from 'kysely'
import type { Page } from 'playwright-core'
import type { Test } from 'tap'
import { findFaults } from './find-faults.ts'
import type { World } from './open-world.ts'

/** Keys for each lesson after the first, one a step, and the words of a mark's name where needed. */
const LESSON_KEYS: readonly (readonly string[])[] = [
  ['12.3.2003', 'Enter', '3/1981', 'Enter', '1979', 'Control+Enter'],
  ['2', 'Enter', 'F2', 'F2', 'Lô Thị Mận', 'Control+Enter'],
  ['Hà Văn ??', 'F4', 'F3', 'F7', 'Control+Enter'],
  [
    'Kha Thị Nga',
    'Enter',
    'Trạm y tế xã Bản Mùng',
    'Enter',
    'Lô Văn Hoà',
    'Enter',
    'F8',
    'Control+Enter',
  ],
]

export async function practise(t: Test, world: World, page: Page): Promise<void> {
  const before = await traces(world)
  const asked: string[] = []
  page.on('request', (request) => {
    if (request.method() !== 'GET') asked.push(new URL(request.url()).pathname)
  })
  await page.getByText(/Lần đầu ở đây/).waitFor()
  await loseLessons(t, page)
  await openFromMenu(page)
  const name = page.getByRole('textbox', { name: 'Họ, chữ đệm, tên' })
  await name.waitFor()
  await page.keyboard.type('Lương Thị Xuyển')
  await page.keyboard.press('Enter')
  await page.getByText('Dấu sắc là nét xiên đi lên.').waitFor()
  t.ok(
    await name.evaluate('document.activeElement.dataset.field === "childName"'),
    'it stays there',
  )
  t.same(await findFaults(page), [], 'a mistake explained')
  await page.keyboard.press('F3')
  await page.getByText(/Bạn đánh dấu “Không đọc được”/).waitFor()
  await page.keyboard.press('Backspace')
  await page.keyboard.press('Backspace')
  await page.keyboard.type('ến')
  t.equal(await page.getByText('Chưa giống sổ').count(), 0, 'gone with the next letter')
  for (const text of ['', 'Vi Thị Thường', 'Lương Văn Tuyển']) {
    await page.keyboard.type(text)
    await page.keyboard.press('Enter')
  }
  await page.keyboard.press('Control+Enter')
  await page.getByRole('heading', { name: 'bước 2 trong 6' }).waitFor()
  await page.getByRole('button', { name: 'Về bàn nhập' }).click()
  await page.getByRole('textbox', { name: 'Số', exact: true }).waitFor()
  t.equal(await page.getByText(/Lần đầu ở đây/).count(), 0, 'offered once')
  await openFromMenu(page)
  await page.getByRole('heading', { name: 'bước 2 trong 6' }).waitFor()
  for (const keys of LESSON_KEYS) {
    await page.getByRole('textbox').first().waitFor()
    for (const key of keys) {
      if (/^(Enter|F\d|Control\+Enter)$/.test(key)) await page.keyboard.press(key)
      else await page.keyboard.type(key)
    }
  }
  await page.getByRole('heading', { name: 'bước 6 trong 6' }).waitFor()
  await page.keyboard.type('Vi')
  await page.keyboard.press('Enter')
  await page.getByText(/Đừng gõ: bấm F10/).waitFor()
  await page.keyboard.press('F10')
  await page.getByRole('radio').first().waitFor()
  await page.keyboard.press('1')
  await page.keyboard.press('Enter')
  await page.getByText('Trang tiếp theo là trang thật').waitFor()
  t.same(await findFaults(page), [], 'the lessons are done')
  await page.keyboard.press('Enter')
  await page.getByRole('textbox', { name: 'Số', exact: true }).waitFor()
  t.same(await traces(world), before, 'no lease, no entry, nothing handed back')
  const lessons = asked.filter((path) => path !== '/api/session/lessons')
  t.ok(
    lessons.every((path) => /take$|renew$|desk$/.test(path)),
    lessons.join(),
  )
}

async function openFromMenu(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Người an' }).click()
  await page.getByRole('button', { name: 'Tập nhập' }).click()
}

/** The line breaks while they are fetched: one can go on typing, and try again. */
async function loseLessons(t: Test, page: Page): Promise<void> {
  const line = await page.context().newCDPSession(page)
  await line.send('Network.enable')
  await line.send('Network.setBypassServiceWorker', { bypass: true })
  await line.send('Network.setCacheDisabled', { cacheDisabled: true })
  await line.send('Fetch.enable', { patterns: [{ urlPattern: '*/assets/tutorial-*.js' }] })
  line.on('Fetch.requestPaused', ({ requestId }) => {
    void line.send('Fetch.failRequest', { requestId, errorReason: 'ConnectionFailed' })
  })
  const failed = page.getByText(/^Chưa tải được màn hình này/)
  await page.getByRole('button', { name: 'Tập nhập' }).click()
  await failed.waitFor()
  t.same(await findFaults(page), [], 'lessons that do not come')
  await page.getByRole('button', { name: 'Bàn nhập' }).click()
  await page.getByRole('textbox', { name: 'Số', exact: true }).waitFor()
  await openFromMenu(page)
  await failed.waitFor()
  await line.detach()
  await page.getByRole('button', { name: 'Tải lại' }).click()
  await page.getByRole('textbox', { name: 'Số', exact: true }).waitFor()
}

async function traces(world: World) {
  const { rows } = await sql<{ entries: string; leases: string; skips: string }>`
    select (select count(*) from entry) as entries, (select count(*) from lease) as leases,
      (select count(*) from skip) as skips`.execute(world.db)
  return rows
}
