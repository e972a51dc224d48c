import { isPossible } from '@songnhap/comparators'
import { dateIn } from '../read-field.ts'
import type { RuleOf } from '../rule-of.ts'

export const REAL_DATE: RuleOf<'real-date'> = {
  find: ({ field }, { record }) => {
    const date = dateIn(record, field)
    return date !== null && !isPossible(date)
      ? { fields: [field], detail: ['impossible-date'] }
      : undefined
  },
}
