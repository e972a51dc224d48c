import type { FormDefinition } from '@songnhap/contracts'
import type { Table } from '@songnhap/tables'
import { compareEntries, readCells } from '../src/index.ts'
import { FORM, keepRecords, type Rows, tableOf } from './make-files.ts'

const HEAD = ['set', 'item', 'annotator', 'field', 'value']

interface Options {
  readonly form?: FormDefinition | null
  readonly rows?: RegExp
  readonly truth?: Table
  readonly dawidSkene?: boolean
}

export async function compareTable(table: Table, { form = FORM, ...options }: Options = {}) {
  const sink = keepRecords()
  const cells = readCells(table, form)
  const result = await compareEntries({ table, cells, given: form, ...options }, sink)
  return { ...result, kept: sink.records }
}

export async function compareRows(folder: string, entries: Rows, options?: Options) {
  using table = await tableOf(folder, [HEAD, ...entries])
  return await compareTable(table, options)
}

export function entry(item: string, annotator: string, field: string, value: string) {
  return ['s', item, annotator, field, value]
}
