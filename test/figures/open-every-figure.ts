import type { Page } from 'playwright-core'
import type { Test } from 'tap'

interface Opened {
  readonly figure: string
  readonly text: string
}
const EXPLAINED = /(Định nghĩa|Definition)\s+\S[\s\S]*(Tử số|Numerator)\s+\S/
/** One after the other within the page, in what is folded too; by the keyboard each takes ten times as long. */
const OPEN_EACH = `(async () => {
  const TURNS_MAX = 200
  const until = async (holds) => {
    for (let turns = 0; turns < TURNS_MAX && !holds(); turns += 1) {
      await new Promise((go) => setTimeout(go))
    }
  }
  const dialog = () => document.querySelector('dialog')
  const opened = []
  for (const part of document.querySelectorAll('main details')) part.open = true
  const figures = () => document.querySelectorAll('main [data-figure]')
  const { length } = figures()
  // A row may be drawn anew meanwhile: the room looks again every few seconds.
  for (let index = 0; index < length; index += 1) {
    const figure = figures()[index]
    if (figure === undefined) continue
    figure.click()
    await until(() => dialog() !== null && dialog().open)
    opened.push({ figure: figure.textContent.trim(), text: dialog()?.innerText ?? '' })
    dialog()?.close()
    await until(() => dialog() === null)
  }
  return opened
})()`

/** Each figure on the page is opened, the first by the keyboard, and must say what it is and what it counts. */
export async function openEveryFigure(t: Test, page: Page): Promise<void> {
  const bare = page
    .locator('main td.number')
    .filter({ hasText: /\d/, hasNot: page.locator('[data-figure]') })
  t.same(await bare.allTextContents(), [], 'no number in a table is without an explanation')
  await page.locator('main [data-figure]').first().press('Enter')
  // The element, which stays a moment longer than what is seen of it.
  const dialog = page.locator('dialog')
  await dialog.waitFor()
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  const opened = await page.evaluate<Opened[]>(OPEN_EACH)
  t.ok(opened.length > 0, 'there are figures')
  t.same(
    opened.filter(({ text }) => !EXPLAINED.test(text)),
    [],
    'each explains itself',
  )
  await dialog.waitFor({ state: 'detached' })
}
