import { t } from 'tap'
import { compareTables, type Stage } from '../src/index.ts'
import { FORM, manyRows, tableOf } from './make-files.ts'

const ROWS = 200_000
const LEFT_OUT = 150_000
/** Beyond what the process has before; the two files' texts alone, as they are in memory, have more. */
const GROWTH_MB_MAX = 500
const MEBIBYTE = 1024 ** 2

t.test(
  'O3, T6: tables of 200,000 rows are compared in bounded memory, with progress',
  async (t) => {
    const folder = t.testdir()
    const head = ['number', 'fullName', 'birthDate']
    const rows = manyRows(ROWS)
    const changed = rows.map((cells, row) => (row % 50 === 7 ? cells.with(2, '9/9/1999') : cells))
    using first = await tableOf(folder, [head, ...rows])
    using second = await tableOf(folder, [head, ...changed.toSpliced(LEFT_OUT, 1)])
    const stages = new Map<Stage, number>()
    const onStage = (stage: Stage) => stages.set(stage, (stages.get(stage) ?? 0) + 1)
    const before = process.memoryUsage.rss()
    const sink = { begin: () => {}, take: () => {} }
    const { records, fields } = await compareTables({ first, second, form: FORM, onStage }, sink)
    t.same(records, { aligned: ROWS - 1, onlyFirst: 1, onlySecond: 0 })
    t.match(fields, { birthDate: { different: ROWS / 50, pairs: ROWS - 1 } })
    t.ok((stages.get('align') ?? 0) >= 1)
    t.ok((stages.get('compare') ?? 0) >= 100)
    t.ok((process.memoryUsage.rss() - before) / MEBIBYTE < GROWTH_MB_MAX)
  },
)
