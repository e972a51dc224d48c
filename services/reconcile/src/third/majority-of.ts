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

/** What two of three read, and which of the first two is one of them. */
export interface Majority {
  readonly side: 0 | 1
  readonly content: Pick<SettledValue, 'value' | 'mark'>
}

/**
 * What two of three people read in a field on which the first two differ, by the rules of the form; a ditto
 * mark counts as what it stands for. Null: there is no such two, and an arbiter decides. Pure.
 */
export function majorityOf(
  field: FieldDefinition,
  readings: readonly [Reading, Reading],
  meant: Difference['meant'],
  third: Reading,
): Majority | null {
  if (UNREAD.has(third.mark)) return null
  // What the third one's own ditto mark stands for is not settled yet: it can only be one like another.
  const stand = isDitto(field, third) ? readings : (meant ?? readings)
  const alike = stand
    .map((content, at) => ({
      content,
      side: at === 0 ? (0 as const) : (1 as const),
      outcome: compareReadings(field, content, third),
    }))
    .filter(({ outcome }) => !needsArbiter(field, outcome))
  const [one] = alike
  if (one === undefined || alike.length > 1) return null
  return { side: one.side, content: settledForm(field, one.content, third, one.outcome) }
}
