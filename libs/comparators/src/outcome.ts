import type { FieldDefinition, OutcomeClass } from '@songnhap/contracts'
import { REASONS, type Rule } from './reasons.ts'

/** Raised with every change of what these rules answer; stored outcomes keep the version they had. */
export const RULE_VERSION = '3'

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

/** What is settled without a person where the form says nothing else. */
const ACCEPTED: NonNullable<FieldPolicy['accept']> = ['equivalent', 'both-blank']

type FieldPolicy = NonNullable<FieldDefinition['comparison']>

/** Null where the question is whether the record is there at all, which no form decides. */
export type AskedField = Pick<FieldDefinition, 'comparison'> | null

/** Whether a person decides: what the field's form does not accept. The same as written always is. */
export function needsArbiter(field: AskedField, outcome: Pick<Outcome, 'class'>): boolean {
  const accepted = field?.comparison?.accept ?? ACCEPTED
  switch (outcome.class) {
    case 'identical':
      return false
    case 'equivalent':
    case 'formatting':
      return !accepted.includes('equivalent')
    case 'both-blank':
    case 'variant':
      return !accepted.includes(outcome.class)
    default:
      return true
  }
}
