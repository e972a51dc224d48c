import type { Page } from 'playwright-core'

/** A frame around a record, as wide as the page, drawn with the mouse on its picture. */
export async function drawFrame(page: Page, top: number): Promise<void> {
  const box = await page.locator('.page.drawable').boundingBox()
  if (box === null) throw new Error('there is no picture to draw on')
  await page.mouse.move(box.x + box.width * 0.08, box.y + box.height * top)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width * 0.92, box.y + box.height * (top + 0.06))
  await page.mouse.up()
}
