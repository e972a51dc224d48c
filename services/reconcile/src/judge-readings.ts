/**
 * How the two readings of a settled page count for their typists. Pure. Rules: docs/spec/accuracy.md.
 */
import { isWrong } from '@songnhap/comparators'
import type { FormDefinition, Reading, SettledValue } from '@songnhap/contracts'
import type { PairedRecords, SettledRecordValues } from './settle-page.ts'

export interface Judgement {
  /** Settled records that this typist read: each judges every field of the form. */
  readonly records: number
  /** Records left out, and records that are not there: each counts once, not once a field. */
  readonly rowErrors: number
  readonly wrong: readonly string[]
  /** Fields not judged after all: settled as illegible, and the typist had guessed. */
  readonly unjudged: readonly string[]
}

export function judgeReadings(
  form: FormDefinition,
  typed: PairedRecords,
  settled: readonly SettledRecordValues[],
): Judgement {
  const wrong: string[] = []
  const unjudged: string[] = []
  let records = 0
  for (const { record, values } of settled) {
    const readings = typed[record - 1]
    if (readings === undefined || readings === null) continue
    records += 1
    for (const field of form.fields) {
      const reading = readings[field.name]
      const value = values[field.name]
      if (reading === undefined || value === undefined) continue
      if (isGuess(reading, value)) unjudged.push(field.name)
      else if (value.rule !== 'ruling-both' && isWrong(field, reading, value))
        wrong.push(field.name)
    }
  }
  const leftOut = settled.length - records
  const madeUp = typed.filter((record) => record !== null).length - records
  return { records, rowErrors: leftOut + madeUp, wrong, unjudged }
}

function isGuess(reading: Reading, settled: SettledValue): boolean {
  return settled.how === 'ruled' && settled.mark === 'illegible' && reading.mark !== 'illegible'
}
