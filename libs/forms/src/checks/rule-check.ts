import type { Contents } from '@songnhap/comparators'
import type { FormDefinition } from '@songnhap/contracts'

/**
 * Whether a list of units has a place of that name on some day from the first to the last (ISO
 * 8601); undefined where it cannot tell.
 */
export type UnitLookup = (place: string, first: string, last: string) => boolean | undefined

/** A record as a rule looks at it: a ditto mark is what it stands for, where that is known. */
export interface RecordOfPage {
  /** With its lists written out. */
  readonly form: FormDefinition
  readonly record: Contents
  /** Those before it in the entry, in the order of the page. */
  readonly before: readonly Contents[]
  /** The one right above it on the page, if it is in the entry. */
  readonly above: Contents | undefined
  readonly units: UnitLookup | undefined
}

/** What a rule says of a record that breaks it: which fields, and codes of what is odd. No value. */
interface Broken {
  readonly fields: readonly string[]
  readonly detail?: readonly string[]
}

/** One rule. Says nothing where it cannot be told: registers are incomplete. */
export interface RuleCheck<Rule> {
  /** A method, so that all rules fit into one table. */
  find(rule: Rule, at: RecordOfPage): Broken | undefined
}
