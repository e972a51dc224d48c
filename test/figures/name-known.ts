import { signIn } from '@songnhap/client'
import type { KnownPageShown } from '@songnhap/contracts'
import type { Page } from 'playwright-core'
import type { Test } from 'tap'
import { findFaults } from '../workplace/find-faults.ts'
import { PASSWORD, type World } from '../workplace/open-world.ts'

/** By one supervisor at the screen, and by another who did not decide about the page. */
export async function nameKnown(t: Test, world: World, page: Page, bookId: string): Promise<void> {
  const mai = await signIn(world.url, 'mai', PASSWORD)
  const answers = [1, 2].map((place) => `/api/books/${bookId}/pages/${place}/answer`)
  const seen = await Promise.all(answers.map((path) => mai.get<KnownPageShown>(path)))
  const shown = seen.find(({ hindrance }) => hindrance === undefined)
  if (shown === undefined) throw new Error('this supervisor decided about every page')
  await page.getByRole('link', { name: 'Mọi người nhập' }).click()
  await page.getByRole('link', { name: 'Trang biết trước đáp án…' }).click()
  await page.getByText('Chưa có trang nào.').waitFor()
  await page.getByLabel('Trang số').fill('900')
  await page.getByRole('button', { name: 'Mở' }).click()
  await page.getByText('Ở đó chưa có trang nào được chốt.').waitFor()
  await page.getByLabel('Trang số').fill(String(shown.sequence))
  await page.getByRole('button', { name: 'Mở' }).click()
  await page.getByRole('img', { name: /^Ảnh của/ }).waitFor()
  await page.getByRole('button', { name: /^Tôi đã đối chiếu/ }).click()
  await page.getByText('Bạn đã xác nhận; cần một giám sát viên khác').waitFor()
  const row = page.getByRole('row', { name: /trang \d/ })
  await row.getByText('chờ giám sát viên thứ hai').waitFor()
  const { pageId, revision } = shown
  t.same(await mai.post(`/api/known-pages/${pageId}/confirm`, { revision }), { state: 'named' })
  await row.getByRole('button').first().click()
  await page.getByText('Trang đã được hai người xác nhận.').waitFor()
  await page.getByRole('button', { name: 'Bỏ trang này…' }).waitFor()
  for (const other of ['English', 'Tiếng Việt']) {
    await page.getByRole('button', { name: other }).click()
    t.same(await findFaults(page), [], `known pages, before ${other}`)
  }
  await page.getByRole('button', { name: 'Tỷ lệ giao…' }).click()
  await page.getByLabel(/Với người mới/).fill('11')
  await page.getByRole('button', { name: 'Lưu' }).click()
  await page.getByText('Hãy ghi một số từ 0 đến 10.').waitFor()
  await page.getByLabel(/Với người mới/).fill('7,5')
  await page.getByRole('button', { name: 'Lưu' }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Bỏ trang này…' }).click()
  await page.getByRole('button', { name: 'Bỏ', exact: true }).click()
  await row.getByText('đã bỏ').waitFor()
  await row.getByText('Người sam, Người mai').waitFor()
}
