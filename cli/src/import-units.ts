import { writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { stdin, stdout } from 'node:process'
import { createInterface } from 'node:readline/promises'
import type { Api } from '@songnhap/client'
import type {
  addUnitRows as addContract,
  applyUnitImport as applyContract,
  ReplyOf,
  UnitPlan,
  UnitRow,
  UnmatchedPredecessor,
} from '@songnhap/contracts'
import { readTable } from './read-table.ts'
import { readUnitRows, strangersIn, withPredecessors } from './read-unit-rows.ts'
import { UsageError } from './usage-error.ts'

/** A gateway takes half a megabyte, and a service a thousand rows. */
const PART_ROWS_MAX = 500
const PART_BYTES_MAX = 200 * 1024
const PLAN_PAGES_MAX = 200
const TOLD_MAX = 20

export interface UnitImportOptions {
  readonly validFrom: string
  readonly validTo: string | undefined
  readonly source: string | undefined
  /** A file that says of which units these were made. */
  readonly predecessors: string | undefined
  /** Where the predecessors go that were not found. */
  readonly unmatched: string | undefined
  /** Apply without asking. */
  readonly yes: boolean
}

/** Shows what importing the units of a day would do, and does it when told so. */
export async function importUnits(
  api: Api,
  file: string,
  options: UnitImportOptions,
): Promise<number> {
  const rows = await readRows(file, options.predecessors)
  const importId = crypto.randomUUID()
  const path = `/api/units/imports/${importId}`
  const { validFrom, validTo, source = basename(file) } = options
  const until = validTo === undefined ? {} : { validTo }
  await api.post('/api/units/imports', { importId, validFrom, source, ...until })
  for (const part of inParts(rows)) {
    await api.post<ReplyOf<typeof addContract>>(`${path}/rows`, { rows: part })
  }
  const { plan, unmatched } = await readPlan(api, path)
  if (plan.errors.length > 0) {
    for (const { line, column, message } of plan.errors) {
      print(
        line === 0
          ? `--${column}: ${message}`
          : `${file}, line ${line}, column ${column}: ${message}`,
      )
    }
    print('Không nhập được. / Nothing was imported.')
    return 1
  }
  await report(plan, unmatched, options.unmatched)
  if (!options.yes && !(await isConfirmed())) {
    print('Chưa nhập gì; thêm --yes để nhập. / Nothing was imported; --yes imports it.')
    return 1
  }
  const { fingerprint } = plan
  await api.post<ReplyOf<typeof applyContract>>(`${path}/apply`, { fingerprint })
  print('Đã nhập. / Imported.')
  return 0
}

async function readRows(file: string, predecessors: string | undefined): Promise<UnitRow[]> {
  const rows = readUnitRows(await readTable(file))
  if (rows.length === 0) throw new UsageError(`${file} has no unit`)
  if (predecessors === undefined) return rows
  const table = await readTable(predecessors)
  const strangers = strangersIn(rows, table)
  for (const row of strangers.slice(0, TOLD_MAX)) {
    print(`${predecessors}, line ${row.line}: ${file} has no unit ${row.cell('code')}; passed over`)
  }
  if (strangers.length > TOLD_MAX) print(`… ${strangers.length - TOLD_MAX}`)
  return withPredecessors(rows, table)
}

function* inParts(rows: readonly UnitRow[]): Generator<UnitRow[]> {
  let part: UnitRow[] = []
  let bytes = 0
  for (const row of rows) {
    const size = Buffer.byteLength(JSON.stringify(row)) + 1
    if (part.length === PART_ROWS_MAX || (part.length > 0 && bytes + size > PART_BYTES_MAX)) {
      yield part
      part = []
      bytes = 0
    }
    part.push(row)
    bytes += size
  }
  if (part.length > 0) yield part
}

async function readPlan(api: Api, path: string) {
  const plan = await api.get<UnitPlan>(`${path}/plan`)
  const unmatched = [...plan.unmatched]
  let { more } = plan
  for (let page = 1; more && page < PLAN_PAGES_MAX; page++) {
    const next = await api.get<UnitPlan>(`${path}/plan?after=${unmatched.length}`)
    unmatched.push(...next.unmatched)
    more = next.more && next.unmatched.length > 0
  }
  return { plan, unmatched }
}

async function report(
  { counts, renamed, previous }: UnitPlan,
  unmatched: readonly UnmatchedPredecessor[],
  file: string | undefined,
): Promise<void> {
  print(`${counts.rows} đơn vị / units`)
  if (previous !== undefined) {
    print(`so với / compared with the units of ${previous}: changes in between are not known`)
  }
  print(`  mở / opened        ${counts.opened}`)
  print(`    đổi tên / renamed                    ${counts.renamed}`)
  print(`    đổi cấp trên / under another unit    ${counts.moved}`)
  print(`    theo cấp trên / only the unit above  ${counts.carried}`)
  print(`  đóng / closed      ${counts.closed}`)
  print(`  giữ / unchanged    ${counts.unchanged}`)
  print(`  tiền thân / predecessors found ${counts.successions}, not found ${counts.unmatched}`)
  for (const { code, before, after } of renamed) print(`  ${code}: ${before} → ${after}`)
  if (counts.renamed > renamed.length) print(`  … ${counts.renamed - renamed.length}`)
  if (file !== undefined) {
    const lines = unmatched.map(({ line, code, reason, words }) =>
      [line, code, reason, `"${words.replaceAll('"', '""')}"`].join(','),
    )
    await writeFile(file, `${['line,code,reason,words', ...lines].join('\n')}\n`).catch(
      (error: Error) => {
        throw new UsageError(`${file} cannot be written: ${error.message}`)
      },
    )
    print(`  ${file}: ${unmatched.length}`)
    return
  }
  for (const { line, code, words, reason } of unmatched.slice(0, TOLD_MAX)) {
    print(`  line ${line}, ${code}: ${reason}: ${words}`)
  }
  if (unmatched.length > TOLD_MAX) {
    print(`  … ${unmatched.length - TOLD_MAX}; all of them into a file: --unmatched FILE`)
  }
}

async function isConfirmed(): Promise<boolean> {
  if (!stdin.isTTY) return false
  const lines = createInterface({ input: stdin, output: stdout })
  try {
    return /^(c|có|y|yes)$/i.test(await lines.question('Nhập? (c/k)  Import? (y/n) '))
  } finally {
    lines.close()
  }
}

function print(line: string): void {
  stdout.write(`${line}\n`)
}
