/** A typist hands three pages back, and a supervisor decides about each with its image before the eyes. */
import { signIn } from '@songnhap/client'
import type { TypingAssignment } from '@songnhap/contracts'
import { samplePage } from '@songnhap/samples'
import type { Page } from 'playwright-core'
import type { Test } from 'tap'
import { findFaults } from '../workplace/find-faults.ts'
import { PASSWORD, type World } from '../workplace/open-world.ts'

const RETURNED = ['unreadable', 'photographed-twice', 'too-hard'] as const
const NEW_SCAN = 40

export async function decideOnPages(t: Test, { url }: World, page: Page): Promise<void> {
  const an = await signIn(url, 'an', PASSWORD)
  const returned: string[] = []
  for (const reason of RETURNED) {
    const { assignments } = await an.post<{ assignments: TypingAssignment[] }>(
      '/api/assignments/take',
      { work: 'typing', capacity: 1 },
    )
    const { leaseToken = '', pageId = '' } = assignments[0] ?? {}
    returned.push(pageId)
    await an.post(`/api/assignments/${leaseToken}/skip`, { reason, note: `trang ${reason}` })
  }
  await page.getByRole('link', { name: 'Việc kẹt' }).click()
  await page.getByText('3 trang chờ giám sát xem ảnh và quyết định.').waitFor()
  const dialog = page.getByRole('dialog')
  const button = (name: string) => dialog.getByRole('button', { name, exact: true })

  await open(page, 1)
  await dialog.getByText('trang unreadable').waitFor()
  t.same(await findFaults(page), [], 'a page that was handed back')
  await button('Tiếp tục').click()
  await dialog.getByText('Chọn một quyết định trước.').waitFor()
  await dialog.getByLabel('Thay bằng ảnh chụp lại').check()
  const { image } = await samplePage(1, NEW_SCAN)
  const file = { name: 'chụp lại.jpg', mimeType: 'image/jpeg', buffer: image }
  await dialog.getByLabel('Ảnh mới của trang này').setInputFiles(file)
  await button('Tiếp tục').click()
  t.same(await findFaults(page), [], 'to confirm it')
  await button('Xác nhận').click()
  await page.getByText(/Trang 1, .*: đã thay ảnh, nhập lại từ đầu/).waitFor({ timeout: 30_000 })

  await open(page, 2)
  await dialog.getByLabel('Không thuộc sổ: để ra ngoài').check()
  await button('Tiếp tục').click()
  await button('Xác nhận').click()
  await page.getByText(/Trang 2, .*: đã để ra ngoài sổ/).waitFor()

  const offerAgain = async (place: number) => {
    await open(page, place)
    await dialog.getByLabel('Đọc được: cho nhập lại').check()
    await button('Tiếp tục').click()
    await button('Xác nhận').click()
    await page.getByText(new RegExp(`Trang ${place}, .*: sẽ được giao nhập lại`)).waitFor()
  }
  await open(page, 3)
  await dialog.getByLabel('Đọc được: cho nhập lại').check()
  await button('Tiếp tục').click()
  const other = await signIn(url, 'sam', PASSWORD)
  await other.post(`/api/pages/${returned[2]}/set-aside`, { reason: 'other' })
  await dialog.getByText('đã có quyết định khác: để ngoài sổ').waitFor()
  t.equal(await button('Xác nhận').count(), 0, 'what contradicts it cannot be confirmed')
  await button('Đóng').first().click()
  await other.post(`/api/pages/${returned[2]}/restore`, {})
  await offerAgain(3)
  await page.getByText('chờ giám sát xem ảnh và quyết định').waitFor({ state: 'hidden' })

  const asides = page.getByRole('region', { name: 'Trang để ngoài sổ' })
  await asides.getByRole('row', { name: /chụp hai lần/ }).waitFor()
  await page.getByRole('link', { name: 'Tiến độ' }).click()
  const state = page.locator('dl div').filter({ hasText: /^ *để ngoài sổ *1$/ })
  await state.first().waitFor()
  await page.getByRole('link', { name: 'Việc kẹt' }).click()
  await asides.getByRole('button', { name: /Đưa lại vào sổ/ }).click()
  await button('Đưa lại vào sổ').click()
  await page.getByText(/Trang 2, .*: đã đưa lại vào sổ/).waitFor()
  await asides.getByRole('row', { name: /chụp hai lần/ }).waitFor({ state: 'hidden' })
  t.equal(await asides.getByRole('row', { name: /đã thay ảnh/ }).count(), 1, 'this one stays')
  // What the typist said of it is to be decided once more.
  await offerAgain(2)
}

/** The page's own image is there. */
async function open(page: Page, place: number): Promise<void> {
  const name = new RegExp(`Xem và quyết định: trang ${place},`)
  await page.getByRole('button', { name }).click()
  const image = page.getByRole('img', { name: new RegExp(`^Ảnh trang ${place},`) })
  await image.and(page.locator('img')).waitFor()
  await page.waitForFunction(
    (img) => Number(Reflect.get(img ?? {}, 'naturalWidth')) > 0,
    await image.elementHandle(),
  )
}
