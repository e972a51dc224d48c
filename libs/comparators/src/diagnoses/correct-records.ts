import type { FormDefinition, Reading } from '@songnhap/contracts'
import { markOf } from '../compare-readings.ts'
import { isPossibleDate, swapDayAndMonth } from '../dates/swap-day-and-month.ts'
import type { Diagnosis } from './diagnosis.ts'

/** A record once a slip is put right; null where no reading is left. */
export type CorrectedRecord = Readonly<Record<string, Reading | null>>

type Cells = Record<string, Reading | null>

/**
 * One entry (0: the first) as it would be without the slip. Readings move as they are, the cells that
 * they leave have none, and what they come to lie on is gone; only swapped dates are written anew. A
 * record without any reading goes. The records given stay as they were.
 */
export function correctRecords(
  form: FormDefinition,
  records: readonly CorrectedRecord[],
  diagnosis: Diagnosis,
  side: 0 | 1,
): CorrectedRecord[] {
  const [from, to] = [diagnosis.fromRecord[side] - 1, diagnosis.toRecord[side]]
  const corrected: Cells[] = records.map((record) => ({ ...record }))
  switch (diagnosis.kind) {
    case 'row-shift':
      moveRows(
        form,
        corrected,
        diagnosis,
        from,
        to,
        side === 0 ? diagnosis.shift : -diagnosis.shift,
      )
      break
    case 'columns-swapped':
      swapColumns(corrected.slice(from, to), diagnosis.fields)
      break
    case 'wrong-heading':
      moveColumn(
        corrected.slice(from, to),
        side === 0 ? diagnosis.fields : diagnosis.fields.toReversed(),
      )
      break
    case 'day-month-swapped':
      swapDates(corrected.slice(from, to), diagnosis.fields)
      break
    case 'wrong-image':
      throw new Error('a page keyed from another image can only be keyed again')
  }
  return corrected.filter((record) => Object.values(record).some((reading) => reading !== null))
}

function moveRows(
  form: FormDefinition,
  records: Cells[],
  { fields }: Diagnosis,
  from: number,
  to: number,
  move: number,
): void {
  const moved = records.slice(from, to)
  for (const name of fields) {
    const readings = moved.map((record) => record[name] ?? null)
    if (readings.every((reading) => reading === null)) continue
    for (const record of moved) record[name] = null
    for (const [at, reading] of readings.entries()) {
      const target = from + at + move
      if (target < 0) continue
      while (records.length <= target) records.push(emptyRecord(form))
      const record = records[target]
      if (record !== undefined) record[name] = reading
    }
  }
}

function emptyRecord(form: FormDefinition): Cells {
  return Object.fromEntries(form.fields.map(({ name }) => [name, null]))
}

function swapColumns(records: readonly Cells[], [x = '', y = '']: readonly string[]): void {
  for (const record of records) {
    const [first = null, second = null] = [record[x], record[y]]
    record[x] = second
    record[y] = first
  }
}

/** From one heading to the other, where that is blank; then this one was. */
function moveColumn(records: readonly Cells[], [from = '', to = '']: readonly string[]): void {
  for (const record of records) {
    const [reading, target] = [record[from] ?? null, record[to] ?? null]
    if (reading === null || markOf(reading) === 'blank') continue
    if (target !== null && markOf(target) !== 'blank') continue
    record[to] = reading
    record[from] = target
  }
}

function swapDates(records: readonly Cells[], fields: readonly string[]): void {
  for (const record of records) {
    for (const name of fields) {
      const reading = record[name] ?? null
      const swapped = reading && swapDayAndMonth(reading.value)
      if (reading === null || swapped === null || !isPossibleDate(swapped)) continue
      record[name] = { ...reading, value: swapped }
    }
  }
}
