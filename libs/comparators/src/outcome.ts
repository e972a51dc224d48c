import type { OutcomeClass } from '@songnhap/contracts'
import { REASONS, type Rule } from './reasons.ts'

/** Raised with every change of what these rules answer; stored outcomes keep the version they had. */
export const RULE_VERSION = '2'

/** How two readings relate, by which rule, and why. */
export interface Outcome {
  readonly class: OutcomeClass
  /** Stable: stored, exported, and explained in docs/spec/comparison.md. */
  readonly rule: string
  readonly ruleVersion: string
  /** In words for people; contains no value. */
  readonly reason: string
  /** From 0, the same content, to 1. Sorts and explains; nothing is accepted by it. */
  readonly distance: number
  /** Codes of what differs or is odd, as `month` or `impossible-date`; contains no value. */
  readonly detail: readonly string[]
}

export function outcomeOf(
  outcomeClass: OutcomeClass,
  rule: Rule,
  distance: number,
  detail: readonly string[] = [],
): Outcome {
  const reason = REASONS[rule]
  return { class: outcomeClass, rule, ruleVersion: RULE_VERSION, reason, distance, detail }
}

const ASKS_ARBITER: Record<OutcomeClass, boolean> = {
  identical: false,
  equivalent: false,
  'both-blank': false,
  variant: true,
  different: true,
  'value-against-mark': true,
  'mark-against-mark': true,
  'row-missing': true,
  formatting: false,
}

export function needsArbiter(outcome: Pick<Outcome, 'class'>): boolean {
  return ASKS_ARBITER[outcome.class]
}
