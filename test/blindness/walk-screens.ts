import { SMALL_FORM } from '@songnhap/testkit'
import type { Page } from 'playwright-core'
import { PASSWORD, TYPIST } from './two-worlds.ts'

/** What is on the screen, and what the browser has stored. */
export interface Seen {
  readonly screen: string
  readonly stored: readonly string[]
}

export interface Step {
  readonly title: string
  act(page: Page): Promise<void>
}

/** What differs between any two browsers: ids made by servers, addresses of pictures, the time of day. */
const OWN = [
  [/\b[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\b/gi, 'ID'],
  [/blob:[^"')\s]+/g, 'BLOB'],
  [/\b\d{1,2}:\d{2}(?::\d{2})?\b/g, 'TIME'],
  [/127\.0\.0\.1:\d+/g, 'HOST'],
] as const

/** Run in the browser: all that is kept for this site, by its place and size; what it says is sealed. */
const SIZES = `(async () => {
  const found = [
    ...Object.keys(localStorage).map((key) => 'local ' + key + ' ' + localStorage[key]),
    ...Object.keys(sessionStorage).map((key) => 'session ' + key + ' ' + sessionStorage[key]),
  ]
  const sizeOf = (value) => {
    if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return value.byteLength
    if (typeof value === 'object' && value !== null) return Object.values(value).map(sizeOf)
    return typeof value === 'string' ? value.length : typeof value
  }
  for (const { name } of await indexedDB.databases()) {
    const database = await new Promise((resolve, reject) => {
      const opening = indexedDB.open(name)
      opening.onsuccess = () => resolve(opening.result)
      opening.onerror = () => reject(opening.error)
    })
    for (const store of database.objectStoreNames) {
      const all = await new Promise((resolve, reject) => {
        const request = database.transaction(store).objectStore(store).getAll()
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
      for (const value of all) found.push(name + ' ' + store + ' ' + JSON.stringify(sizeOf(value)))
    }
    database.close()
  }
  for (const name of await caches.keys()) {
    for (const { url } of await (await caches.open(name)).keys()) found.push('cache ' + url)
  }
  return found.sort()
})()`

export async function lookAround(page: Page): Promise<Seen> {
  const screen = maskOwn(await page.evaluate<string>('document.documentElement.outerHTML'))
  return { screen, stored: (await page.evaluate<string[]>(SIZES)).map(maskOwn) }
}

/** Every screen of the desk, and every page of the book that is left, by its place. */
export function stepsThrough(places: readonly number[]): Step[] {
  const press = (title: string, key: string, awaited: RegExp): Step => ({
    title,
    async act(page) {
      await page.keyboard.press('Escape')
      await page.keyboard.press(key)
      await page.getByText(awaited).first().waitFor()
    },
  })
  return [
    { title: 'the first page', act: signIn },
    press('the keys', 'F1', /Các phím/),
    press('handing back', 'F10', /Vì sao không nhập trang này/),
    press('the page after', 'Shift+PageDown', /Đang xem trang 2/),
    press('the page before', 'Shift+PageUp', /Trang liền kề không có/),
    ...places.map((place) => ({
      title: `page ${place} is sent`,
      act: (page: Page) => blankPage(page, place),
    })),
  ]
}

async function signIn(page: Page): Promise<void> {
  await page.getByLabel('Tên đăng nhập').fill(TYPIST)
  await page.getByLabel('Mật khẩu', { exact: true }).fill(PASSWORD)
  await page.keyboard.press('Enter')
  await page.getByText(/sẵn 3 trang để nhập/).waitFor()
}

async function blankPage(page: Page, number: number): Promise<void> {
  await page.keyboard.press('Escape')
  await page.locator('header').getByText(`trang ${number}`, { exact: true }).waitFor()
  await page.getByRole('textbox', { name: 'Họ tên' }).waitFor()
  for (let field = 0; field < SMALL_FORM.fields.length; field += 1) await page.keyboard.press('F2')
  await page.keyboard.press('Control+Enter')
}

function maskOwn(text: string): string {
  return OWN.reduce((masked, [own, word]) => masked.replaceAll(own, word), text)
}
