import type { Reading, TypedRecords } from '@songnhap/contracts'
import { sampleTruth } from '@songnhap/samples'
import type { Page } from 'playwright-core'
import { threeRecordForm } from './three-record-form.ts'

const KEY_OF = {
  blank: 'F2',
  illegible: 'F3',
  'partly-legible': 'F4',
  torn: 'F6',
  'struck-out': 'F7',
  ditto: 'F8',
} as const
const FIELDS = threeRecordForm().fields
const CHOICES = new Map(FIELDS.map(({ name, options = [] }) => [name, options]))

/** Types by the keyboard alone, and counts the keys that are no characters. */
export class Keyboard {
  readonly page: Page
  characters = 0
  others = 0

  constructor(page: Page) {
    this.page = page
  }

  async type(text: string): Promise<void> {
    this.characters += text.length
    await this.page.keyboard.type(text)
  }
  async press(key: string): Promise<void> {
    this.others += 1
    await this.page.keyboard.press(key)
  }
}

/** What stands on the sample page of this index. */
export function truthOf(index: number): TypedRecords {
  return sampleTruth(1, index)
}

/** Keys a whole page as it stands, up to but without the end of the page. */
export async function typePage(keyboard: Keyboard, records: TypedRecords): Promise<void> {
  for (const record of records) {
    for (const { name, kind } of FIELDS) {
      const reading = record[name]
      if (reading === undefined) throw new Error(`the sample has no ${name}`)
      await typeField(keyboard, name, kind, reading)
    }
  }
}

async function typeField(keyboard: Keyboard, name: string, kind: string, reading: Reading) {
  const { value, mark } = reading
  if (value !== '') {
    const at = (CHOICES.get(name) ?? []).findIndex((option) => option.value === value)
    await keyboard.type(kind === 'choice' && at >= 0 && mark === undefined ? String(at + 1) : value)
  }
  if (mark === undefined) {
    await keyboard.press('Enter')
    return
  }
  await keyboard.press(KEY_OF[mark])
  // Where only a sign stands in a field that is typed each time, the desk asks once more.
  const asks = keyboard.page.getByRole('alert').filter({ hasText: /bấm lần nữa/ })
  if (mark === 'ditto' && (await asks.count()) > 0) await keyboard.press(KEY_OF[mark])
}
