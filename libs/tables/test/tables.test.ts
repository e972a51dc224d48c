import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { writeXlsx } from 'hucre/xlsx'
import { t } from 'tap'
import { openTable, type TableOptions, UnknownEncoding } from '../src/index.ts'

const folder = t.testdir()
let files = 0

function fileOf(content: string | Uint8Array, ending = 'csv'): string {
  files += 1
  const path = join(folder, `${files}.${ending}`)
  writeFileSync(path, content)
  return path
}

async function read(content: string | Uint8Array, options: TableOptions = {}, ending = 'csv') {
  using table = await openTable(fileOf(content, ending), options)
  const rows = Array.from({ length: table.rows }, (_, row) => table.at(row))
  return { read: table.read, header: table.header, rows }
}

async function cellsOf(content: string | Uint8Array, options: TableOptions = {}) {
  const { header, rows } = await read(content, options)
  return [header, ...rows.map(({ cells }) => cells)]
}

/** What is said of a broken file, without its name. */
async function complaint(content: string | Uint8Array, options: TableOptions = {}, ending = 'csv') {
  try {
    await read(content, options, ending)
  } catch (error) {
    if (!(error instanceof Error)) throw error
    return error.message.replace(/^\S*\/\d+\.\w+/, 'FILE')
  }
  return 'no complaint'
}

const NAMES = 'họ tên,số\nLò Văn Mẩy,01\nNguyễn Thị Hoà,02\n'
const ROWS = [
  ['họ tên', 'số'],
  ['Lò Văn Mẩy', '01'],
  ['Nguyễn Thị Hoà', '02'],
]

function swapBytes(bytes: Buffer): Buffer {
  return Buffer.from(bytes).swap16()
}

/** In windows-1258: what has a byte of its own has it, and tones stand behind their letters. */
const IN_1258: Readonly<Record<string, number>> = { ê: 0xea, ô: 0xf4, â: 0xe2, ă: 0xe3 }
const TONES: Readonly<Record<string, number>> = {
  '\u0300': 0xcc,
  '\u0301': 0xec,
  '\u0303': 0xde,
  '\u0309': 0xd2,
  '\u0323': 0xf2,
}

function to1258(text: string): Buffer {
  const bytes: number[] = []
  for (const letter of text) {
    const [base = '', ...marks] = letter.normalize('NFD')
    let byte = base.charCodeAt(0)
    for (const mark of marks) {
      const quality = IN_1258[(base + mark).normalize('NFC')]
      if (TONES[mark] === undefined && quality !== undefined) byte = quality
    }
    bytes.push(byte, ...marks.flatMap((mark) => TONES[mark] ?? []))
  }
  return Buffer.from(bytes)
}

t.test('T1, T2: any usual encoding is read as the same text', async (t) => {
  const utf16 = Buffer.from(NAMES, 'utf16le')
  const encoded: Record<string, Buffer> = {
    'UTF-8': Buffer.from(NAMES),
    'UTF-8 with BOM': Buffer.from(`\ufeff${NAMES}`),
    'UTF-16 with BOM': Buffer.from(`\ufeff${NAMES}`, 'utf16le'),
    'UTF-16 BE with BOM': swapBytes(Buffer.from(`\ufeff${NAMES}`, 'utf16le')),
    'UTF-16 without BOM': utf16,
    'UTF-16 BE without BOM': swapBytes(utf16),
    'windows-1258': to1258(NAMES),
  }
  for (const [name, bytes] of Object.entries(encoded)) t.same(await cellsOf(bytes), ROWS, name)
  t.match((await read(to1258(NAMES))).read, /windows-1258 \(guessed\)/)
  const latin = Buffer.from('café,été\nà,é\n', 'latin1')
  t.same(await cellsOf(latin, { encoding: 'windows-1252' }), [
    ['café', 'été'],
    ['à', 'é'],
  ])
  await t.rejects(read(NAMES, { encoding: 'klingon' }), new UnknownEncoding(), 'no such encoding')
})

t.test(
  'T2: text in Unicode is not composed, and a tone is joined over the end of a piece',
  async (t) => {
    const decomposed = NAMES.normalize('NFD')
    t.same((await cellsOf(decomposed))[1], [ROWS[1]?.[0]?.normalize('NFD'), '01'])
    const long = `a,b\n${'Thị Hoà,1\n'.repeat(70_000)}`
    const rows = await cellsOf(to1258(long))
    t.equal(rows.length, 70_001)
    t.ok(rows.slice(1).every(([name]) => name === 'Thị Hoà'))
  },
)

t.test('T1: bytes that are no text are told by line and column', async (t) => {
  const bytes = Buffer.concat([
    Buffer.from('tên,số\r\nLò,1\r\nHoà '),
    Buffer.from([0xff]),
    Buffer.from(',2\r\n'),
  ])
  t.match(await complaint(bytes), /^FILE, line 3, column 5: bytes that are no UTF-8 text/)
  const late = Buffer.concat([
    Buffer.from(`tên,số\n${'Lò,1\n'.repeat(400_000)}Hoà`),
    Buffer.from([0xc3, 0x28]),
  ])
  t.match(await complaint(late), /^FILE, line 400002, column 4: /)
  const nothing = Buffer.concat([Buffer.from('a,b\nx'), Buffer.from([0x81]), Buffer.from(',1\n')])
  t.match(
    await complaint(nothing),
    /line 2, column 2: neither UTF-8 nor windows-1258; say its encoding/,
  )
  const odd = Buffer.concat([Buffer.from('\ufeffa,b\nx,1\n', 'utf16le'), Buffer.from([0x41])])
  t.match(await complaint(odd), /^FILE, line 3, column 1: bytes that are no utf-16le text/)
})

t.test('T3: separators, line ends and quoted values', async (t) => {
  const plain = [
    ['a', 'b'],
    ['x', '1'],
    ['y', '2'],
  ]
  for (const separator of [',', ';', '\t', '|']) {
    for (const end of ['\n', '\r\n', '\r']) {
      const text = plain.map((cells) => cells.join(separator)).join(end)
      t.same(await cellsOf(text), plain, JSON.stringify(separator + end))
    }
  }
  t.same(await cellsOf('sep=|\r\na|b\r\n"x;1;2;3"|1'), [
    ['a', 'b'],
    ['x;1;2;3', '1'],
  ])
  t.same(await cellsOf('a;b\r\n"one, ""two""\r\nthree";1,5\n\n;\n'), [
    ['a', 'b'],
    ['one, "two"\r\nthree', '1,5'],
  ])
  t.same(await cellsOf('only\nx\n'), [['only'], ['x']])
  t.same(await cellsOf('a,b;c\n1,2;3\n', { separator: ';' }), [
    ['a,b', 'c'],
    ['1,2', '3'],
  ])
})

t.test('T3: a row says the line on which it begins, whatever stands before it', async (t) => {
  for (const end of ['\n', '\r\n', '\r']) {
    const text = ['sep=,', 'a,b', `"x${end}y",1`, '', 'z,2', `w,"${end}${end}"`, 'v,3'].join(end)
    const { rows } = await read(text)
    t.same(
      rows.map(({ line }) => line),
      [3, 6, 7, 10],
      JSON.stringify(end),
    )
  }
})

t.test('T4: what is wrong with a table is told by line and column', async (t) => {
  const broken: Record<string, RegExp> = {
    '': /^FILE: the file is empty$/,
    '\n\n': /^FILE: there is no row/,
    'a,b\n"x,1\ny,2\n': /^FILE, line 2, column 1: a quotation mark that is never closed/,
    'a,b\nx,1\ny "z",2\n': /^FILE, line 3, column 3: a quotation mark inside a value/,
    'a,b\nx,"1"2\n': /^FILE, line 2, column 6: something behind a closing quotation mark/,
    'a,b\nx,1\ny,2,3\n': /^FILE, line 3, column 5: 3 columns where the heading has 2/,
    'a,b,c\nx,1\n': /^FILE, line 2, column 5: 2 columns where the heading has 3/,
    'a,,c\n1,2,3\n': /^FILE, line 1, column 3: column 2 has no heading/,
    'Tên,số,TÊN \n1,2,3\n': /^FILE, line 1, column 8: columns 1 and 3 have the same heading/,
  }
  for (const [text, expected] of Object.entries(broken)) {
    t.match(await complaint(text), expected, JSON.stringify(text))
  }
  const unclosed = `a,b\n"x,1\n${'y,2\n'.repeat(300_000)}`
  t.match(
    await complaint(unclosed),
    /^FILE, line 2, column 1: a quotation mark that is never closed/,
  )
  t.match(await complaint('sep=;\na;b\n"x;1\n'), /^FILE, line 3, column 1: a quotation mark/)
  const secret = await complaint('a,b\nSecret "Name",2\n')
  t.notMatch(secret, /Secret|Name/)
})

t.test('T5: a workbook is read from a sheet, and told what is wrong with it', async (t) => {
  const sheets = [
    {
      name: 'Sổ',
      rows: [['tên', 'ngày', 'số'], ['Lò', new Date(Date.UTC(1985, 1, 1)), 12], [], ['Hoà']],
    },
    { name: 'Hai', rows: [['a'], ['b']] },
  ]
  const workbook = await writeXlsx({ sheets })
  const first = await read(workbook, {}, 'xlsx')
  t.equal(first.read, 'XLSX, sheet Sổ')
  t.same(first.rows, [
    { line: 2, cells: ['Lò', '1985-02-01', '12'] },
    { line: 4, cells: ['Hoà', '', ''] },
  ])
  t.same((await read(workbook, { sheet: 'Hai' }, 'xlsx')).rows, [{ line: 2, cells: ['b'] }])
  t.match(await complaint(workbook, { sheet: 'Ba' }), /no sheet Ba; there are: Sổ, Hai/)
  t.match(await complaint(workbook.slice(0, 500)), /a damaged workbook/)
  t.match(await complaint('a,b\n1,2\n', {}, 'xlsx'), /no spreadsheet, although it is called so/)
  const old = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1])
  t.match(await complaint(old, {}, 'xls'), /an old Excel file/)
})

t.test('T5: a workbook that would unpack to too much is refused unread', async (t) => {
  const workbook = Buffer.from(
    await writeXlsx({ sheets: [{ name: 'Sổ', rows: [['tên'], ['Lò']] }] }),
  )
  const DIRECTORY_ENTRY = Buffer.from([0x50, 0x4b, 1, 2])
  const NAME_AT = 46
  const UNPACKED_AT = 24
  const forge = (part: string, bytes: number) => {
    const forged = Buffer.from(workbook)
    const entry = forged.lastIndexOf(part) - NAME_AT
    t.ok(forged.subarray(entry, entry + 4).equals(DIRECTORY_ENTRY))
    forged.writeUInt32LE(bytes, entry + UNPACKED_AT)
    return forged
  }
  const refusal = /a workbook that unpacks to more than can be read; save the sheet as CSV/
  t.match(await complaint(forge('xl/sharedStrings.xml', 2 ** 28 + 1)), refusal)
  t.match(await complaint(forge('xl/worksheets/sheet1.xml', 2 ** 31 + 1)), refusal)
})

t.test('T6: rows come back as they were put, in any order', async (t) => {
  const cell = fc.string({ unit: 'grapheme', maxLength: 30 }).filter((text) => text.isWellFormed())
  const table = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 40 })
  await fc.assert(
    fc.asyncProperty(table, async (rows) => {
      const quote = (value: string) => `"${value.replaceAll('"', '""')}"`
      const text = ['"a","b"', ...rows.map((cells) => cells.map(quote).join(','))].join('\n')
      using opened = await openTable(fileOf(text))
      const filled = rows.filter((cells) => cells.some((value) => value !== ''))
      const places = filled.map((_, row) => row).reverse()
      t.same(
        places.map((row) => opened.at(row).cells),
        filled.toReversed(),
      )
    }),
    { numRuns: 50 },
  )
})
