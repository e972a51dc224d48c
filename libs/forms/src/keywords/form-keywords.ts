import { CONDITION_POSSIBLE } from './condition-possible.ts'
import { DITTO_POSSIBLE } from './ditto-possible.ts'
import { CORE_IF_CRITICAL, ONLY_FOR_KINDS, OPTIONS_OR_LIST, SOME_CORE } from './field-kinds.ts'
import type { FormKeyword } from './form-keyword.ts'
import { ONLY_FOR_MANY_RECORDS, ONLY_IN_ORDER } from './many-records.ts'
import { BOUNDS, INSIDE_IMAGE, SOME_OF } from './numbers.ts'
import { OPTION_TEXTS, OPTIONS_FIT } from './option-texts.ts'
import { DIFFER, NAMES_FIELD, NAMES_LAYOUT, NAMES_LIST, SAME_KIND } from './references.ts'
import { TOTAL_LIKE_SUM } from './total-like-sum.ts'
import { UNIQUE_BY } from './unique-by.ts'

/** Every keyword that the JSON Schema of forms has beside the usual ones (docs/spec/forms.md). */
export const FORM_KEYWORDS: readonly FormKeyword<unknown>[] = [
  UNIQUE_BY,
  NAMES_FIELD,
  NAMES_LAYOUT,
  NAMES_LIST,
  DIFFER,
  SAME_KIND,
  ONLY_FOR_KINDS,
  OPTIONS_OR_LIST,
  OPTION_TEXTS,
  OPTIONS_FIT,
  CORE_IF_CRITICAL,
  SOME_CORE,
  DITTO_POSSIBLE,
  ONLY_FOR_MANY_RECORDS,
  ONLY_IN_ORDER,
  INSIDE_IMAGE,
  BOUNDS,
  SOME_OF,
  TOTAL_LIKE_SUM,
  CONDITION_POSSIBLE,
]
