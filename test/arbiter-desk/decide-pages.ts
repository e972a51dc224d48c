/** Questions about records and whole pages, and what they bring up. */
import { eventually } from '@songnhap/testkit'
import { sql } from 'kysely'
import type { Test } from 'tap'
import type { World } from '../workplace/open-world.ts'
import type { AtTheDesk } from './at-the-desk.ts'
import { lookForFaults } from './look-for-faults.ts'
import { verdictsOf } from './what-is-stored.ts'

/** What is asked once whole pages have been decided. */
const REST = [
  'Hai lượt nhập gần như không giống nhau: có vẻ một lượt gõ từ ảnh khác',
  'Mẹ: họ và tên bản ghi 12',
  'Trên trang có bản ghi 3 này không?',
]
/** Each, and a page may have to be sent in between. */
const REST_MAX = 2 * REST.length

export async function pairLate(t: Test, { db }: World, desk: AtTheDesk): Promise<void> {
  await desk.press('ArrowDown')
  await desk.asked('Họ, chữ đệm, tên bản ghi 1', 2)
  await desk.take('Ngô Bá Toàn')
  await desk.asked('Trên trang có bản ghi 2 này không?', 2)
  await desk.press('3')
  await desk.page.getByText(/Nhận xong thì trang gửi đi ngay/).waitFor()
  await lookForFaults(t, desk, 'both entries')
  await desk.press('1')
  const sent = await eventually(
    () => verdictsOf(db, 2),
    (verdicts) => verdicts.length === 2,
  )
  t.ok(sent.includes('aligned'), 'and the field with it')
}

export async function pairRecords(t: Test, { db }: World, desk: AtTheDesk): Promise<void> {
  const { page } = desk
  await desk.asked(/Bản ghi nào ứng với bản ghi nào/, 3)
  const title = await page.locator('h2[tabindex="-1"]').textContent()
  const shorter = title?.includes('có 2 và 3') ? 0 : 1
  if (shorter === 0) await desk.press('ArrowLeft')
  await desk.press('ArrowDown', 'Alt+ArrowUp')
  const cell = (row: number) => page.locator(`[data-cell="${row} ${shorter}"]`)
  t.equal(await cell(1).textContent(), 'không có bản ghi này', 'the second record moved up')
  t.equal(await page.evaluate('document.activeElement.dataset.cell'), `0 ${shorter}`)
  await cell(2).dragTo(cell(1))
  t.equal(await cell(2).textContent(), 'không có bản ghi này')
  await lookForFaults(t, desk, 'which record is which')
  await desk.press('1')
  await desk.asked(/có vẻ lệch 1 dòng, từ bản ghi 3/, 4)
  await desk.press('Control+Enter')
  await eventually(
    () => verdictsOf(db, 3),
    (verdicts) => verdicts.join() === 'aligned',
  )
  const { rows } = await sql<{ pairs: (number | null)[][] }>`
    select pairs from reconcile.ruling where verdict = 'aligned' and pairs is not null
    order by ruled_at desc limit 1`.execute(db)
  const alone = rows[0]?.pairs.findIndex((pair) => pair.includes(null))
  t.equal(alone, 2, 'the last record has no partner now')
}

export async function decideSlip(t: Test, desk: AtTheDesk): Promise<void> {
  const { page } = desk
  await page.getByText('Số dòng khớp nhau').waitFor()
  await desk.press('4')
  await page.getByText(/Gửi đi nhập lại\? Một người khác/).waitFor()
  await lookForFaults(t, desk, 'a whole page')
  await desk.press('2')
  await page.getByRole('button', { name: /^7 / }).waitFor()
  const slid = await page.evaluate<string>(
    `document.querySelector('tbody tr:nth-child(3) td:nth-child(2)').innerText`,
  )
  await desk.press(slid === 'Trống' ? '1' : '2')
}

/** Whatever the decisions about whole pages brought up, in whatever order it comes. */
export async function answerTheRest(t: Test, desk: AtTheDesk): Promise<void> {
  const { page } = desk
  const none = page.getByText('Không còn câu nào')
  const heading = page.locator('h2[tabindex="-1"]')
  const asked: string[] = []
  for (let step = 0; step < REST_MAX; step += 1) {
    await none.or(heading).first().waitFor()
    if (await none.isVisible()) {
      await desk.press('Control+Enter')
      if (asked.length === REST.length) break
      await heading.waitFor()
    }
    const title = (await heading.textContent()) ?? ''
    asked.push(title.trim())
    await desk.press('Shift')
    await desk.answerable()
    if (title.includes('này không')) await desk.press('2')
    else if (title.includes('ảnh khác')) await sendBack(desk)
    else await desk.press((await desk.reading(1).isDisabled()) ? '2' : '1')
    await none
      .or(heading.filter({ hasNotText: title }))
      .first()
      .waitFor()
  }
  t.same(asked.toSorted(), REST)
}

/** The entry that is of another page, and yes, surely. */
async function sendBack(desk: AtTheDesk): Promise<void> {
  const { page } = desk
  const left = await page.evaluate<string>(
    `document.querySelector('tbody tr td:nth-child(2)').innerText`,
  )
  await desk.press(left.includes('Phan Thị Nhàn') ? '2' : '1', '1')
}
