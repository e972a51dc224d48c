import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { openTable } from '@songnhap/tables'
import { t } from 'tap'
import { summarise } from '../src/index.ts'
import { compareTable as compare } from './compare-rows.ts'

/** Real entries of other people's projects, where they lie beside a developer's checkout. */
const DATA = join(import.meta.dirname, '../../../../shared/data')
const WITHOUT_DATA = existsSync(DATA) ? false : 'the data from outside are not here'
const PAGE_AND_ROW = /^(?<page>.+)r(?<row>\d+)$/u

t.test(
  'O7: of real labels nobody is a pair with himself or herself',
  { skip: WITHOUT_DATA },
  async (t) => {
    using table = await openTable(`${DATA}/specimen-labels/entries.csv`)
    const { fields, notes, rules } = await compare(table, { form: null })
    t.ok(notes.some((note) => note.startsWith('10 entries repeat a cell')))
    t.equal(fields['recorded_by']?.pairs, 52)
    t.ok(rules.length > 3)
  },
)

t.test(
  'O8: of real columns, those that slipped are told, and only those',
  { skip: WITHOUT_DATA },
  async (t) => {
    using table = await openTable(`${DATA}/hms-nhs/entries.csv`)
    const result = await compare(table, { form: null, rows: PAGE_AND_ROW })
    const slips = result.diagnoses.filter(({ kind }) => kind === 'row-shift')
    t.same(
      slips.map(({ annotator, shift }) => `${annotator} ${shift}`),
      [
        'v01p011.admission_number.a3 -1',
        'v01p028.admission_number.a3 1',
        'v01p033.place_of_birth.a1 3',
        'v01p051.admission_number.a4 1',
        'v01p077.admission_number.a4 1',
      ],
    )
    t.match(summarise(result), /typed 3 rows too high; moved down by 3 it fits/)
  },
)

t.test(
  "O14: of real yes-no labels Dawid and Skene's method has at least as many right as the majority",
  { skip: WITHOUT_DATA },
  async (t) => {
    using table = await openTable(`${DATA}/yes-no-labels/entries.csv`)
    using truth = await openTable(`${DATA}/yes-no-labels/truth.csv`)
    const { dawidSkene, accuracy } = await compare(table, { form: null, truth, dawidSkene: true })
    t.match(dawidSkene, { judged: 500, accuracy: 0.71, majorityAccuracy: 0.69, ties: 0 })
    t.equal(accuracy?.length, 74)
  },
)
