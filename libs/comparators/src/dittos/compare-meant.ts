import type { FieldDefinition } from '@songnhap/contracts'
import { type Content, compareReadings, SAME_CONTENT } from '../compare-readings.ts'
import { type Outcome, outcomeOf } from '../outcome.ts'
import { hasOwnMeaning, isDitto } from './is-ditto.ts'

type Two = readonly [Content, Content]

export interface MeantOutcome {
  readonly outcome: Outcome
  /** What the two readings stand for, where one of them is a ditto mark that refers to something. */
  readonly meant?: Two
}

const DITTO_RESOLVED = outcomeOf('equivalent', 'ditto-resolved', 0)
const DITTO: Content = { value: '', mark: 'ditto' }

/** Compares two readings by what they stand for, once ditto marks are followed. */
export function compareMeant(field: FieldDefinition, typed: Two, resolved: Two): MeantOutcome {
  const [a, b] = typed
  const as = compareReadings(field, a, b)
  if (field.dittoFrom === undefined || as.class === 'identical') return { outcome: as }
  const dittos = typed.map((content) => isDitto(field, content))
  if (!dittos.includes(true)) return { outcome: as }
  // Both saw a ditto mark here: where they differ in what it repeats, they differ above, and only there.
  if (!dittos.includes(false) && !typed.some(hasOwnMeaning)) {
    return { outcome: DITTO_RESOLVED, meant: [DITTO, DITTO] }
  }
  if (resolved.some((content) => isDitto(field, content))) return { outcome: as }
  const outcome = compareReadings(field, ...resolved)
  return { outcome: SAME_CONTENT.has(outcome.class) ? DITTO_RESOLVED : outcome, meant: resolved }
}
