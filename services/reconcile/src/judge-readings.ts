/**
 * How the readings of a settled page count for their typists. Pure. Rules: docs/spec/accuracy.md.
 */
import { isDitto, isWrong, standsFor } from '@songnhap/comparators'
import type { FieldDefinition, FormDefinition, Reading, SettledValue } from '@songnhap/contracts'
import type { Compared, SettledRecordValues } from './compared.ts'
import type { PageSide } from './page-side.ts'
import { valuesAbove } from './settle-dittos.ts'

export interface Judgement {
  readonly typist: string
  /** Settled records that this typist read: each judges every field that two people key. */
  readonly records: number
  /** Records left out, records that are not there, and slips: each counts once, not once a field. */
  readonly rowErrors: number
  readonly wrong: readonly string[]
  /** Fields not judged after all: settled as illegible, and the typist had guessed; or not read. */
  readonly unjudged: readonly string[]
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
      return row === null ? [] : [{ row, values, above }]
    })
    const slips = round.corrections.filter((one) => one.side === index && one.turn === side.turn)
    return judgeSide(form, side, rows, slips.length)
  })
}

interface JudgedRow {
  readonly row: number
  readonly values: SettledRecordValues['values']
  readonly above: SettledRecordValues['values'] | null
}

function judgeSide(
  form: FormDefinition,
  { typist, own, rows, added }: PageSide,
  judged: readonly JudgedRow[],
  slips: number,
): Judgement[] {
  const ownRows = judged.filter(({ row }) => row < own)
  const leftOut = judged.length - ownRows.length
  const madeUp = own - ownRows.length
  const others = Map.groupBy(
    judged.filter(({ row }) => row >= own),
    ({ row }) => added[row - own]?.typist ?? typist,
  )
  return [
    { typist, rowErrors: leftOut + madeUp + slips, ...judgeRows(form, rows, ownRows) },
    ...[...others].map(([typist, theirs]) => {
      return { typist, rowErrors: 0, ...judgeRows(form, rows, theirs) }
    }),
  ]
}

function judgeRows(
  form: FormDefinition,
  records: PageSide['rows'],
  judged: readonly JudgedRow[],
): Pick<Judgement, 'records' | 'wrong' | 'unjudged'> {
  const wrong: string[] = []
  const unjudged: string[] = []
  const fields = form.fields.filter(({ entry }) => entry !== 'single')
  for (const { row, values, above } of judged) {
    for (const field of fields) {
      const reading = records[row]?.[field.name] ?? null
      const value = values[field.name]
      if (value === undefined) continue
      if (reading === null || isGuess(reading, value)) unjudged.push(field.name)
      else if (value.rule !== 'ruling-both' && isError(form, field, reading, values, above)) {
        wrong.push(field.name)
      }
    }
  }
  return { records: judged.length, wrong, unjudged }
}

/** A ditto mark says: as above. It is right where what is above, as settled, is what is settled here. */
export function isError(
  form: FormDefinition,
  field: FieldDefinition,
  reading: Reading,
  values: SettledRecordValues['values'],
  above: SettledRecordValues['values'] | null,
): boolean {
  const settled = values[field.name]
  if (settled === undefined || !isWrong(field, reading, settled)) return false
  if (!isDitto(field, reading)) return true
  const meant = standsFor(form, field, { ...values, [field.name]: reading }, above)
  return meant === null || isWrong(field, meant, settled)
}

export function isGuess(reading: Reading, settled: SettledValue): boolean {
  return settled.how === 'ruled' && settled.mark === 'illegible' && reading.mark !== 'illegible'
}
