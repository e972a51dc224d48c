import { signIn } from '@songnhap/client'
import type { Campaign } from '@songnhap/contracts'
import { eventually } from '@songnhap/testkit'
import { sql } from 'kysely'
import type { Page } from 'playwright-core'
import type { Test } from 'tap'
import { entriesOf } from './entries-of.ts'
import { finishWithBlanks } from './finish-with-blanks.ts'
import type { World } from './open-world.ts'
import { threeRecordForm } from './three-record-form.ts'

const TYPED = '9/1998'

/**
 * Supervisors change the form, and set the page aside, while it is being typed: what was typed stays, the
 * screen says so, and it arrives as it was begun.
 */
export async function changeInMidPage(
  t: Test,
  { url, installation, db }: World,
  page: Page,
  book: string,
): Promise<void> {
  const field = page.getByRole('textbox', { name: 'Số', exact: true })
  t.equal(await field.inputValue(), TYPED)
  const { login, password } = installation.administrator
  const administrator = await signIn(url, login, password)
  const { campaigns } = await administrator.get<{ campaigns: Campaign[] }>('/api/campaigns')
  const { campaignId } = campaigns.find(({ name }) => name === book) ?? {}
  const form = threeRecordForm()
  const version = form.version + 1
  const fields = form.fields.map((one) => ({ ...one, label: { vi: 'Nhãn mới', en: 'New label' } }))
  await administrator.put(`/api/campaigns/${campaignId}/form`, {
    form: { ...form, version, fields },
  })
  const asks = page.waitForResponse((response) => response.url().endsWith('/take'))
  await page.evaluate("dispatchEvent(new Event('online'))")
  await asks
  t.equal(await page.getByText('Nhãn mới').count(), 0, 'a page that was begun goes on as it was')

  const { rows } = await sql<{ pageId: string }>`select page_id as "pageId" from page
    join book using (book_id) where title = ${book} and sequence = 4`.execute(db)
  const aside = `/api/pages/${rows[0]?.pageId}/set-aside`
  await administrator.post(aside, { reason: 'photographed-twice' })
  await eventually(
    () => sql`select from aside_page where page_id = ${rows[0]?.pageId}`.execute(db),
    (result) => result.rows.length === 1,
  )
  await page.evaluate("dispatchEvent(new Event('online'))")
  await page.getByText('Trang này không còn dành cho bạn').waitFor()
  t.equal(await field.inputValue(), TYPED, 'what was typed is there')
  await field.press('Enter')
  await finishWithBlanks(page, 1)
  const all = await eventually(
    () => entriesOf(db, book),
    (entries) => entries.length === 4,
  )
  const [record] = all.find(({ sequence }) => sequence === 4)?.records ?? []
  t.equal(record?.['number']?.value, TYPED, 'and arrives')
  await page.getByText('Không có trang nào chờ gửi').waitFor()
  await page.getByText('trang 5', { exact: true }).waitFor()
}
