import type { OutcomeClass } from '@songnhap/contracts'

/** Raised with every change of what these rules answer; stored outcomes keep the version they had. */
export const RULE_VERSION = '1'

/** How two readings relate, by which rule, and why. */
export interface Outcome {
  readonly class: OutcomeClass
  /** Stable: stored, exported, and explained in docs/spec/comparison.md. */
  readonly rule: string
  /** In words for people; contains no value. */
  readonly reason: string
}

const ASKS_ARBITER: Record<OutcomeClass, boolean> = {
  identical: false,
  formatting: false,
  different: true,
  'row-missing': true,
}

export function needsArbiter(outcome: Outcome): boolean {
  return ASKS_ARBITER[outcome.class]
}
