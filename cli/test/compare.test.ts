import { spawn } from 'node:child_process'
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { t } from 'tap'

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url))
const folder = t.testdir({
  'a.csv': 'tên;số\r\nLò Mẩy;1\r\nVi Lan;2\r\n',
  'b.csv': 'số,tên\n2,Vi Lan\n1,Lò May\n',
  'broken.csv': 'tên,số\nLò,1\n"Vi,2\n',
  'entries.csv':
    'item,annotator,field,value\nr1,a,tên,Lò\nr1,b,tên,Lô\nr1,a,tên,Lo\nr2,a,tên,Vi\nr2,b,tên,Vi\n',
  'truth.csv': 'item,field,value\nr1,tên,Lò\nr2,tên,Vi\n',
  'bad-form.json': '{"name": "x"}',
  'no-form.json': '{',
})

interface Ended {
  readonly code: number
  readonly out: string
  readonly errors: string
}

async function run(...args: string[]): Promise<Ended> {
  // No address of any server, and nobody to sign in as.
  const child = spawn(process.execPath, [MAIN, 'compare', ...args], { cwd: folder, env: {} })
  let [out, errors] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString()
  })
  const code = await new Promise<number>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (status) => resolve(status ?? -1))
  })
  return { code, out, errors }
}

t.test('O12: --json prints one object, and nothing else', async (t) => {
  const { code, out } = await run('a.csv', 'b.csv', '--key', 'Số', '--json')
  t.equal(code, 0)
  t.equal(out.trimEnd().split('\n').length, 1)
  const result = JSON.parse(out)
  t.match(result, {
    records: { aligned: 2, onlyFirst: 0, onlySecond: 0 },
    fields: {
      tên: { pairs: 2, identical: 1, equivalent: 0, variant: 0, different: 1, marks: 0 },
      số: { pairs: 2, identical: 2 },
    },
    diagnoses: [],
    form: { inferred: true },
  })
  t.type(result.seconds, 'number')
})

t.test('O12: without it, tables for people; with --out, files', async (t) => {
  const { code, out } = await run('a.csv', 'b.csv', '--key', 'số', '--out', 'out')
  t.equal(code, 0)
  t.match(out, /no form: every column a text/)
  t.match(out, /tên +2 +50\.0 % +50\.0 %/)
  t.same(readdirSync(join(folder, 'out')).sort(), ['comparison.csv', 'report.html', 'settled.csv'])
  t.match((await run('a.csv', 'b.csv')).out, /nothing written; --out DIR does/)
})

t.test('O12: entries of many people, with the truth', async (t) => {
  const args = [
    '--entries',
    'entries.csv',
    '--rows',
    '^(?<page>r)(?<row>\\d+)$',
    '--truth',
    'truth.csv',
    '--dawid-skene',
  ]
  const { code, out } = await run(...args, '--json')
  t.equal(code, 0)
  t.match(JSON.parse(out), {
    records: { aligned: 2 },
    fields: { tên: { pairs: 2, identical: 1, different: 1 } },
    accuracy: [
      { annotator: 'b', judged: 2, right: 1, rate: 0.5 },
      { annotator: 'a', judged: 2, right: 2, rate: 1, high: 1 },
    ],
    dawidSkene: { judged: 2, accuracy: 1, majorityAccuracy: 1, ties: 1 },
  })
})

t.test('O12: a broken file ends with 1, says where, and leaves nothing', async (t) => {
  const broken = await run('a.csv', 'broken.csv', '--out', 'never')
  t.equal(broken.code, 1)
  t.equal(broken.out, '')
  t.match(broken.errors, /broken\.csv, line 3, column 1: a quotation mark that is never closed/)
  t.notOk(existsSync(join(folder, 'never')))
  t.equal((await run('a.csv', 'nowhere.csv')).code, 1)
  t.match(
    (await run('a.csv', 'b.csv', '--form', 'bad-form.json')).errors,
    /bad-form\.json is no form:\n/,
  )
  t.match(
    (await run('a.csv', 'b.csv', '--form', 'no-form.json')).errors,
    /no-form\.json is no JSON/,
  )
  t.same(
    readdirSync(folder).filter((name) => name.includes('partial')),
    [],
  )
})

t.test('O12: a wrong call ends with 2 and says what is wanted', async (t) => {
  const calls: Record<string, RegExp> = {
    '': /name two files to compare, or one with --entries/,
    'a.csv': /name two files/,
    'a.csv b.csv --rows x': /--rows goes with --entries only/,
    '--entries entries.csv --key x': /--key goes with two files only/,
    '--entries entries.csv --dawid-skene': /--dawid-skene goes with --truth/,
    '--entries entries.csv --rows (': /--rows is no pattern/,
    '--entries entries.csv --rows x': /--rows names no groups page and row/,
    'a.csv b.csv --encoding klingon': /no encoding klingon is known/,
    'a.csv b.csv --separator ab': /--separator is one character/,
    'a.csv b.csv --colour': /Unknown option '--colour'/,
  }
  for (const [call, expected] of Object.entries(calls)) {
    const { code, errors } = await run(...call.split(' ').filter((word) => word !== ''))
    t.equal(code, 2, call)
    t.match(errors, expected, call)
  }
})

t.test('O12: a comparison that is stopped leaves nothing', async (t) => {
  const rows = Array.from({ length: 120_000 }, (_, row) => `tên ${row},${row}`)
  writeFileSync(join(folder, 'large.csv'), ['tên,số', ...rows].join('\n'))
  const args = [MAIN, 'compare', 'large.csv', 'large.csv', '--out', 'stopped']
  const child = spawn(process.execPath, args, { cwd: folder, env: {} })
  child.stderr.on('data', (chunk: Buffer) => {
    if (chunk.toString().includes('comparing')) child.kill('SIGINT')
  })
  const code = await new Promise((resolve) => child.once('close', resolve))
  t.equal(code, 130)
  t.same(
    readdirSync(folder).filter((name) => name.startsWith('stopped')),
    [],
  )
})
