/**
 * Goal: supervisors take a book from its last ruling to its certificate in the browser, and every figure
 * they see on the way explains itself. Method: one installation and one real Chromium; typists and arbiters
 * work over the API meanwhile.
 */
import { readFile } from 'node:fs/promises'
import { type Api, signIn } from '@songnhap/client'
import type { BrowserContext, Page } from 'playwright-core'
import { type Test, t } from 'tap'
import { countSuspectPair } from './figures/count-pair.ts'
import { nameKnown } from './figures/name-known.ts'
import { openAudited } from './figures/open-audited.ts'
import { openEveryFigure } from './figures/open-every-figure.ts'
import { findFaults } from './workplace/find-faults.ts'
import { enter, openBrowser, openWorld, PASSWORD, type World } from './workplace/open-world.ts'

const REASON = 'Sở cần gấp trước kỳ họp'

t.test('figures and release', async (t) => {
  const world = await openWorld(t, ['an', 'binh', 'chi'], {
    duc: 'arbiter',
    hoa: 'arbiter',
    bao: 'arbiter',
    kim: 'arbiter',
    sam: 'supervisor',
    mai: 'supervisor',
  })
  const { context } = await openBrowser(t)
  const problems: string[] = []
  context.on('weberror', (error) => problems.push(error.error().message))
  const api = await signIn(world.url, 'sam', PASSWORD)
  const book = await openAudited(world, api)
  await book.settle()
  const page = await enter(context, world.url, 'an')

  await t.test('X8, X9: a typist sees the own errors and appeals against one, once', (t) =>
    appeal(t, page, book),
  )
  await enterAs(context, page, 'sam')
  await t.test(
    'X6, X7, X11, X12: accuracy is told with its interval, of everybody, of one, of a field',
    (t) => lookAtPeople(t, page),
  )
  await t.test(
    'Y6, Y8: two supervisors stand for a page whose answer is known, and retire it',
    (t) => nameKnown(t, world, page, book.bookId),
  )
  await t.test('X1, X2: a settled book is frozen, and its audit goes on unseen', (t) =>
    freeze(t, page, book),
  )
  await t.test('X1, X3: the gate is shut and says what is missing', (t) =>
    lookAtGate(t, page, book),
  )
  await t.test('X10: a pair that stands out is looked at, with innocent causes, and let go', (t) =>
    reviewPair(t, { world, page, api, book }),
  )
  await t.test('X4, X5: two supervisors override, and the certificate says so for ever', (t) =>
    override(t, { context, page }),
  )
  t.same(problems, [], 'no fault')
})

type Book = Awaited<ReturnType<typeof openAudited>>

/** Whoever is here goes, and somebody else comes in; there is one browser for all. */
async function enterAs(context: BrowserContext, page: Page, login: string, address?: string) {
  await page.getByRole('button', { name: /^Người / }).click()
  await page.getByRole('button', { name: 'Đăng xuất' }).click()
  await page.getByLabel('Tên đăng nhập').waitFor()
  await enter(context, address ?? new URL('/', page.url()).href, login)
}

async function appeal(t: Test, page: Page, book: Book): Promise<void> {
  await page.getByText(/Chưa có trang nào cho bạn/).waitFor()
  await page.getByRole('button', { name: 'Người an' }).click()
  await page.getByRole('link', { name: 'Số liệu của bạn' }).click()
  await page.getByRole('heading', { name: 'Chỗ chưa giống sổ' }).waitFor()
  const charges = page.getByRole('main').locator('ol > li')
  const before = await charges.count()
  await openEveryFigure(t, page)
  for (const other of ['English', 'Tiếng Việt']) {
    await page.getByRole('button', { name: other }).click()
    t.same(await findFaults(page), [], `own figures, before ${other}`)
  }
  await charges.first().getByRole('button', { name: 'Xem chữ trong ảnh' }).click()
  await charges.first().getByRole('img').waitFor()
  await charges.first().getByRole('button', { name: 'Xin xem lại…' }).click()
  t.same(await findFaults(page), [], 'before an appeal')
  await page.getByRole('button', { name: 'Xin xem lại', exact: true }).click()
  await charges.first().getByText('Đang chờ người khác xem lại.').waitFor()
  t.equal(
    await charges
      .first()
      .getByRole('button', { name: /Xin xem lại/ })
      .count(),
    0,
    'once',
  )
  await book.ruleOnAppeal()
  await page.reload()
  await page.getByText(/Đã xem lại: bạn đúng/).waitFor()
  t.equal(await charges.count(), before - 1, 'it counts no more')
  await page.getByRole('link', { name: /^‹/ }).click()
  await page.getByText(/Chưa có trang nào cho bạn/).waitFor()
}

async function lookAtPeople(t: Test, page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Độ chính xác' }).click()
  const row = page.getByRole('row', { name: /Người an/ })
  await row.getByRole('img', { name: /trên 10\.000, từ .* đến .*, cận trên/ }).waitFor()
  await page.getByRole('heading', { name: /^Trọng tài/ }).waitFor()
  await openEveryFigure(t, page)
  for (const other of ['English', 'Tiếng Việt']) {
    await page.getByRole('button', { name: other }).click()
    t.same(await findFaults(page), [], `accuracy, before ${other}`)
  }
  await page
    .getByRole('region', { name: /^Xin xem lại/ })
    .getByRole('row', { name: /100 %/ })
    .waitFor()
  await page.getByLabel('Nhóm trường').selectOption('ordinary')
  await page.getByText(/Đang lọc theo trường/).waitFor()
  await page.getByLabel('Từ ngày gõ').fill('2001-01-02')
  await page.getByLabel('Đến ngày gõ').fill('2001-01-01')
  await page.getByText('Ngày đầu sau ngày cuối').waitFor()
  await page.getByText('Chưa có trường nào chốt').waitFor()
  await page.getByRole('button', { name: 'Bỏ lọc' }).click()
  await page
    .getByRole('region', { name: /^Theo trường/ })
    .getByRole('link', { name: 'Họ tên' })
    .click()
  await page.getByRole('heading', { name: /^Trường Họ tên/ }).waitFor()
  await page.getByRole('row', { name: /Người an/ }).waitFor()
  await openEveryFigure(t, page)
  t.same(await findFaults(page), [], 'one field')
  await page.getByRole('link', { name: /Mọi người nhập/ }).click()
  await page.getByRole('button', { name: 'Xếp theo cận trên' }).click()
  await page.getByText(/không phải là bảng xếp hạng/).waitFor()
  await row.getByRole('link').click()
  await page.getByRole('heading', { name: /^Chỗ sai gần nhất/ }).waitFor()
  await openEveryFigure(t, page)
  t.same(await findFaults(page), [], 'one person')
}

async function freeze(t: Test, page: Page, book: Book): Promise<void> {
  await page.getByRole('link', { name: 'Duyệt sổ' }).click()
  await page.getByRole('row', { name: /chốt xong, chờ khóa/ }).waitFor()
  await page.getByRole('link', { name: book.title }).click()
  await page.getByText('Mọi trang đã chốt. Khóa sổ để kiểm tra.').waitFor()
  await page.getByRole('button', { name: 'Khóa sổ và kiểm tra…' }).click()
  await page.getByLabel(/Kiểm tra ít nhất/).fill('nhiều')
  await page.getByRole('button', { name: 'Khóa sổ', exact: true }).click()
  await page.getByText('Phải là số từ 1').waitFor()
  t.same(await findFaults(page), [], 'a question before it')
  await page.getByLabel(/Kiểm tra ít nhất/).fill('')
  await page.getByRole('button', { name: 'Khóa sổ', exact: true }).click()
  await page.getByText('Đang kiểm tra: 0 trong 200 trường đã quyết định xong.').waitFor()
  await page.getByText('200 trường chờ người nhập thứ ba').waitFor()
  await openEveryFigure(t, page)
}

async function lookAtGate(t: Test, page: Page, book: Book): Promise<void> {
  await book.audit()
  await page.getByText('Chưa duyệt được.').waitFor()
  await page.getByText(/\d+ sai trong 200 trường đã kiểm tra; độ tin cậy 95 %/).waitFor()
  await page.getByText('Bản xem trước, chưa có hiệu lực').waitFor()
  await openEveryFigure(t, page)
  for (const other of ['English', 'Tiếng Việt']) {
    await page.getByRole('button', { name: other }).click()
    t.same(await findFaults(page), [], `the gate, before ${other}`)
  }
  await page.getByRole('button', { name: 'Nhập lại trường…' }).click()
  await page.getByLabel('Chọn trường').check()
  await page.getByLabel('Họ tên').waitFor()
  await page.getByRole('button', { name: 'Giao nhập lại' }).click()
  await page.getByText('Chọn ít nhất một trường.').waitFor()
  await page.keyboard.press('Escape')
}

interface Case {
  readonly world: World
  readonly page: Page
  readonly api: Api
  readonly book: Book
}

async function reviewPair(t: Test, { world, page, api, book }: Case): Promise<void> {
  const pair = ['an', 'binh'].map((login) => world.people[login]?.person.personId ?? '')
  await countSuspectPair(world.db, book.campaignId, pair)
  // Whoever releases looks first.
  await t.rejects(api.post(`/api/books/${book.bookId}/release`, {}), { code: 'GATE_SHUT' })
  await page
    .getByText(/1 vụ việc về một cặp người nhập chưa khép lại/)
    .first()
    .waitFor()
  await page.getByRole('link', { name: 'Độ chính xác' }).click()
  await page.getByRole('link', { name: 'Các cặp người nhập…' }).click()
  await page.getByText('1 cặp nổi bật, cần người xem xét').waitFor()
  await page
    .getByRole('row', { name: /Khác nhau ít hơn dự kiến/ })
    .getByText(/trang của cặp này rõ hơn/)
    .waitFor()
  await page.getByText('Xem xét: đang xem xét').waitFor()
  await openEveryFigure(t, page)
  for (const other of ['English', 'Tiếng Việt']) {
    await page.getByRole('button', { name: other }).click()
    t.same(await findFaults(page), [], `a pair, before ${other}`)
  }
  await page.getByRole('button', { name: 'Kết luận…' }).click()
  await page.getByRole('button', { name: 'Kết luận', exact: true }).click()
  await page.getByText('Phải ghi lý do.').waitFor()
  t.same(await findFaults(page), [], 'concluding')
  await page.getByLabel('Lý do', { exact: true }).fill('Trang rất rõ')
  await page.getByRole('button', { name: 'Kết luận', exact: true }).click()
  await page.getByText('Xem xét: đã giải thích được').waitFor()
  await page.getByText(/Người sam kết luận: Có lý do vô tình\. Trang rất rõ/).waitFor()
  await page.getByRole('link', { name: 'Duyệt sổ' }).click()
  await page.getByRole('link', { name: book.title }).click()
  await page.getByText('Chưa duyệt được.').waitFor()
}

interface Room {
  readonly context: BrowserContext
  readonly page: Page
}

async function override(t: Test, { context, page }: Room): Promise<void> {
  await page.getByRole('button', { name: 'Duyệt vượt cổng…' }).click()
  await page.getByRole('button', { name: 'Đề nghị duyệt vượt cổng' }).click()
  await page.getByText('Phải ghi lý do.').waitFor()
  await page.getByLabel('Lý do').fill(REASON)
  await page.getByRole('button', { name: 'Đề nghị duyệt vượt cổng' }).click()
  await page.getByText('Bạn đã đề nghị.').waitFor()
  t.equal(await page.getByRole('button', { name: /^Xác nhận/ }).count(), 0, 'not by the same one')
  const address = page.url()
  await enterAs(context, page, 'mai', address)
  await page.getByText(/Người sam đề nghị duyệt vượt cổng lúc/).waitFor()
  await page.getByRole('button', { name: 'Xác nhận duyệt vượt cổng…' }).click()
  await page.getByRole('dialog').getByText(REASON).waitFor()
  await page
    .getByRole('dialog')
    .getByText(/đứng mãi trong chứng nhận/)
    .waitFor()
  t.same(await findFaults(page), [], 'confirming')
  await page.getByRole('button', { name: 'Xác nhận, duyệt sổ' }).click()
  await page.getByText(/Duyệt vượt cổng lúc .*Hai giám sát: Người sam, Người mai/).waitFor()
  // Book and certificate are two answers. Once: nothing is left to press.
  await page
    .getByRole('button', { name: /^Duyệt/ })
    .first()
    .waitFor({ state: 'detached' })
  const save = async (click: () => Promise<void>) => {
    const [file] = await Promise.all([page.waitForEvent('download'), click()])
    return await readFile(await file.path())
  }
  const pdf = await save(() => page.getByRole('link', { name: /PDF/ }).click())
  t.equal(pdf.subarray(0, 5).toString(), '%PDF-')
  const json = await save(() => page.getByRole('button', { name: /JSON/ }).click())
  t.match(JSON.parse(json.toString()).release, { override: { reason: REASON } })
  await page.getByRole('link', { name: /Mọi sổ/ }).click()
  await page.getByRole('row', { name: /đã duyệt/ }).waitFor()
  await openEveryFigure(t, page)
  t.same(await findFaults(page), [], 'the list')
}
