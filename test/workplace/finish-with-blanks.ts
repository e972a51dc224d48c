import type { Page } from 'playwright-core'
import { threeRecordForm } from './three-record-form.ts'

const FIELDS = threeRecordForm().fields.length

/** One record, whose fields from this one on are blank in the register; the focus is there. */
export async function finishWithBlanks(page: Page, from: number): Promise<void> {
  for (let field = from; field < FIELDS; field += 1) await page.keyboard.press('F2')
  await page.keyboard.press('Control+Enter')
}
