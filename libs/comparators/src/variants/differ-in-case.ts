import type { Likeness } from '../kind-rules.ts'
import { lowerCase } from '../text/change-case.ts'

export const DIFFER_IN_CASE: Likeness = {
  rule: 'case-differs',
  holds: (a, b) => lowerCase(a) === lowerCase(b),
}
