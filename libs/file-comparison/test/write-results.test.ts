import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openTable } from '@songnhap/tables'
import { t } from 'tap'
import { compareTables, writeResults } from '../src/index.ts'
import { FORM, manyRows, PEOPLE, type Rows, tableOf } from './make-files.ts'

const folder = t.testdir()
const HEAD = ['number', 'fullName', 'birthDate']

async function written(a: Rows, b: Rows, out: string, forSpreadsheet = false) {
  using first = await tableOf(folder, a)
  using second = await tableOf(folder, b)
  const writer = writeResults({ folder: out, forSpreadsheet })
  writer.finish(await compareTables({ first, second, form: FORM }, writer))
  return (name: string) => readFileSync(join(out, name), 'utf8')
}

t.test('O5: every verdict and what is settled are written as they are', async (t) => {
  const out = join(folder, 'out')
  const b = [['1', '=Lò "Văn", Mẩy', '01/02/1985'], ...PEOPLE.slice(2)]
  const read = await written([HEAD, ...PEOPLE], [HEAD, ...b], out)
  const comparison = read('comparison.csv').split('\r\n')
  t.equal(comparison[0], 'record,field,first,second,outcome,rule,reason')
  t.match(comparison[2], '1,fullName,Lò Văn Mẩy,"=Lò ""Văn"", Mẩy",different,value-differs,')
  t.match(comparison[3], '1,birthDate,1/2/1985,01/02/1985,equivalent,date-layout,')
  t.match(comparison[4], '2,,2 | Nguyễn Thị Hoà | 3/4/1986,,row-missing,row-missing,')
  t.same(read('settled.csv').split('\r\n').slice(0, 4), [
    'record,first_place,second_place,open,number,fullName,birthDate',
    '1,2,2,fullName,1,,01.02.1985',
    '2,3,,*,,,',
    '3,4,3,,3,Vi Thị Lan,5/6/1987',
  ])
  using again = await openTable(join(out, 'comparison.csv'))
  t.equal(again.rows, 10)
  t.same(readdirSync(out).sort(), ['comparison.csv', 'report.html', 'settled.csv'])

  const sheet = await written([HEAD, ...PEOPLE], [HEAD, ...b], out, true)
  t.ok(sheet('settled.csv').startsWith('\ufeffrecord,'))
  t.match(sheet('comparison.csv'), `"'=Lò ""Văn"", Mẩy"`)
})

t.test('O5: where something fails, nothing is there', async (t) => {
  const out = join(folder, 'failed')
  const writer = writeResults({ folder: out, forSpreadsheet: false })
  writer.begin(FORM.fields)
  writer.take({ name: '1', from: ['2', '2'], verdicts: [] })
  writer.discard()
  t.notOk(existsSync(out))
  t.same(
    readdirSync(folder).filter((name) => name.includes('partial')),
    [],
  )
})

t.test('O6: the report shows what differs, and runs nothing that was typed', async (t) => {
  const attack = '<img src=x onerror=alert(1)>"\'&\u202e\u0007'
  const rows = [
    ['1', attack, '1/2/1985'],
    ['2', 'Nguyễn Văn Tuấn', '1985'],
  ]
  const others = [
    ['1', `${attack}!`, '1/2/1985'],
    ['2', 'Nguyễn Văn Tuân', '1985'],
  ]
  const html = (await written([HEAD, ...rows], [HEAD, ...others], join(folder, 'html')))(
    'report.html',
  )
  for (const part of ['<img', '<script', 'http:', 'https:', '\u202e', '\u0007']) {
    t.notOk(html.includes(part), part)
  }
  t.match(html, '&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;\ufffd\ufffd')
  t.match(html, "default-src 'none'")
  t.match(html, 'Nguyễn Văn Tu<mark>ấ</mark>n')
  t.match(html, 'Nguyễn Văn Tu<mark>â</mark>n')

  const many = manyRows(700)
  const wrong = many.map(([number = '', name = '', date = '']) => [number, `${name} Sai`, date])
  const long = (await written([HEAD, ...many], [HEAD, ...wrong], join(folder, 'long')))(
    'report.html',
  )
  t.match(long, 'The first 500 of 700 records')
  t.equal(long.match(/<td>Họ tên<\/td>/g)?.length, 500)
})
