/** Two typists and an arbiter in front of their own screens, while a supervisor looks on. */
import type { BrowserContext, Page } from 'playwright-core'
import type { Test } from 'tap'
import { AtTheDesk } from '../arbiter-desk/at-the-desk.ts'
import { drawFrame } from '../workplace/draw-frame.ts'
import { findFaults } from '../workplace/find-faults.ts'
import { enter, openProfiles } from '../workplace/open-world.ts'

export interface AtWork {
  readonly an: Page
  readonly binh: Page
  readonly duc: Page
  /** Who is typist and arbiter, and not there yet. */
  readonly ha: BrowserContext
}

/** Each has a profile of their own, as on three computers. */
export async function sitDown(t: Test, url: string): Promise<AtWork> {
  const [first, second, third, ha] = await openProfiles(t, 4)
  if (!first || !second || !third || !ha) throw new Error('four')
  const [an, binh, duc] = await Promise.all([
    enter(first, url, 'an'),
    enter(second, url, 'binh'),
    enter(third, url, 'duc'),
  ])
  return { an, binh, duc, ha }
}

/** One page after the other, of one record each, by the keyboard alone. */
export async function keyPages(page: Page, names: readonly string[]): Promise<void> {
  for (const name of names) {
    await page.locator('[data-field=fullName]:focus').waitFor()
    for (const text of [name, '01/02/1985']) {
      await page.keyboard.type(text)
      await page.keyboard.press('Enter')
    }
    await page.keyboard.type('Thôn Đông')
    await page.keyboard.press('Control+Enter')
  }
}

/** Typist and arbiter in one: each desk is in the menu of the other. */
export async function changeDesks(context: BrowserContext, url: string): Promise<void> {
  const page = await enter(context, url, 'ha')
  const go = async (desk: string, there: string) => {
    await page.getByRole('button', { name: 'Người ha' }).click()
    await page.getByRole('link', { name: desk }).click()
    await page.getByText(there).waitFor()
  }
  await page.getByText('Chưa có trang nào cho bạn').waitFor()
  await go('Bàn trọng tài', 'Không còn câu nào')
  await go('Bàn nhập', 'Chưa có trang nào cho bạn')
}

/** The form does not say where the field stands: the arbiter draws it, and then rules. */
export async function ruleOnName(t: Test, page: Page, right: string): Promise<void> {
  await page.getByRole('heading', { level: 2, name: 'Họ tên bản ghi 1' }).waitFor()
  await page.getByText(/Máy chưa biết bản ghi nằm ở đâu/).waitFor()
  await drawFrame(page, 0.1)
  await page.locator('.strip .frame').waitFor()
  await page.getByRole('button', { name: 'cả sổ', pressed: true }).waitFor()
  t.same(await findFaults(page), [], 'a frame that was just drawn')
  const desk = new AtTheDesk(page)
  await desk.answerable()
  await desk.take(right)
  await page.getByText('Vừa chốt').waitFor()
  await desk.press('Control+Enter')
  await page.getByText('Không còn câu nào').waitFor()
}
