import Type, { type Static } from 'typebox'
import { closed } from './primitives.ts'
import { RECORDS_MAX } from './reading.ts'

const DAY_MS = 86_400_000
const KEYS_MAX = 1_000_000
const Keys = Type.Integer({ minimum: 0, maximum: KEYS_MAX })

/** What an entry cost the hands, as the desk counted it: never what was typed. */
export const Effort = closed({
  /** From the page's opening, or the record before, to each record's end, in milliseconds. */
  gapsMs: Type.Array(Type.Integer({ minimum: 0, maximum: DAY_MS }), { maxItems: RECORDS_MAX }),
  /** Keys pressed, those that erase among them. */
  keys: Keys,
  erased: Keys,
})
export type Effort = Static<typeof Effort>
