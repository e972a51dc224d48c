import type { Page } from 'playwright-core'

/** An arbiter in front of the desk: what is read there, and what is pressed. */
export class AtTheDesk {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key)
  }
  /** The question is there; with its readings, if it has any. */
  async asked(title: string | RegExp, sequence: number): Promise<void> {
    await this.page.getByText(` · trang ${sequence}`).waitFor()
    await this.page.getByRole('heading', { level: 2, name: title }).waitFor()
    // Any key shows the readings at once.
    await this.press('Shift')
    await this.answerable()
  }
  /** A bounce of the key before is over. */
  async answerable(): Promise<void> {
    await this.page.locator('.choices button:enabled').first().waitFor()
  }
  reading(number: 1 | 2 | 3) {
    return this.page.getByRole('button', { name: new RegExp(`^Cách đọc ${number}: `) })
  }
  /** Which key takes the reading that says this. */
  async keyOf(value: string): Promise<string> {
    const label = (await this.reading(1).getAttribute('aria-label')) ?? ''
    return label.replace(/;.*/, '').endsWith(`: ${value}`) ? '1' : '2'
  }
  async take(value: string): Promise<void> {
    await this.press(await this.keyOf(value))
  }
  decided() {
    return this.page.getByRole('list', { name: 'Các câu của trang' }).getByText('đã chốt')
  }
}
