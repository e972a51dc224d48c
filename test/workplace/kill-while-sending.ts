import { randomUUID } from 'node:crypto'
import { type Api, signIn } from '@songnhap/client'
import { CAPACITY_MAX, type TypingAssignment } from '@songnhap/contracts'
import { eventually } from '@songnhap/testkit'
import type { Page, Route } from 'playwright-core'
import type { Test } from 'tap'
import { endLeases } from './end-leases.ts'
import { entriesOf } from './entries-of.ts'
import { finishWithBlanks } from './finish-with-blanks.ts'
import { PASSWORD, type World } from './open-world.ts'
import { threeRecordForm } from './three-record-form.ts'

const SENT_WITHIN_MS = 30_000
const LAST = 6
const TYPED = '6/1998'
const BLANK = { value: '', mark: 'blank', origin: 'typed' } as const

/** Entry is gone when a page arrives; then the gateway, when the page is stored and not acknowledged yet. */
export async function killWhileSending(
  t: Test,
  { installation, db }: World,
  page: Page,
  book: string,
): Promise<void> {
  const [entry] = installation.services.entry
  const [gateway] = installation.services.gateway
  const before = (await entriesOf(db, book)).length
  const killed: string[] = []
  const send = async (route: Route) => {
    if (killed.length === 0) {
      killed.push('entry')
      await entry?.kill('SIGKILL')
      return await route.continue()
    }
    if (killed.length > 1) return await route.continue()
    const answer = await route.fetch()
    // Entry may not be back yet.
    if (!answer.ok()) return await route.fulfill({ response: answer })
    killed.push('gateway')
    await gateway?.kill('SIGKILL')
    await route.abort('connectionreset')
  }
  await page.route('**/api/entries', send)
  await finishWithBlanks(page, 0)
  await page.getByText(/1 trang chờ gửi/).waitFor()
  await eventually(
    () => killed,
    ({ length }) => length === 1,
  )
  await entry?.start()
  t.equal((await entriesOf(db, book)).length, before, 'nothing has arrived')
  await eventually(
    async () => {
      await page.evaluate("dispatchEvent(new Event('online'))")
      return killed
    },
    ({ length }) => length === 2,
    SENT_WITHIN_MS,
  )
  await page.getByText(/Mất mạng từ/).waitFor({ timeout: SENT_WITHIN_MS })
  await page.getByText(/1 trang chờ gửi/).waitFor()
  t.equal((await entriesOf(db, book)).length, before + 1, 'stored, which nobody here knows yet')
  await gateway?.start()
  await page.evaluate("dispatchEvent(new Event('online'))")
  await page.getByText('Không có trang nào chờ gửi').waitFor({ timeout: SENT_WITHIN_MS })
  t.equal((await entriesOf(db, book)).length, before + 1, 'sent again, and there once')
  await page.unroute('**/api/entries', send)
}

/** The network is away so long that two others have keyed the page that is being typed. */
export async function arriveAsSpare(
  t: Test,
  { url, db }: World,
  page: Page,
  book: string,
): Promise<void> {
  const field = page.getByRole('textbox', { name: 'Số', exact: true })
  await page.getByText(`trang ${LAST}`, { exact: true }).waitFor()
  await field.waitFor()
  await page.context().setOffline(true)
  await page.keyboard.type(TYPED)
  await page.keyboard.press('Enter')
  await page.getByText(/Đã lưu trên máy này lúc/).waitFor()
  await endLeases(db)
  for (const login of ['binh', 'cam']) {
    const other = await signIn(url, login, PASSWORD)
    await eventually(
      async () => {
        await keyAll(other)
        return await entriesOf(db, book)
      },
      (entries) =>
        entries.some(
          ({ sequence, personId }) => sequence === LAST && personId === other.person.personId,
        ),
    )
  }
  await page.context().setOffline(false)
  await page.evaluate("dispatchEvent(new Event('online'))")
  await page.getByText('Trang này không còn dành cho bạn').waitFor({ timeout: SENT_WITHIN_MS })
  t.equal(await field.inputValue(), TYPED, 'what was typed is there')
  await finishWithBlanks(page, 1)
  await page.getByText('Chưa có trang nào cho bạn').waitFor()
  await page.getByText(/Hôm nay bạn đã gửi 3 trang, tất cả đã tới nơi/).waitFor()
  await page.getByText('Không có trang nào chờ gửi').waitFor()
  const last = (await entriesOf(db, book)).filter(({ sequence }) => sequence === LAST)
  t.equal(last.length, 3)
  const spare = last.filter(({ pass }) => pass === null)
  t.match(spare, [{ records: [{ number: { value: TYPED } }] }], 'a spare reading, as it was typed')
}

async function keyAll(person: Api): Promise<void> {
  const wanted = { work: 'typing', capacity: CAPACITY_MAX }
  const path = '/api/assignments/take'
  const { assignments } = await person.post<{ assignments: TypingAssignment[] }>(path, wanted)
  const record = Object.fromEntries(threeRecordForm().fields.map(({ name }) => [name, BLANK]))
  for (const { pageId, leaseToken } of assignments) {
    const entry = { entryId: randomUUID(), pageId, leaseToken, records: [record] }
    await person.post('/api/entries', entry)
  }
}
