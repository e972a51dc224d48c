import type { Page } from 'playwright-core'
import type { Test } from 'tap'

/** Each figure on the page is pressed, by the keyboard, and must say what it is and what it counts. */
export async function openEveryFigure(t: Test, page: Page): Promise<void> {
  const bare = page
    .locator('main td.number')
    .filter({ hasText: /\d/, hasNot: page.locator('[data-figure]') })
  t.same(await bare.allInnerTexts(), [], 'no number in a table is without an explanation')
  const figures = page.locator('main [data-figure]')
  const count = await figures.count()
  t.ok(count > 0, 'there are figures')
  for (let index = 0; index < count; index += 1) {
    await figures.nth(index).press('Enter')
    const opened = page.getByRole('dialog')
    await opened.waitFor()
    const text = await opened.innerText()
    const name = (await figures.nth(index).innerText()).trim()
    if (!/(Định nghĩa|Definition)\s+\S/.test(text) || !/(Tử số|Numerator)\s+\S/.test(text)) {
      t.fail(`${name} explains nothing: ${text}`)
    }
    await page.keyboard.press('Escape')
    await opened.waitFor({ state: 'detached' })
  }
}
