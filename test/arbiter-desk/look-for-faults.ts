import type { Test } from 'tap'
import { findFaults } from '../workplace/find-faults.ts'
import type { AtTheDesk } from './at-the-desk.ts'

const USUAL = { width: 1366, height: 768 }
const SMALL = { width: 1024, height: 768 }
/** As at 200 % of the usual one. */
const ENLARGED = { width: 683, height: 384 }

/** By axe, in both languages, and where there is little room. */
export async function lookForFaults(t: Test, { page }: AtTheDesk, what: string): Promise<void> {
  t.same(await findFaults(page), [], what)
  await page.setViewportSize(SMALL)
  await page.getByRole('button', { name: 'English', exact: true }).click()
  t.same(await findFaults(page), [], `${what}, in English at 1024`)
  await page.setViewportSize(ENLARGED)
  t.same(await findFaults(page), [], `${what}, at 200 %`)
  await page.getByRole('button', { name: 'Tiếng Việt', exact: true }).click()
  await page.setViewportSize(USUAL)
}

/** Enlarged to twice its size: the picture and every answer are seen without scrolling. */
export async function lookForAnswers(t: Test, { page }: AtTheDesk): Promise<void> {
  await page.setViewportSize(ENLARGED)
  for (const part of ['.strip', '.choices button:last-child']) {
    const box = await page.locator(part).boundingBox()
    const { x, y, width, height } = box ?? { x: -1, y: -1, width: 0, height: 0 }
    t.ok(y >= 0 && y + height <= ENLARGED.height, 'in sight')
    const middle = `document.elementFromPoint(${x + width / 2}, ${y + height / 2})`
    t.ok(await page.evaluate(`${middle}?.closest('${part}') !== null`), 'nothing covers it')
  }
  await page.setViewportSize(USUAL)
}
