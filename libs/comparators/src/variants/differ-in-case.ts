import type { Likeness } from '../kind-rules.ts'
import { lowerCase } from '../text/change-case.ts'
import { whereLettersDiffer } from '../text/latin-units.ts'

export const DIFFER_IN_CASE: Likeness = {
  rule: 'case-differs',
  holds: (a, b) => whereLettersDiffer(a, b) === -1 && lowerCase(a) === lowerCase(b),
}
