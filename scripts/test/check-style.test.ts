import { t } from 'tap'
import { complaintsAbout } from '../check-style.ts'

const file = 'libs/bus/src/planted.ts'

t.test('a file as it should be is left in peace', async (t) => {
  t.same(complaintsAbout(file, 'export const one = 1\n'), [])
  t.same(complaintsAbout(file, 'export const one = 1\n'.repeat(300)), [])
})

t.test('a file of more than 300 lines is named with its length', async (t) => {
  t.same(complaintsAbout(file, 'export const one = 1\n'.repeat(301)), [
    `${file}: 301 lines, at most 300`,
  ])
  t.same(complaintsAbout('services/entry/migrations/0001.sql', 'select 1;\n'.repeat(301)), [
    'services/entry/migrations/0001.sql: 301 lines, at most 300',
  ])
})

t.test('a function of more than 70 lines is named with its place', async (t) => {
  const body = (lines: number) => `\nexport function long() {\n${'  call()\n'.repeat(lines - 2)}}\n`
  t.same(complaintsAbout(file, body(70)), [])
  t.same(complaintsAbout(file, body(71)), [`${file}:2: a function of 71 lines, at most 70`])
  const arrow = `const f = () => {\n${'  call()\n'.repeat(70)}}\n`
  t.equal(complaintsAbout(file, arrow).length, 1)
})

t.test('the body of a test may be longer, a function inside it may not', async (t) => {
  const lines = '  call()\n'.repeat(80)
  const test = 'libs/bus/test/planted.test.ts'
  t.same(complaintsAbout(test, `t.test('a', async (t) => {\n${lines}})\n`), [])
  t.same(complaintsAbout(test, `await t.test('a', async (t) => {\n${lines}})\n`), [])
  t.equal(
    complaintsAbout(test, `t.test('a', () => {\nconst f = () => {\n${lines}}\n})\n`).length,
    1,
  )
  t.equal(complaintsAbout(file, `t.test('a', async (t) => {\n${lines}})\n`).length, 1)
})

t.test('a line of more than 120 characters, counted as people count, is named', async (t) => {
  t.same(complaintsAbout(file, `// ${'ữ'.repeat(117)}\n`), [])
  t.same(complaintsAbout(file, `\n// ${'ữ'.repeat(118)}\n`), [
    `${file}:2: longer than 120 characters`,
  ])
})

t.test('names that say nothing are refused', async (t) => {
  for (const name of ['utils', 'helpers', 'common', 'misc', 'types']) {
    t.equal(complaintsAbout(`libs/bus/src/${name}.ts`, '').length, 1, name)
  }
  t.same(complaintsAbout('libs/bus/src/table-types.ts', ''), [])
})
