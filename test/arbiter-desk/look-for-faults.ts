import type { Test } from 'tap'
import { findFaults } from '../workplace/find-faults.ts'
import type { AtTheDesk } from './at-the-desk.ts'

/** By axe, in both languages. */
export async function lookForFaults(t: Test, { page }: AtTheDesk, what: string): Promise<void> {
  for (const other of ['English', 'Tiếng Việt']) {
    t.same(await findFaults(page), [], what)
    await page.getByRole('button', { name: other, exact: true }).click()
  }
}
