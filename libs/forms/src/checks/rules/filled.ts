import { presenceIn } from '../read-field.ts'
import type { RuleOf } from '../rule-of.ts'

/** What cannot be read is there all the same. */
export const FILLED: RuleOf<'filled'> = {
  find: ({ fields }, { record }) =>
    fields.every((field) => presenceIn(record, field) === 'nothing') ? { fields } : undefined,
}
