/**
 * How the readings of a settled page count for their typists. Pure. Rules: docs/spec/accuracy.md.
 */
import { type Content, compareReadings, isDitto, isWrong, standsFor } from '@songnhap/comparators'
import type { FieldDefinition, FormDefinition, Reading, SettledValue } from '@songnhap/contracts'
import type { Compared, SettledRecordValues } from '../compared.ts'
import type { PageSide } from '../page-side.ts'
import { valuesAbove } from '../settle-dittos.ts'
import { BOTH_ACCEPTABLE } from './both-acceptable.ts'

export interface Judgement {
  readonly typist: string
  readonly pass: 1 | 2
  /** Settled records that this typist read: each judges every field that two people key. */
  readonly records: number
  /** Records left out, records that are not there, and slips: each counts once, not once a field. */
  readonly leftOut: number
  readonly madeUp: number
  readonly slips: number
  readonly errors: readonly JudgedError[]
  /** Fields not judged after all: settled as illegible, and the typist had guessed; or not read. */
  readonly unjudged: readonly string[]
  /** Readings of these records; and the fields of those with a mark, and of those carried over. */
  readonly readings: number
  readonly marks: readonly string[]
  readonly carried: readonly string[]
}

export interface JudgedError {
  readonly record: number
  /** Where the reading stands among the rows of its side. */
  readonly row: number
  readonly field: FieldDefinition
  readonly reading: Reading
  readonly settled: SettledValue
  /** Of content and not of spelling, in a field of a critical class. */
  readonly isMajor: boolean
}

/** Of both passes' typists, and of whoever keyed what they left out. */
export function judgeReadings(
  { form, sides, round }: Compared,
  settled: readonly SettledRecordValues[],
): Judgement[] {
  return sides.flatMap((side, index) => {
    const rows = settled.flatMap(({ record, values }, at) => {
      const row = round.pairs[record - 1]?.[index === 0 ? 0 : 1] ?? null
      const above = valuesAbove(form, record, settled[at - 1])
      return row === null ? [] : [{ record, row, values, above }]
    })
    const slips = round.corrections.filter((one) => one.side === index && one.turn === side.turn)
    const pass = index === 0 ? 1 : 2
    return judgeSide(form, side, rows, slips.length).map((judgement) => ({ ...judgement, pass }))
  })
}

interface JudgedRow {
  readonly record: number
  readonly row: number
  readonly values: SettledRecordValues['values']
  readonly above: SettledRecordValues['values'] | null
}

function judgeSide(
  form: FormDefinition,
  { typist, own, rows, added }: PageSide,
  judged: readonly JudgedRow[],
  slips: number,
): Omit<Judgement, 'pass'>[] {
  const ownRows = judged.filter(({ row }) => row < own)
  const others = Map.groupBy(
    judged.filter(({ row }) => row >= own),
    ({ row }) => added[row - own]?.typist ?? typist,
  )
  const rowErrors = {
    leftOut: judged.length - ownRows.length,
    madeUp: own - ownRows.length,
    slips,
  }
  return [
    { typist, ...rowErrors, ...judgeRows(form, rows, ownRows) },
    ...[...others].map(([typist, theirs]) => {
      return { typist, leftOut: 0, madeUp: 0, slips: 0, ...judgeRows(form, rows, theirs) }
    }),
  ]
}

function judgeRows(
  form: FormDefinition,
  rows: PageSide['rows'],
  judged: readonly JudgedRow[],
): Pick<Judgement, 'records' | 'errors' | 'unjudged' | 'readings' | 'marks' | 'carried'> {
  const [errors, unjudged]: [JudgedError[], string[]] = [[], []]
  const readings: [string, Reading][] = []
  const fields = form.fields.filter(({ entry }) => entry !== 'single')
  for (const { record, row, values, above } of judged) {
    for (const field of fields) {
      const reading = rows[row]?.[field.name] ?? null
      const settled = values[field.name]
      if (reading !== null) readings.push([field.name, reading])
      if (settled === undefined) continue
      if (reading === null || isGuess(reading, settled)) unjudged.push(field.name)
      else if (!BOTH_ACCEPTABLE.has(settled.rule)) {
        const found = errorIn(form, field, reading, values, above)
        if (found !== null) errors.push({ record, row, field, reading, settled, ...found })
      }
    }
  }
  const namesOf = (holds: (reading: Reading) => boolean) =>
    readings.filter(([, reading]) => holds(reading)).map(([name]) => name)
  return {
    records: judged.length,
    errors,
    unjudged,
    readings: readings.length,
    marks: namesOf(({ mark }) => mark !== undefined),
    carried: namesOf(({ origin }) => origin === 'carried'),
  }
}

/** A ditto mark says: as above. It is right where what is above, as settled, is what is settled here. */
export function errorIn(
  form: FormDefinition,
  field: FieldDefinition,
  reading: Reading,
  values: SettledRecordValues['values'],
  above: SettledRecordValues['values'] | null,
): Pick<JudgedError, 'isMajor'> | null {
  const settled = values[field.name]
  if (settled === undefined || !isWrong(field, reading, settled)) return null
  if (!isDitto(field, reading)) return { isMajor: isMajor(field, reading, settled) }
  const meant = standsFor(form, field, { ...values, [field.name]: reading }, above)
  if (meant !== null && !isWrong(field, meant, settled)) return null
  return { isMajor: isMajor(field, meant ?? reading, settled) }
}

function isMajor(field: FieldDefinition, reading: Content, settled: SettledValue): boolean {
  const isCritical = (field.class ?? 'ordinary') !== 'ordinary'
  return isCritical && compareReadings(field, reading, settled).class !== 'variant'
}

export function isGuess(reading: Reading, settled: SettledValue): boolean {
  return settled.how === 'ruled' && settled.mark === 'illegible' && reading.mark !== 'illegible'
}
