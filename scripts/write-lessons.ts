/**
 * Keeps the pages of a typist's first day, `web/src/tutorial/lessons.gen.ts` and the pictures beside
 * it, what our own generator draws. `--write` draws them anew; without it no picture is drawn: each is
 * recognised by its hash and by what it was drawn from.
 */
import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { FieldDefinition, FormDefinition } from '@songnhap/contracts'
import { type LessonPage, lessonPages } from '@songnhap/samples'
import { ROOT } from './run-command.ts'

const FOLDER = join(ROOT, 'web/src/tutorial')
const FILE = join(FOLDER, 'lessons.gen.ts')
const FORM = join(ROOT, 'forms/birth-register.v1.json')
const HASH_LINE = /^\/\/ picture ([\w-]+) ([0-9a-f]{64})$/gm
/** 64 kbit/s carry all of them in half a minute. */
const PICTURES_BYTES_MAX = 240_000
const LAYOUT = 'lesson'
const MEND = 'node scripts/write-lessons.ts --write mends it'

/** What is stale or too large; empty when nothing is. */
export async function checkLessons({ write }: { write: boolean }): Promise<string> {
  const pages = lessonPages()
  const form = JSON.parse(await readFile(FORM, 'utf8')) as FormDefinition
  if (write) {
    for (const page of pages) await writeFile(pictureOf(page), await page.draw())
    await writeFile(FILE, textOf(pages, form, await hashesOf(pages)))
  }
  const text = await readFile(FILE, 'utf8')
  const known = new Map(
    [...text.matchAll(HASH_LINE)].map(([, name = '', hash = '']) => [name, hash]),
  )
  if (text !== textOf(pages, form, known)) return `the lessons are not what is drawn; ${MEND}`
  const hashes = await hashesOf(pages)
  const other = pages.find(({ name }) => known.get(name) !== hashes.get(name))
  if (other !== undefined) return `the picture of ${other.name} is another one; ${MEND}`
  const sizes = await Promise.all(pages.map(async (page) => (await picture(page)).length))
  const bytes = sizes.reduce((sum, size) => sum + size, 0)
  return bytes > PICTURES_BYTES_MAX ? `${bytes} bytes, at most ${PICTURES_BYTES_MAX}` : ''
}

function pictureOf({ name }: LessonPage): string {
  return join(FOLDER, 'pages', `${name}.webp`)
}

function picture(page: LessonPage): Promise<Buffer> {
  return readFile(pictureOf(page))
}

async function hashesOf(pages: readonly LessonPage[]): Promise<Map<string, string>> {
  const entries = pages.map(async (page) => {
    const hash = createHash('sha256').update(await picture(page))
    return [page.name, hash.digest('hex')] as const
  })
  return new Map(await Promise.all(entries))
}

function textOf(
  pages: readonly LessonPage[],
  { fields }: FormDefinition,
  hashes: ReadonlyMap<string, string>,
): string {
  const lessons = pages.map((page) => {
    const { name, size, truth, unreadable, drawnFrom } = page
    const lesson = { name, size, truth, unreadable, form: formOf(page, fields) }
    const json = JSON.stringify(lesson, null, 2)
    const from = `// drawn from ${drawnFrom}\n// picture ${name} ${hashes.get(name)}\n`
    return `${from}{ url: new URL('./pages/${name}.webp', import.meta.url).href, ...${json} }`
  })
  return [
    '// Written by scripts/write-lessons.ts: what our own generator drew, and what stands there.',
    "import type { Lesson } from './lesson.ts'",
    '',
    `export const LESSONS: readonly Lesson[] = [\n${lessons.join(',\n')},\n]`,
    '',
  ].join('\n')
}

function formOf(page: LessonPage, fields: readonly FieldDefinition[]): FormDefinition {
  const asked = page.fields.map((name) => {
    const field = fields.find((one) => one.name === name)
    const place = page.places[name]
    if (field === undefined || place === undefined) throw new Error(`no field ${name}`)
    const ditto = page.truth.some((record) => record[name]?.mark === 'ditto')
    const above = ditto ? ({ dittoFrom: 'record-above' } as const) : {}
    return { ...field, ...above, zones: [{ layout: LAYOUT, ...place }] }
  })
  const label = { vi: 'Trang tập', en: 'Practice page' }
  return {
    name: 'practice',
    version: 1,
    title: label,
    // Where there is one record, Enter in its last field says how to finish instead of opening a second.
    recordsMax: page.truth.length === 1 ? 1 : page.truth.length + 1,
    fields: asked,
    layouts: [{ name: LAYOUT, label, recordStep: { x: 0, y: page.recordStep } }],
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { write: { type: 'boolean', default: false } } })
  const complaint = await checkLessons({ write: values.write })
  if (complaint === '') return
  console.error(complaint)
  process.exitCode = 1
}

if (import.meta.main) await main()
