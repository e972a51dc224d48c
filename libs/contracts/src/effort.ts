import Type, { type Static } from 'typebox'
import { closed } from './primitives.ts'
import { FieldName, RECORDS_MAX } from './reading.ts'

const DAY_MS = 86_400_000
const KEYS_MAX = 1_000_000
const Keys = Type.Integer({ minimum: 0, maximum: KEYS_MAX })

/** Of one field in all records of the page. */
const FieldEffort = closed({
  /** Time at work in it, without breaks. */
  ms: Type.Integer({ minimum: 0, maximum: DAY_MS }),
  /** Letters that came, letters that went, and texts that came as a whole. */
  inserted: Keys,
  deleted: Keys,
  pastes: Keys,
})

/** What an entry cost the hands, as the desk counted it: never what was typed. */
export const Effort = closed({
  /** From the page's opening, or the record before, to each record's end, in milliseconds. */
  gapsMs: Type.Array(Type.Integer({ minimum: 0, maximum: DAY_MS }), { maxItems: RECORDS_MAX }),
  /** Keys pressed, those that erase among them. */
  keys: Keys,
  erased: Keys,
  fields: Type.Optional(Type.Record(FieldName, FieldEffort, { additionalProperties: false })),
  /**
   * Of readings long enough to tell (six letters), those pasted with hardly a key, and those typed quicker than hands
   * can. Input methods do such things too: it says something only beside the same person's other pages.
   */
  hands: Type.Optional(closed({ long: Keys, pasted: Keys, hurried: Keys })),
})
export type Effort = Static<typeof Effort>
