import { isWrong } from '@songnhap/comparators'
import { wilson } from '@songnhap/statistics'
import { type Table, TableError } from '@songnhap/tables'
import type { Accuracy } from './comparison-result.ts'
import type { Meanings } from './follow-dittos.ts'
import { titleKey } from './match-columns.ts'
import { type Cells, fieldsByTitle } from './read-cells.ts'

/**
 * How often each person was right, by the rules of the form: who did most first, then who was wrong most. A
 * ditto mark is right where it, or what it stands for, is.
 */
export function judgePeople({ form, items }: Cells, truth: Table, meanings: Meanings): Accuracy[] {
  const truths = readTruth(truth, form)
  const people = new Map<string, { judged: number; wrong: number }>()
  for (const [item, cells] of items) {
    for (const { field, entries } of cells) {
      const value = truths.get(keyOf(item, field.name))
      if (value === undefined) continue
      for (const { annotator, value: typed } of entries) {
        const person = people.get(annotator) ?? { judged: 0, wrong: 0 }
        people.set(annotator, person)
        person.judged += 1
        const meant = meanings(item, field.name, annotator) ?? { value: typed }
        const isRight = [{ value: typed }, meant].some((one) => !isWrong(field, one, { value }))
        if (!isRight) person.wrong += 1
      }
    }
  }
  return [...people]
    .map(([annotator, { judged, wrong }]) => accuracyOf(annotator, judged, wrong))
    .toSorted((a, b) => b.judged - a.judged || a.rate - b.rate)
}

function accuracyOf(annotator: string, judged: number, wrong: number): Accuracy {
  const right = judged - wrong
  // The interval of being right is that of being wrong, turned round.
  const { low, high } = wilson(wrong, judged)
  return { annotator, judged, right, rate: right / judged, low: 1 - high, high: 1 - low }
}

function readTruth(table: Table, form: Cells['form']): Map<string, string> {
  const places = ['item', 'field', 'value'].map((name) => {
    const place = table.header.findIndex((title) => titleKey(title) === name)
    if (place !== -1) return place
    const what = `no column ${name}; the truth needs item, field and value`
    throw new TableError(table.name, what, { line: 1, column: 1 })
  })
  const fields = fieldsByTitle(form)
  const truths = new Map<string, string>()
  for (let row = 0; row < table.rows; row += 1) {
    const { cells, line } = table.at(row)
    const [item = '', title = '', value = ''] = places.map((place) => cells[place])
    const field = fields.get(titleKey(title))
    if (field === undefined) continue
    const key = keyOf(item, field.name)
    if (truths.has(key)) {
      throw new TableError(table.name, 'a second truth for one cell', { line, column: 1 })
    }
    truths.set(key, value)
  }
  return truths
}

function keyOf(item: string, field: string): string {
  return `${item}\0${field}`
}
