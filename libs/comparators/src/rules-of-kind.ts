import type { FieldKind } from '@songnhap/contracts'
import type { KindRules } from './kind-rules.ts'
import { BOOK_NUMBER } from './kinds/book-number.ts'
import { BOOLEAN } from './kinds/boolean.ts'
import { CHOICE } from './kinds/choice.ts'
import { DATE } from './kinds/date.ts'
import { FREE_TEXT } from './kinds/free-text.ts'
import { IDENTITY_NUMBER } from './kinds/identity-number.ts'
import { INTEGER } from './kinds/integer.ts'
import { MONEY_AMOUNT } from './kinds/money.ts'
import { NUMBER } from './kinds/number.ts'
import { PERSON_NAME } from './kinds/person-name.ts'
import { PLACE } from './kinds/place.ts'
import { REGISTRATION_NUMBER } from './kinds/registration-number.ts'

/** Total, so that a new kind of field does not compile until it is decided how it compares. */
export const RULES_OF_KIND: Record<FieldKind, KindRules> = {
  text: FREE_TEXT,
  name: PERSON_NAME,
  place: PLACE,
  date: DATE,
  'registration-number': REGISTRATION_NUMBER,
  'book-number': BOOK_NUMBER,
  'identity-number': IDENTITY_NUMBER,
  integer: INTEGER,
  money: MONEY_AMOUNT,
  number: NUMBER,
  choice: CHOICE,
  boolean: BOOLEAN,
}
