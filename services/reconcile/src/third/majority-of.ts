import {
  compareReadings,
  type Difference,
  isDitto,
  needsArbiter,
  settledForm,
} from '@songnhap/comparators'
import type { FieldDefinition, Mark, Reading, SettledValue } from '@songnhap/contracts'

/** Two who cannot read something do not outvote one who can. */
const UNREAD: ReadonlySet<Mark | undefined> = new Set(['illegible', 'partly-legible', 'torn'])

/**
 * What two of three people read in a field on which the first two differ, by the rules of the form; a ditto
 * mark counts as what it stands for. Null: there is no such two, and an arbiter decides. Pure.
 */
export function majorityOf(
  field: FieldDefinition,
  readings: readonly [Reading, Reading],
  meant: Difference['meant'],
  third: Reading,
): Pick<SettledValue, 'value' | 'mark'> | null {
  if (UNREAD.has(third.mark)) return null
  // What the third one's own ditto mark stands for is not settled yet: it can only be one like another.
  const stand = isDitto(field, third) ? readings : (meant ?? readings)
  const alike = stand
    .map((content) => ({ content, outcome: compareReadings(field, content, third) }))
    .filter(({ outcome }) => !needsArbiter(field, outcome))
  const [one] = alike
  if (one === undefined || alike.length > 1) return null
  return settledForm(field, one.content, third, one.outcome)
}
