import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FormDefinition } from '@songnhap/contracts'
import { openTable, type Table } from '@songnhap/tables'
import type { ComparedRecord, RecordSink } from '../src/index.ts'

export type Rows = readonly (readonly string[])[]

const label = (vi: string, en: string) => ({ vi, en })

export const FORM: FormDefinition = {
  name: 'small-register',
  version: 3,
  title: label('Sổ nhỏ', 'Small register'),
  recordsMax: 60,
  fields: [
    { name: 'number', kind: 'registration-number', label: label('Số', 'Number'), lengthMax: 40 },
    { name: 'fullName', kind: 'name', label: label('Họ tên', 'Full name'), lengthMax: 100 },
    { name: 'birthDate', kind: 'date', label: label('Ngày sinh', 'Date of birth'), lengthMax: 40 },
  ],
}

export const PEOPLE: Rows = [
  ['1', 'Lò Văn Mẩy', '1/2/1985'],
  ['2', 'Nguyễn Thị Hoà', '3/4/1986'],
  ['3', 'Vi Thị Lan', '5/6/1987'],
  ['4', 'Lê Văn Sơn', '7/8/1988'],
]

let files = 0

function writeTable(folder: string, rows: Rows): string {
  files += 1
  const path = join(folder, `table-${files}.csv`)
  const quoted = (value: string) => `"${value.replaceAll('"', '""')}"`
  writeFileSync(path, rows.map((cells) => cells.map(quoted).join(',')).join('\n'))
  return path
}

export async function tableOf(folder: string, rows: Rows): Promise<Table> {
  return await openTable(writeTable(folder, rows))
}

/** Keeps every record, as a small test may. */
export function keepRecords(): RecordSink & { readonly records: ComparedRecord[] } {
  const records: ComparedRecord[] = []
  return { records, begin: () => {}, take: (record) => records.push(record) }
}

const SYLLABLES = 'Ban Cúc Diễm Hương Khánh Liên Mai Nga Phượng Quyên'.split(' ')
/** A prime above the largest table, so that each row has a name of its own, unlike its neighbours'. */
const PRIME = 200_003
const STEP = 79_193

/** A large table of which each row can be told. */
export function manyRows(rows: number): string[][] {
  const nameOf = (row: number) =>
    [...String((row * STEP) % PRIME)].map((digit) => SYLLABLES[Number(digit)]).join(' ')
  return Array.from({ length: rows }, (_, row) => [
    `${row + 1}/1985`,
    `Lò ${nameOf(row)}`,
    `${(row % 28) + 1}/2/1985`,
  ])
}
