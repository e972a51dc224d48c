import type { CheckRule } from '@songnhap/contracts'
import type { RuleOf } from './rule-of.ts'
import { ASCENDING } from './rules/ascending.ts'
import { BETWEEN } from './rules/between.ts'
import { DIFFER } from './rules/differ.ts'
import { EMPTY } from './rules/empty.ts'
import { FAMILY_NAME } from './rules/family-name.ts'
import { FILLED } from './rules/filled.ts'
import { IDENTITY_NUMBER } from './rules/identity-number.ts'
import { IN_ORDER } from './rules/in-order.ts'
import { REAL_DATE } from './rules/real-date.ts'
import { TIME_BETWEEN } from './rules/time-between.ts'
import { UNIQUE } from './rules/unique.ts'
import { UNIT_ON_DATE } from './rules/unit-on-date.ts'
import { WITHOUT_WORDS } from './rules/without-words.ts'
import { WORDS_EQUAL_DIGITS } from './rules/words-equal-digits.ts'
import { YEAR_OF_BOOK } from './rules/year-of-book.ts'

/** Total, so that a new rule does not compile until it is decided how it is checked. */
export const RULES_OF_CHECK: { readonly [Kind in CheckRule['kind']]: RuleOf<Kind> } = {
  'in-order': IN_ORDER,
  'time-between': TIME_BETWEEN,
  'real-date': REAL_DATE,
  'words-equal-digits': WORDS_EQUAL_DIGITS,
  'year-of-book': YEAR_OF_BOOK,
  'identity-number': IDENTITY_NUMBER,
  'family-name': FAMILY_NAME,
  'without-words': WITHOUT_WORDS,
  empty: EMPTY,
  filled: FILLED,
  between: BETWEEN,
  ascending: ASCENDING,
  unique: UNIQUE,
  differ: DIFFER,
  'unit-on-date': UNIT_ON_DATE,
}
