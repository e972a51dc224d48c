/**
 * How long `songnhap compare` takes for two large tables, and how much memory.
 *
 * Last result, 29 November 2026, 2 cores (Xeon), load 1.8: 200,000 rows of 21 MB a file: 29 s, peak
 * 448 MB resident.
 */
import { spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { type BenchAnswer, type BenchOptions, readSizes } from './bench.ts'
import { watchMemory } from './watch-memory.ts'

const QUESTION = 'What do two tables of 200,000 rows take to compare, in time and in memory?'
const METHOD =
  'Ten columns; of the second file a value in fifty differs by a letter, one row in a thousand is left' +
  ' out and one in a thousand is there twice. The command runs as a user runs it and writes all its' +
  ' files; its memory is read from /proc ten times a second.'
const ROWS = 200_000
const MAIN = fileURLToPath(new URL('../../cli/src/main.ts', import.meta.url))
const HEAD = 'number,name,born,sex,people,place,father,mother,home,notes'
const FAMILY = 'Nguyễn Trần Lê Phạm Hoàng Phan Vũ Đặng Bùi Đỗ Hồ Ngô Lý Lò Vi Hà'.split(' ')
const GIVEN =
  'An Bình Cường Dung Em Giang Hoà Hùng Hương Khánh Lan Mai Nam Oanh Phúc Sơn Yến'.split(' ')
const PLACES = 'Nghi Lộc,Đô Lương,Kỳ Sơn,Con Cuông,Tương Dương,Quế Phong,Vinh'.split(',')
const LETTERS = 'abcơưđ1'

export async function run(options: BenchOptions): Promise<BenchAnswer> {
  const { say, stop } = options
  const { rows } = readSizes(options, { rows: ROWS })
  const folder = await mkdtemp(join(tmpdir(), 'songnhap-bench-'))
  try {
    say('making the files')
    const [first, second] = [join(folder, 'first.csv'), join(folder, 'second.csv')]
    await pipeline(Readable.from(lines(rows, false)), createWriteStream(first))
    await pipeline(Readable.from(lines(rows, true)), createWriteStream(second))
    const fileBytes = (await stat(first)).size
    say('comparing')
    const figures = { rows, fileBytes, ...(await measure([first, second, folder], stop)) }
    return { question: QUESTION, method: METHOD, figures, lines: [tell(figures)] }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function measure([first = '', second = '', folder = '']: string[], stop: AbortSignal) {
  const args = [MAIN, 'compare', first, second, '--json', '--out', join(folder, 'out')]
  const began = performance.now()
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'], signal: stop })
  const memory = watchMemory(child.pid ?? 0)
  let out = ''
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString()
  })
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  const seconds = Math.round((performance.now() - began) / 100) / 10
  const { residentBytes } = await memory.stop()
  if (code !== 0) throw new Error(`the command ended with ${code}`)
  const { records } = JSON.parse(out)
  return { seconds, residentBytes, records }
}

function tell({ rows, fileBytes, seconds, residentBytes }: Figures): string {
  const mb = (bytes: number) => `${Math.round(bytes / 1e6)} MB`
  return `${rows} rows of ${mb(fileBytes)} a file: ${seconds} s, peak ${mb(residentBytes)} resident`
}

type Figures = Awaited<ReturnType<typeof measure>> & {
  readonly rows: number
  readonly fileBytes: number
}

/** The same rows each time; with slips in the second file. */
function* lines(rows: number, withSlips: boolean): Generator<string> {
  yield `${HEAD}\n`
  for (let row = 0; row < rows; row += 1) {
    const line = lineOf(row)
    if (!withSlips) {
      yield line
      continue
    }
    if (row % 1000 === 500) continue
    const slipped = line
      .split(',')
      .map((value, at) => ((row * 10 + at) % 50 === 7 ? slip(value, row) : value))
      .join(',')
    yield row % 1000 === 700 ? slipped + slipped : slipped
  }
}

function lineOf(row: number): string {
  const pick = (from: readonly string[], step: number) =>
    from[(row * step + (row >> 4)) % from.length]
  const name = (step: number) =>
    `${pick(FAMILY, step)} ${pick(GIVEN, step + 2)} ${pick(GIVEN, step + 6)}`
  const born = `${(row % 28) + 1}/${((row >> 3) % 12) + 1}/${1950 + (row % 50)}`
  const place = pick(PLACES, 3)
  const number = `${row + 1}/${1950 + Math.floor(row / 4000)}`
  return `${number},${name(1)},${born},${row % 2 === 0 ? 'Nam' : 'Nữ'},Kinh,${place},${name(3)},${name(5)},${place},\n`
}

function slip(value: string, row: number): string {
  const at = value.length >> 1
  return value.slice(0, at) + LETTERS[row % LETTERS.length] + value.slice(at + 1)
}
