import type { Book, Campaign, FieldDefinition, FormDefinition } from '@songnhap/contracts'
import { SMALL_FORM } from '@songnhap/testkit'
import type { Page } from 'playwright-core'
import type { Test } from 'tap'
import { findFaults } from '../workplace/find-faults.ts'
import type { World } from '../workplace/open-world.ts'

const CAMPAIGN = 'Chiến dịch thử'
export const BOOK = 'Sổ khai sinh 01/2003'

const zone = (layout: string, field: number) => ({
  layout,
  x: 0.05 + 0.3 * field,
  y: 0.2,
  width: 0.25,
  height: 0.1,
})

function printed(version: number, names: readonly [string, ...string[]]): FormDefinition {
  const layouts = names.map((name) => ({
    name,
    label: { vi: `Kiểu ${name}`, en: `As ${name}` },
    recordStep: { x: 0, y: 0.25 },
  }))
  const fields = SMALL_FORM.fields.map((field, index): FieldDefinition => {
    return { ...field, zones: names.map((name) => zone(name, index)) }
  })
  return { ...SMALL_FORM, version, layouts, fields }
}

/** Whose pages are printed in two ways. */
export const PRINTED_FORM = printed(1, ['left', 'right'])

export async function openByHand(t: Test, { administrator }: World, page: Page): Promise<void> {
  await page.getByText('Chưa có chiến dịch nào.').waitFor()
  t.same(await findFaults(page), [], 'nothing there yet')
  await page.getByRole('main').getByRole('button', { name: 'Tạo chiến dịch…' }).click()
  await page.getByLabel('Tên chiến dịch').fill(CAMPAIGN)
  await page.getByLabel('Hạn chốt xong').fill('2031-03-31')
  t.same(await findFaults(page), [], 'a new campaign')
  await page.getByRole('button', { name: 'Tạo chiến dịch', exact: true }).click()
  await page.getByText('Chiến dịch này chưa có sổ nào.').waitFor()
  const { campaigns } = await administrator.get<{ campaigns: Campaign[] }>('/api/campaigns')
  t.match(campaigns, [{ name: CAMPAIGN, deadline: '2031-03-31', form: { name: SMALL_FORM.name } }])

  await page.getByRole('main').getByRole('button', { name: 'Thêm sổ…' }).click()
  await page.getByRole('button', { name: 'Thêm sổ', exact: true }).click()
  await page.getByText('Ô này phải có chữ.').waitFor()
  await page.getByLabel('Tên sổ').fill(BOOK)
  t.ok(await page.getByRole('radio', { name: 'Mọi trang: Kiểu left' }).isChecked(), 'the first one')
  await page.getByRole('radio', { name: 'Trang lẻ một kiểu' }).check()
  t.same(await findFaults(page), [], 'a new book')
  await page.getByRole('button', { name: 'Thêm sổ', exact: true }).click()
  await page.getByText('Kéo cả thư mục ảnh vào đây').waitFor()
  await page.getByText('trang lẻ Kiểu left; trang chẵn Kiểu right').waitFor()
  t.same(await findFaults(page), [], 'an empty book')
}

/** The form goes on without one of its layouts; then nothing is like the pages. */
export async function changeLayouts(t: Test, { administrator }: World, page: Page): Promise<void> {
  const { campaigns } = await administrator.get<{ campaigns: Campaign[] }>('/api/campaigns')
  const path = `/api/campaigns/${campaigns[0]?.campaignId}`
  const layouts = async () => {
    const { books } = await administrator.get<{ books: Book[] }>(`${path}/books`)
    return books[0]?.layouts
  }
  await administrator.put(`${path}/form`, { form: printed(2, ['left']) })
  await page.getByRole('link', { name: 'Tải ảnh', exact: true }).click()
  await page.getByText('Phiên bản mẫu biểu đang dùng không còn bố cục đã chọn').waitFor()
  t.same(await layouts(), ['left', 'right'], 'as it was chosen')
  await page.getByRole('button', { name: 'Đổi bố cục…' }).click()
  await page.getByText('Dữ liệu đã nhập không thay đổi.').waitFor()
  await page.getByRole('radio', { name: 'Không giống hình nào' }).check()
  const drawing = page.getByRole('dialog').locator('img').first()
  t.ok(
    await drawing.evaluate((img: { naturalWidth: number }) => img.naturalWidth > 0),
    'it is drawn',
  )
  t.same(await findFaults(page), [], 'another layout')
  await page.getByRole('button', { name: 'Đổi cho cả sổ' }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.getByText('người nhập tự kéo khung').waitFor()
  t.same(await layouts(), [])
}
