/** Writes sample pages and their truth: `node samples/src/main.ts --pages 10 --seed 1 --out FOLDER`. */
import { type FileHandle, mkdir, open, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type SamplePage, samplePage } from './index.ts'

const PAGES_MAX = 100_000
const SEED_MAX = 2 ** 32 - 1
const PROGRESS_EVERY_PAGES = 10

const USAGE = [
  'Vẽ các trang sổ khai sinh mẫu, kèm nội dung đúng trong truth.csv.',
  'Draws sample pages of a register of births, with their truth in truth.csv.',
  '',
  '  node samples/src/main.ts --pages 10 --seed 1 --out FOLDER',
  '',
].join('\n')

interface Options {
  readonly pages: number
  readonly seed: number
  readonly out: string
}

type Wish =
  | { readonly kind: 'write'; readonly options: Options }
  | { readonly kind: 'help' }
  | { readonly kind: 'refused'; readonly reason: string }

process.exitCode = await run(process.argv.slice(2))

async function run(args: readonly string[]): Promise<number> {
  const wish = readWish(args)
  if (wish.kind === 'help') {
    process.stdout.write(USAGE)
    return 0
  }
  if (wish.kind === 'refused') {
    process.stderr.write(`${wish.reason}\n\n${USAGE}`)
    return 2
  }
  try {
    await writePages(wish.options)
    return 0
  } catch (error) {
    if (!isFileError(error)) throw error
    process.stderr.write(`Không ghi được. Cannot write: ${error.message}\n`)
    return 1
  }
}

function readWish(args: readonly string[]): Wish {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        pages: { type: 'string', default: '10' },
        seed: { type: 'string', default: '1' },
        out: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
    if (values.help) return { kind: 'help' }
    const { out } = values
    if (out === undefined || out === '') {
      return { kind: 'refused', reason: 'Thiếu --out. --out FOLDER is missing.' }
    }
    const pages = readWhole(values.pages, 1, PAGES_MAX)
    if (pages === undefined) return { kind: 'refused', reason: notWhole('--pages', 1, PAGES_MAX) }
    const seed = readWhole(values.seed, 0, SEED_MAX)
    if (seed === undefined) return { kind: 'refused', reason: notWhole('--seed', 0, SEED_MAX) }
    return { kind: 'write', options: { pages, seed, out } }
  } catch (error) {
    // An unknown or repeated option; parseArgs explains it better than we could.
    if (!(error instanceof TypeError)) throw error
    return { kind: 'refused', reason: error.message }
  }
}

function readWhole(text: string, min: number, max: number): number | undefined {
  const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN
  return value >= min && value <= max ? value : undefined
}

function notWhole(option: string, min: number, max: number): string {
  return `${option}: cần số nguyên từ ${min} đến ${max}. A whole number from ${min} to ${max} is needed.`
}

async function writePages({ pages, seed, out }: Options): Promise<void> {
  await mkdir(out, { recursive: true })
  await using truth = await open(join(out, 'truth.csv'), 'w')
  await truth.write('item,field,value\n')
  for (let index = 0; index < pages; index += 1) {
    const page = await samplePage(seed, index)
    await writeFile(join(out, `${page.name}.jpg`), page.image)
    await writeTruth(truth, page)
    const done = index + 1
    if (done % PROGRESS_EVERY_PAGES === 0 || done === pages) {
      process.stdout.write(`${done} / ${pages}\n`)
    }
  }
}

async function writeTruth(file: FileHandle, { name, truth }: SamplePage): Promise<void> {
  const lines = truth.flatMap((record, at) =>
    Object.entries(record).map(([field, { value }]) =>
      [`${name}#${at + 1}`, field, value].map(quoteCell).join(','),
    ),
  )
  await file.write(`${lines.join('\n')}\n`)
}

function quoteCell(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

function isFileError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && 'syscall' in error
}
