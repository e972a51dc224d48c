import { readFile } from 'node:fs/promises'
import { HucreError } from 'hucre'
import { type CellValue, readXlsx, streamXlsxRows } from 'hucre/xlsx'
import { checkArchive } from './check-archive.ts'
import { WORKBOOK_BYTES_MAX } from './limits.ts'
import type { FileRow } from './read-csv.ts'
import { TableError } from './table-error.ts'

export interface WorkbookRows {
  readonly sheet: string
  readonly rows: AsyncIterable<FileRow>
}

/** The rows of one sheet: the first, or the one that is named. Rows without any value are none. */
export async function readWorkbook(
  path: string,
  name: string,
  bytes: number,
  wanted?: string,
): Promise<WorkbookRows> {
  if (bytes > WORKBOOK_BYTES_MAX) {
    const room = WORKBOOK_BYTES_MAX / 1024 ** 2
    throw new TableError(name, `a workbook of more than ${room} MB; save the sheet as CSV`)
  }
  const data = await readFile(path)
  const finding = await checkArchive(data)
  if (finding !== null) throw new TableError(name, finding)
  const names = await sheetsOf(data, name)
  const sheet = wanted ?? names[0]
  if (sheet === undefined) throw new TableError(name, 'a workbook without sheets')
  if (!names.includes(sheet)) {
    throw new TableError(name, `no sheet ${sheet}; there are: ${names.join(', ')}`)
  }
  return { sheet, rows: readRows(data, name, sheet) }
}

/** Asked for each sheet, the reader tells its name; declined, it reads no rows. */
async function sheetsOf(data: Buffer, name: string): Promise<string[]> {
  const names: string[] = []
  await orDamaged(name, () =>
    readXlsx(data, {
      sheets: (sheet) => {
        names.push(sheet.name)
        return false
      },
    }),
  )
  return names
}

async function* readRows(data: Buffer, name: string, sheet: string): AsyncGenerator<FileRow> {
  const rows = streamXlsxRows(data, { sheet })
  while (true) {
    const next = await orDamaged(name, () => rows.next())
    if (next.done === true) return
    const cells = next.value.values.map(textOf)
    if (cells.some((cell) => cell !== '')) yield { line: next.value.index + 1, cells }
  }
}

async function orDamaged<T>(name: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (error) {
    if (!(error instanceof HucreError)) throw error
    throw new TableError(name, `a damaged workbook (${error.name}); open it, save it again as XLSX`)
  }
}

const MIDNIGHT = 'T00:00:00.000Z'

/** A cell as text. A day is written year first, which every date field reads; a number as it is. */
function textOf(value: CellValue): string {
  if (value === null || value === undefined) return ''
  if (!(value instanceof Date)) return typeof value === 'boolean' ? truthOf(value) : String(value)
  const moment = value.toISOString()
  return moment.endsWith(MIDNIGHT) ? moment.slice(0, -MIDNIGHT.length) : moment
}

function truthOf(value: boolean): string {
  return value ? 'TRUE' : 'FALSE'
}
