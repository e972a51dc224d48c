import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FieldDefinition, FormDefinition } from '@songnhap/contracts'
import { eventually } from '@songnhap/testkit'
import { sql } from 'kysely'
import type { Page } from 'playwright-core'
import type { Test } from 'tap'
import { drawFrame } from './draw-frame.ts'
import { entriesOf } from './entries-of.ts'
import { findFaults } from './find-faults.ts'
import type { World } from './open-world.ts'

const BOOK = 'Sổ khai sinh 03/2003'
const FORM_FILE = join(import.meta.dirname, '../../forms/birth-register.v1.json')
const SINGLE = 'declarantName'
/** As on the page that `samples` draws: from one record to the next. */
const STEP = 0.29
const PLACE = { x: 0.1, y: 0.1, width: 0.08, height: 0.05 }

/** Where nobody knows where fields stand, and where one of the two people keys a field alone. */
export async function keyUnknownLayout(t: Test, world: World, page: Page): Promise<void> {
  const bookId = await world.openBook(BOOK, 3, { form: formOfSides(), layouts: [] })
  await finishWhatIsHeld(page)
  const drawn = page.locator('.strip .frame')
  await page.getByText(/Máy chưa biết bản ghi nằm ở đâu/).waitFor()
  t.equal(await drawn.count(), 0, 'nobody knows yet')
  await drawFrame(page, 0.09)
  await drawn.waitFor()
  const fields = await page.locator('[data-field]').count()
  const first = await stripTop(page)
  for (let field = 0; field < fields; field += 1) await page.keyboard.press('F2')
  await drawFrame(page, 0.09 + STEP)
  const second = await stripTop(page)
  t.ok(second < first, 'the strip goes down the page with the record')
  for (const key of ['PageUp', 'Alt+Enter', 'PageDown']) await page.keyboard.press(key)
  t.equal(await stripTop(page), second, 'and stays with it when one is inserted before it')
  for (const key of ['PageUp', 'Alt+Delete']) await page.keyboard.press(key)
  t.equal(await stripTop(page), second, 'or removed')
  await page.keyboard.press('Control+Enter')
  await page.getByText('trang 2', { exact: true }).waitFor()
  await drawn.waitFor()
  t.equal(await stripTop(page), first, 'and is remembered for the book')
  await drawOtherSide(t, page, first)
  const [entry] = await eventually(
    () => entriesOf(world.db, BOOK),
    (entries) => entries.length === 1,
  )
  const { rows } = await sql<{ has_it: boolean }>`
    select page.single_pass = lease.pass as has_it from lease join page using (page_id)
    join book using (book_id)
    where title = ${BOOK} and page.sequence = 1`.execute(world.db)
  const keyed = Object.hasOwn(entry?.records[0] ?? {}, SINGLE)
  t.equal(keyed, rows[0]?.has_it, 'the single field is keyed where the assignment says so')
  t.equal(fields, keyed ? 14 : 13, 'and asked for only there')
  await chooseLayout(t, world, page, bookId)
}

/** K82. A supervisor finds out how the pages are printed: no frame is drawn any more. */
async function chooseLayout(t: Test, world: World, page: Page, bookId: string): Promise<void> {
  await world.administrator.put(`/api/books/${bookId}/layouts`, { layouts: ['odd', 'even'] })
  await eventually(
    async () =>
      (await sql<object>`select from book where layouts = '{odd,even}'`.execute(world.db)).rows,
    (rows) => rows.length === 1,
  )
  const third = page.getByText('trang 3', { exact: true })
  for (let presses = 0; presses < 15 && (await third.count()) === 0; presses += 1) {
    await page.keyboard.press('F2')
    await page.keyboard.press('Control+Enter')
  }
  await third.waitFor()
  await page.locator('.page:not(.drawable)').waitFor()
  t.equal(await page.getByText(/Khung lệch|Máy chưa biết/).count(), 0)
  await page.locator('.strip .frame').waitFor()
  const [frame, strip] = await Promise.all([
    page.locator('.strip .frame').boundingBox(),
    page.locator('.strip').boundingBox(),
  ])
  t.ok((frame?.width ?? 0) < (strip?.width ?? 0) / 2, 'the place of one field')
}

/** The second page is laid out otherwise. */
async function drawOtherSide(t: Test, page: Page, first: number): Promise<void> {
  await page.getByText('Khung lệch? Kéo lại quanh bản ghi 1 ngay trên ảnh này.').waitFor()
  const reach = page.getByRole('group', { name: 'Khung vừa kéo dùng cho:' })
  await drawFrame(page, 0.3)
  await reach.getByRole('button', { name: 'các trang chẵn', pressed: true }).waitFor()
  t.ok((await stripTop(page)) < first, 'drawn again on the page itself')
  t.same(await findFaults(page), [], 'a frame that was just drawn')
  await reach.getByRole('button', { name: 'bỏ khung này' }).click()
  t.equal(await stripTop(page), first, 'a frame that slipped is taken back')
  await drawFrame(page, 0.3)
  await reach.getByRole('button', { name: 'chỉ trang này' }).click()
  await reach.getByRole('button', { name: 'chỉ trang này', pressed: true }).waitFor()
  t.ok((await stripTop(page)) < first)
  t.equal(await page.evaluate('document.activeElement.dataset.field'), 'number', 'typing goes on')
  await drawEnlarged(t, page)
}

/** Enlarged to twice its size the desk has no room for a picture beside the work. */
async function drawEnlarged(t: Test, page: Page): Promise<void> {
  const usual = page.viewportSize()
  const picture = page.locator('.page.drawable')
  await page.setViewportSize({ width: 683, height: 384 })
  await picture.waitFor({ state: 'detached' })
  const before = await stripTop(page)
  await page.keyboard.press('F9')
  // Higher up than before, and in sight.
  await drawFrame(page, 0.15)
  await picture.waitFor({ state: 'detached' })
  t.ok((await stripTop(page)) > before, 'the frame lies where it was drawn')
  t.equal(await page.evaluate('document.activeElement.dataset.field'), 'number', 'typing goes on')
  await page.keyboard.press('F9')
  await picture.waitFor()
  await page.keyboard.press('Escape')
  await picture.waitFor({ state: 'detached' })
  if (usual) await page.setViewportSize(usual)
}

/** Printed in two ways, of which neither seems to be like the book at first. */
function formOfSides(): FormDefinition {
  const form = JSON.parse(readFileSync(FORM_FILE, 'utf8')) as FormDefinition
  const fields = form.fields.map((field): FieldDefinition => {
    const zones = ['odd', 'even'].map((layout) => ({ layout, ...PLACE }))
    return { ...field, zones, ...(field.name === SINGLE ? { entry: 'single' } : {}) }
  })
  const layouts = ['odd', 'even'].map((name) => ({ name, label: { vi: name, en: name } }))
  return { ...form, name: 'birth-register-single', layouts, fields }
}

/** Whatever is open is blank, until a page of the other book is there. */
async function finishWhatIsHeld(page: Page): Promise<void> {
  const there = page.getByRole('heading', { name: BOOK })
  for (let presses = 0; presses < 40 && (await there.count()) === 0; presses += 1) {
    await page.keyboard.press('Control+Enter')
    await page.keyboard.press('F2')
  }
  await there.waitFor()
  // The last of these came to the new page.
  for (let field = 0; field < 2; field += 1) await page.keyboard.press('Control+z')
}

/** How far the picture is moved behind the strip. */
async function stripTop(page: Page): Promise<number> {
  const transform = await page.locator('.strip img').getAttribute('style')
  return Number(/translate\([-\d.]+px, ([-\d.]+)px\) scale/.exec(transform ?? '')?.[1])
}
