import type { Contents } from '@songnhap/comparators'
import type { FormDefinition } from '@songnhap/contracts'
import type { FieldFinding } from './check-fields.ts'
import { presenceIn } from './read-field.ts'
import { numberIn } from './read-number.ts'

const CENTS = 100

/**
 * Whether the records of a whole page add up to what stands at its foot. Nothing is said where a part
 * or the total cannot be read; an empty field adds nothing.
 */
export function checkTotals(form: FormDefinition, records: readonly Contents[]): FieldFinding[] {
  const last = records.at(-1)
  if (last === undefined) return []
  return (form.controlTotals ?? []).flatMap(({ of, total, message }, index): FieldFinding[] => {
    const [sum, foot] = [sumOf(form, records, of), numberIn(form, last, total)]
    if (sum === undefined || foot === undefined || sum === Math.round(foot * CENTS)) return []
    const fields = of === undefined ? [total] : [of, total]
    // With a colon, which no name of a check has.
    const check = `control-total:${index + 1}`
    return [{ record: records.length, check, severity: 'warning', message, fields, detail: [] }]
  })
}

/** In hundredths, so that sums are exact. */
function sumOf(
  form: FormDefinition,
  records: readonly Contents[],
  of: string | undefined,
): number | undefined {
  if (of === undefined) return records.length * CENTS
  const parts = records.map((record) => partOf(form, record, of))
  return parts.reduce(
    (sum, part) => (sum === undefined || part === undefined ? undefined : sum + part),
    0,
  )
}

function partOf(form: FormDefinition, record: Contents, of: string): number | undefined {
  if (presenceIn(record, of) === 'nothing') return 0
  const number = numberIn(form, record, of)
  return number === undefined ? undefined : Math.round(number * CENTS)
}
