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

let files = 0

export function writeTable(folder: string, rows: Rows): string {
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
