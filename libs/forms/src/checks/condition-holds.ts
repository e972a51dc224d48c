import { standardForm } from '@songnhap/comparators'
import type { CheckCondition } from '@songnhap/contracts'
import { boundsOf, isoDay } from './date-bounds.ts'
import { dateIn, fieldOf, standardValue } from './read-field.ts'
import type { RecordOfPage } from './rule-check.ts'

/** Whether a check is for this record. Where that cannot be told, it is not. */
export function conditionHolds(
  condition: CheckCondition | undefined,
  { form, record }: RecordOfPage,
): boolean {
  if (condition === undefined) return true
  const { field } = condition
  if ('is' in condition) {
    const [value, definition] = [standardValue(form, record, field), fieldOf(form, field)]
    if (value === undefined || definition === undefined) return false
    return condition.is.some((wanted) => standardForm(definition, wanted) === value)
  }
  const bounds = boundsOf(dateIn(record, field))
  if (bounds === undefined) return false
  const from = 'from' in condition ? condition.from : ''
  const { before } = condition
  return isoDay(bounds.first) >= from && (before === undefined || isoDay(bounds.last) < before)
}
