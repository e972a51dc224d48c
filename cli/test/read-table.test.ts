/** Rules U10, U11 and U28 of docs/spec/registry.md: what is read from files, and where they are wrong. */
import { mkdtempSync, rmSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { t } from 'tap'
import { readListEntries } from '../src/read-list-entries.ts'
import { readTable, type Table } from '../src/read-table.ts'
import { readUnitRows, strangersIn, withPredecessors } from '../src/read-unit-rows.ts'

const scratch = mkdtempSync(join(tmpdir(), 'songnhap-cli-'))
t.teardown(() => rmSync(scratch, { recursive: true, force: true }))

/** Of a file with this text. */
async function tableOf(name: string, text: string): Promise<Table> {
  const file = join(scratch, name)
  await writeFile(file, text)
  return await readTable(file)
}

const HEADER = 'code,level,name,parent_code'
const UNITS = `${HEADER}\n40,province,Tỉnh Nghệ An,\n17357,commune,Xã Hoa Sơn,40\n`

t.test(
  'U28: UTF-8 and UTF-16, with and without BOM, any usual separator and line end',
  async (t) => {
    const folder = t.testdir()
    const text = UNITS
    const utf16be = Buffer.from(`\ufeff${text}`, 'utf16le').swap16()
    const files: [string, Buffer][] = [
      ['plain', Buffer.from(text)],
      ['bom', Buffer.from(`\ufeff${text}`)],
      ['crlf', Buffer.from(text.replaceAll('\n', '\r\n'))],
      ['semicolons', Buffer.from(text.replaceAll(',', ';'))],
      ['tabs', Buffer.from(text.replaceAll(',', '\t'))],
      ['utf16le', Buffer.from(`\ufeff${text}`, 'utf16le')],
      ['utf16be', utf16be],
      ['decomposed', Buffer.from(text.normalize('NFD'))],
    ]
    for (const [name, bytes] of files) {
      const file = join(folder, `${name}.csv`)
      await writeFile(file, bytes)
      t.same(
        readUnitRows(await readTable(file)),
        [
          { line: 2, code: '40', level: 'province', name: 'Tỉnh Nghệ An' },
          { line: 3, code: '17357', level: 'commune', name: 'Xã Hoa Sơn', parentCode: '40' },
        ],
        name,
      )
    }
    await t.rejects(readTable(join(folder, 'none.csv')), /cannot be read/)
  },
)

t.test('U28: what is wrong with a file is told with line and column', async (t) => {
  const read = async (text: string) => readUnitRows(await tableOf('u.csv', text))
  await t.rejects(read(''), /u.csv: the file is empty/)
  await t.rejects(
    read('code,level,name\n1,a,b'),
    /needs a column parent_code.*it has code, level, name/,
  )
  await t.rejects(
    read('code,level,code,parent_code\n'),
    /line 1, column 12: columns 1 and 3 have the same heading/,
  )
  await t.rejects(
    read(`${HEADER}\n40,province,Tỉnh`),
    /line 2, column 18: 3 columns where the heading has 4/,
  )
  await t.rejects(
    read(`${HEADER}\n\n"4\n0",province,A,`),
    /line 3, column code/,
    'blank lines, quoted breaks',
  )
  await t.rejects(
    read(`${HEADER}\n40,Tỉnh,A,`),
    /line 2, column level: must be a word in small letters/,
  )
  await t.rejects(read(`${HEADER}\n40,province,,`), /line 2, column name: is empty/)
  await t.rejects(read(`${HEADER}\n40,province,A,4 0`), /line 2, column parent_code/)
  await t.rejects(read(`${HEADER}\n40,province,"A,`), /u.csv, line 2, column \d+: .*quotation/)
})

t.test('U28: no text makes reading fail in another way than with words', async (t) => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc
      .string({ unit: fc.constantFrom(...'a,;"\n\r\t 1é'), maxLength: 200 })
      .map((rest) => `${HEADER}\n${rest}`),
  )
  await fc.assert(
    fc.asyncProperty(text, async (any) => {
      try {
        readUnitRows(await tableOf('any.csv', any))
      } catch (error) {
        return error instanceof Error && ['UsageError', 'TableError'].includes(error.name)
      }
      return true
    }),
  )
  t.pass('nothing else was thrown')
})

t.test(
  'U10: a list has values, codes, labels and aliases, under usual names of columns',
  async (t) => {
    const entries = async (text: string) => readListEntries(await tableOf('l.csv', text)).entries
    t.same(
      await entries(
        'value,code,label_vi,label_en,aliases\nNam,1,Nam giới,Male,nam; M\nNữ,2,,Female,\n',
      ),
      [
        { value: 'Nam', code: '1', label: { vi: 'Nam giới', en: 'Male' }, aliases: ['nam', 'M'] },
        { value: 'Nữ', code: '2', label: { vi: 'Nữ', en: 'Female' } },
      ],
    )
    t.same(await entries('code,name,other_names\n01,Kinh,"Việt, Kinh"\n'), [
      { value: 'Kinh', code: '01', label: { vi: 'Kinh', en: 'Kinh' }, aliases: ['Việt'] },
    ])
    t.same(await entries('value\nmột\n'), [{ value: 'một', label: { vi: 'một', en: 'một' } }])
  },
)

t.test('U10: another name that means several entries is none of any', async (t) => {
  const table = await tableOf(
    'l.csv',
    'name,other_names\nTày,"Thổ, Ngạn"\nKhơ-me,"Thổ, Cur"\nNgạn,\n',
  )
  const { entries, ambiguous } = readListEntries(table)
  t.same(
    entries.map(({ aliases }) => aliases),
    [undefined, ['Cur'], undefined],
  )
  t.same(ambiguous, [
    { line: 2, alias: 'Thổ' },
    { line: 2, alias: 'Ngạn' },
    { line: 3, alias: 'Thổ' },
  ])
})

t.test('U11: what a list cannot have is refused with line and column', async (t) => {
  const read = async (text: string) => readListEntries(await tableOf('l.csv', text))
  await t.rejects(read('code\n1'), /needs a column value or name/)
  await t.rejects(read('value\n'), /there is no entry/)
  await t.rejects(read('value,code\n,1'), /l.csv, line 2, column value: is empty/)
  await t.rejects(read('value\na\nb\na'), /line 4, column value: is that of line 2 too/)
  await t.rejects(read('value,code\na,1\nb,1'), /line 3, column code: is that of line 2 too/)
  await t.rejects(read(`value\n${'x'.repeat(201)}`), /line 2, column value: longer than 200/)
  await t.rejects(read('value\n"a\nb"'), /line 2, column value: has a control character/)
})

t.test('U28: a second file says of which units these were made', async (t) => {
  const rows = readUnitRows(await tableOf('u.csv', UNITS))
  const table = await tableOf(
    'p.csv',
    'code,made_from,predecessor_codes\n17357,"Xã A, Xã B",\n99,x,\n40,,40;41\n',
  )
  const joined = withPredecessors(rows, table)
  t.match(joined, [{ predecessorCodes: ['40', '41'] }, { madeFrom: 'Xã A, Xã B' }])
  t.same(
    strangersIn(rows, table).map(({ line }) => line),
    [3],
  )
  const twice = await tableOf('p.csv', 'code,made_from\n40,a\n40,b\n')
  t.throws(() => withPredecessors(rows, twice), /p.csv, line 3, column code: 40 stands here twice/)
  const bare = await tableOf('p.csv', 'code\n40\n')
  t.throws(() => withPredecessors(rows, bare), /needs a column made_from/)
})
