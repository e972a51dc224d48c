/**
 * How the two readings of a settled page count for their typists. Pure. Rules: docs/spec/accuracy.md.
 */
import { isDitto, isWrong, standsFor } from '@songnhap/comparators'
import type { FieldDefinition, FormDefinition, Reading, SettledValue } from '@songnhap/contracts'
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
  for (const [index, { record, values }] of settled.entries()) {
    const above = settled[index - 1]?.record === record - 1 ? settled[index - 1]?.values : undefined
    const readings = typed[record - 1]
    if (readings === undefined || readings === null) continue
    records += 1
    for (const field of form.fields) {
      const reading = readings[field.name]
      const value = values[field.name]
      if (reading === undefined || value === undefined) continue
      if (isGuess(reading, value)) unjudged.push(field.name)
      else if (value.rule !== 'ruling-both' && isError(form, field, reading, values, above)) {
        wrong.push(field.name)
      }
    }
  }
  const leftOut = settled.length - records
  const madeUp = typed.filter((record) => record !== null).length - records
  return { records, rowErrors: leftOut + madeUp, wrong, unjudged }
}

/** A ditto mark says: as above. It is right where what is above, as settled, is what is settled here. */
function isError(
  form: FormDefinition,
  field: FieldDefinition,
  reading: Reading,
  values: SettledRecordValues['values'],
  above: SettledRecordValues['values'] = {},
): boolean {
  const settled = values[field.name]
  if (settled === undefined || !isWrong(field, reading, settled)) return false
  if (!isDitto(field, reading)) return true
  const meant = standsFor(form, field, { ...values, [field.name]: reading }, above)
  return meant === null || isWrong(field, meant, settled)
}

function isGuess(reading: Reading, settled: SettledValue): boolean {
  return settled.how === 'ruled' && settled.mark === 'illegible' && reading.mark !== 'illegible'
}
