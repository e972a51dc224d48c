import { signIn } from '@songnhap/client'
import type { Page } from 'playwright-core'
import type { Test } from 'tap'
import { findFaults } from './find-faults.ts'
import { openBrowser, type World } from './open-world.ts'

const OWN = 'ba con trau di cay'

/** Somebody is let in by hand, barred, let in again, and chooses a password at another computer. */
export async function letIn(t: Test, { url }: World, page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Người dùng' }).click()
  await page.getByRole('button', { name: 'Thêm người…' }).click()
  await page.getByRole('button', { name: 'Thêm người', exact: true }).click()
  await page.getByText('Chưa ghi họ tên.').waitFor()
  t.equal(await page.locator(':focus').getAttribute('aria-describedby'), 'name-fault')
  await page.getByLabel('Họ tên').fill('Lò Thị Đào')
  t.equal(await page.getByLabel('Tên đăng nhập').inputValue(), 'lo.thi.dao', 'proposed')
  t.same(await findFaults(page), [], 'inviting')
  await page.getByRole('button', { name: 'Thêm người', exact: true }).click()
  const shown = async () => (await page.locator('.secret').textContent()) ?? ''
  const first = await shown()
  t.match(first, /^[a-z]{3}[2-9](-[a-z]{3}[2-9]){3}$/)
  t.same(await findFaults(page), [], 'the first password')
  await page.getByRole('button', { name: 'Đã chép, đóng' }).click()
  t.notMatch(await page.content(), first, 'shown once')
  t.match((await signIn(url, 'lo.thi.dao', first)).person.roles, ['typist'])

  const row = page.getByRole('row', { name: /Lò Thị Đào/ })
  await row.getByRole('button', { name: /Đổi việc/ }).click()
  await page.getByLabel('trọng tài').check()
  await page.getByRole('button', { name: 'Lưu' }).click()
  await row.getByText('nhập, trọng tài').waitFor()
  await row.getByRole('button', { name: /Khóa/ }).click()
  t.same(await findFaults(page), [], 'a question before what cannot be undone')
  await page.getByRole('button', { name: 'Khóa tài khoản' }).click()
  await row.getByText('đã khóa').waitFor()
  await t.rejects(signIn(url, 'lo.thi.dao', first), { code: 'SIGN_IN_FAILED' })
  await row.getByRole('button', { name: /Cho vào lại/ }).click()
  await row.getByText('đang dùng').waitFor()
  await row.getByRole('button', { name: /Đặt lại mật khẩu/ }).click()
  await page.getByRole('button', { name: 'Đặt lại mật khẩu', exact: true }).click()
  const second = await shown()
  await page.getByRole('button', { name: 'Đã chép, đóng' }).click()
  await t.rejects(signIn(url, 'lo.thi.dao', first), { code: 'SIGN_IN_FAILED' })
  t.match((await signIn(url, 'lo.thi.dao', second)).person.roles, ['typist', 'arbiter'])
  await chooseOwn(t, url, second)
  t.equal(
    await page
      .getByRole('row', { name: /\(bạn\)/ })
      .getByRole('button', { name: /^Khóa/ })
      .count(),
    0,
  )
}

/** At another computer, with the password that was just read out. */
async function chooseOwn(t: Test, url: string, given: string): Promise<void> {
  const { context } = await openBrowser(t)
  const page = await context.newPage()
  await page.goto(url)
  await page.getByLabel('Tên đăng nhập').fill('lo.thi.dao')
  await page.getByLabel('Mật khẩu', { exact: true }).fill(given)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Đặt mật khẩu của riêng bạn' }).waitFor()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  const choose = async (old: string, next: string, again: string) => {
    await page.getByLabel('Mật khẩu hiện tại').fill(old)
    await page.getByLabel('Mật khẩu mới', { exact: true }).fill(next)
    await page.getByLabel('Gõ lại mật khẩu mới').fill(again)
    await page.getByRole('button', { name: 'Đổi mật khẩu' }).click()
  }
  await choose('not this one', OWN, OWN)
  await page.getByText('Mật khẩu hiện tại chưa đúng.').waitFor()
  t.same(await findFaults(page), [], 'a password of one’s own')
  await choose(given, OWN, `${OWN}.`)
  await page.getByText('Hai lần gõ mật khẩu mới khác nhau.').waitFor()
  await choose(given, OWN, OWN)
  await page.getByRole('button', { name: 'Lò Thị Đào' }).click()
  t.notHas((await signIn(url, 'lo.thi.dao', OWN)).person, { mustChangePassword: true })
  await page.getByRole('button', { name: 'Đổi mật khẩu…' }).click()
  const asked = page.getByRole('heading', { name: 'Đổi mật khẩu' })
  await asked.waitFor()
  t.equal(await page.locator(':focus').getAttribute('id'), 'password-old')
  await page.keyboard.press('F10')
  await page.keyboard.press('Escape')
  await asked.waitFor({ state: 'detached' })
  t.equal(await page.getByText(/Vì sao không nhập/).count(), 0, 'no key acts at the desk behind')
  await context.close()
}
