/** The first page of the book, whose questions are about fields. */
import { eventually } from '@songnhap/testkit'
import type { Test } from 'tap'
import type { World } from '../workplace/open-world.ts'
import type { AtTheDesk } from './at-the-desk.ts'
import { lookForAnswers, lookForFaults } from './look-for-faults.ts'
import { verdictsOf } from './what-is-stored.ts'

export const NOTE = 'Mực nhòe, xin xem giúp'

export async function nothingPreselected(t: Test, at: AtTheDesk): Promise<void> {
  const { page } = at
  await at.asked('Họ, chữ đệm, tên bản ghi 1', 1)
  const focused = () => page.evaluate<string>('document.activeElement.tagName')
  t.equal(await focused(), 'H2', 'no answer has the focus')
  await at.press('Enter', 'Space', 'Enter', 'a')
  t.equal(await at.decided().count(), 0)
  t.ok(await page.getByRole('heading', { name: 'Họ, chữ đệm, tên bản ghi 1' }).isVisible())
  const label = (await at.reading(1).getAttribute('aria-label')) ?? ''
  t.match(label, /chữ khác: [ÁÃ] dấu (sắc|ngã)$/)
  await page.getByText('Khác nhau ở 1 chỗ:').waitFor()
  const mark = await page.evaluate<string[]>(
    `(({ fontWeight, borderBottomWidth, borderTopStyle }) =>
      [fontWeight, borderBottomWidth, borderTopStyle])(
        getComputedStyle(document.querySelector('.reading .differs')))`,
  )
  t.same(mark, ['700', '5px', 'solid'], 'weight, foot and frame beside the tint')
  const text = await page.evaluate<string>('document.body.innerText')
  t.notMatch(text, /Người (an|binh)/, 'nobody is named')
  await lookForAnswers(t, at)
  await lookForFaults(t, at, 'a field')
}

export async function lineUp(desk: AtTheDesk): Promise<void> {
  const { page } = desk
  await page.getByRole('button', { name: /2 câu cùng chỗ nhầm/ }).waitFor()
  await desk.press('7')
  await page.getByText(/Đang xếp liền chỗ nhầm/).waitFor()
  await desk.take('Hà Thị Ái Ón')
  await desk.asked('Họ, chữ đệm, tên bản ghi 1', 2)
  await desk.press('Control+z')
  await desk.asked('Họ, chữ đệm, tên bản ghi 1', 1)
  await desk.press('7')
  await page.getByRole('button', { name: /2 câu cùng chỗ nhầm/ }).waitFor()
}

export async function decideFields(desk: AtTheDesk): Promise<void> {
  const { page } = desk
  await desk.asked('Họ, chữ đệm, tên bản ghi 1', 1)
  await desk.press('3')
  await page.getByRole('textbox', { name: 'Họ, chữ đệm, tên' }).waitFor()
  await desk.press('Enter')
  await page.getByText(/Ô nào trong sổ để trống thì bấm F2/).waitFor()
  await page.keyboard.type('Hà Thị Ái Ón')
  await desk.press('Enter')

  await desk.asked('Ngày sinh bản ghi 1', 1)
  const key = await desk.keyOf('6/12/2002')
  await page.keyboard.down(key)
  await page.keyboard.down(key)
  await page.keyboard.up(key)
  await desk.asked('Mẹ: họ và tên bản ghi 2', 1)
  await desk.press('Control+z')
  await desk.asked('Ngày sinh bản ghi 1', 1)
  await desk.take('6/12/2002')
  await desk.asked('Mẹ: họ và tên bản ghi 2', 1)
  await desk.press('4')
  await desk.asked('Cha: ngày, năm sinh bản ghi 2', 1)
  await page.getByText('Một lượt gõ chữ, lượt kia đánh dấu ô.').waitFor()
  await desk.press('5')
  await desk.asked('Họ, chữ đệm, tên bản ghi 3', 1)
  await desk.press('6')
  await page.getByLabel('Vì sao chuyển giám sát? Một dòng.').fill(NOTE)
  await desk.press('Enter')
  await desk.asked('Dân tộc bản ghi 3', 1)
  await desk.take('Thái')
}

export async function holdBack(t: Test, { db }: World, desk: AtTheDesk): Promise<void> {
  const { page } = desk
  await desk.asked('Trên trang có bản ghi 2 này không?', 2)
  await page.getByText(/^Trang 1 gửi lúc/).waitFor()
  await desk.press('Control+z')
  await desk.asked('Dân tộc bản ghi 3', 1)
  await desk.press('Control+Enter')
  await page.getByText('Trang này còn 1 câu chưa chốt.').waitFor()
  await desk.take('Thái')
  await desk.asked('Trên trang có bản ghi 2 này không?', 2)
  t.same(await verdictsOf(db, 1), [], 'nothing has left this computer')
  await desk.press('Control+Enter')
  const sent = await eventually(
    () => verdictsOf(db, 1),
    (verdicts) => verdicts.length === 6,
  )
  const kinds = sent.filter((verdict) => !/first|second/.test(verdict)).toSorted()
  t.same(kinds, ['both', 'escalate', 'illegible', 'other'])
  await page.getByText('Trang 1 đã chuyển đi gửi, không lấy lại được nữa.').waitFor()
  await desk.press('Control+z')
  await page.getByText(/Không còn gì lấy lại được/).waitFor()
  await lookForAnswers(t, desk)
  await lookForFaults(t, desk, 'a record')
}
