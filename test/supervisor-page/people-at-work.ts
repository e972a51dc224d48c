/** Two typists and an arbiter in front of their own screens, while a supervisor looks on. */
import type { Page } from 'playwright-core'
import type { Test } from 'tap'
import { AtTheDesk } from '../arbiter-desk/at-the-desk.ts'
import { drawFrame } from '../workplace/draw-frame.ts'
import { findFaults } from '../workplace/find-faults.ts'
import { enter, openProfiles } from '../workplace/open-world.ts'

export interface AtWork {
  readonly an: Page
  readonly binh: Page
  readonly duc: Page
}

/** Each has a profile of their own, as on three computers. */
export async function sitDown(t: Test, url: string): Promise<AtWork> {
  const [first, second, third] = await openProfiles(t, 3)
  if (first === undefined || second === undefined || third === undefined) throw new Error('three')
  const [an, binh, duc] = await Promise.all([
    enter(first, url, 'an'),
    enter(second, url, 'binh'),
    enter(third, url, 'duc'),
  ])
  return { an, binh, duc }
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
