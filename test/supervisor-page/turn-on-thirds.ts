import type { Campaign } from '@songnhap/contracts'
import type { Page } from 'playwright-core'
import type { Test } from 'tap'
import { findFaults } from '../workplace/find-faults.ts'
import type { World } from '../workplace/open-world.ts'

/** Off until somebody turns it on, with what speaks for it. */
export async function turnOnThirds(t: Test, { administrator }: World, page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Lượt nhập thứ ba…' }).click()
  await page.getByText('hỏi người thứ ba trước tốn 2,37,').waitFor()
  t.same(await findFaults(page), [], 'third entries')
  await page.getByRole('checkbox').check()
  const share = page.getByRole('textbox', { name: 'Giao thêm mấy phần trăm' })
  t.equal(await share.inputValue(), '2')
  await share.fill('21')
  await page.getByRole('button', { name: 'Lưu' }).click()
  await page.getByText('Nhập một số từ 0 đến 20.').waitFor()
  await share.fill('7,5')
  await page.getByRole('button', { name: 'Ô đáng ngờ, xem cách tính' }).click()
  await page.getByText('hai người cùng sai, theo giá trị chốt sau cùng').waitFor()
  t.same(await findFaults(page), [], 'how often doubtful fields are wrong')
  await page.getByRole('button', { name: 'Đóng' }).click()
  await page.getByRole('button', { name: 'Lưu' }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  const { campaigns } = await administrator.get<{ campaigns: Campaign[] }>('/api/campaigns')
  const path = `/api/campaigns/${campaigns[0]?.campaignId}/third-entries`
  t.match(await administrator.get(path), { on: true, agreed: { share: 0.075, chance: 0.01875 } })
  await administrator.put(path, { on: false })
}
