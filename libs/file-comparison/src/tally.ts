import { needsArbiter, type Outcome } from '@songnhap/comparators'
import type { FieldDefinition, OutcomeClass } from '@songnhap/contracts'
import type { FieldCounts, RuleCount } from './comparison-result.ts'

type Count = Exclude<keyof FieldCounts, 'pairs' | 'accepted'>

const COUNTED_AS: Record<OutcomeClass, Count> = {
  identical: 'identical',
  equivalent: 'equivalent',
  formatting: 'equivalent',
  'both-blank': 'equivalent',
  variant: 'variant',
  different: 'different',
  'value-against-mark': 'marks',
  'mark-against-mark': 'marks',
  'row-missing': 'different',
}

const NOTHING: FieldCounts = {
  pairs: 0,
  identical: 0,
  equivalent: 0,
  variant: 0,
  different: 0,
  marks: 0,
  accepted: 0,
}

/** Counts how pairs came out, by field and by rule. */
export class Tally {
  readonly #fields = new Map<string, { -readonly [K in keyof FieldCounts]: number }>()
  readonly #rules = new Map<string, RuleCount & { pairs: number }>()

  constructor(fields: readonly FieldDefinition[] = []) {
    for (const { name } of fields) this.#countsOf(name)
  }

  /** `same`: the two have the same characters, an empty field beside an empty one included. */
  add(field: FieldDefinition, outcome: Outcome, same: boolean): void {
    const counts = this.#countsOf(field.name)
    counts.pairs += 1
    counts[same ? 'identical' : COUNTED_AS[outcome.class]] += 1
    const accepted = !needsArbiter(field, outcome)
    if (accepted) counts.accepted += 1
    const key = accepted ? outcome.rule : `${outcome.rule} asked`
    const found = this.#rules.get(key)
    if (found !== undefined) found.pairs += 1
    else {
      const { rule, class: outcomeClass, reason } = outcome
      this.#rules.set(key, { rule, outcome: outcomeClass, reason, accepted, pairs: 1 })
    }
  }

  fields(): Record<string, FieldCounts> {
    return Object.fromEntries([...this.#fields].map(([name, counts]) => [name, { ...counts }]))
  }

  rules(): RuleCount[] {
    return [...this.#rules.values()].toSorted((a, b) => b.pairs - a.pairs)
  }

  #countsOf(name: string) {
    const known = this.#fields.get(name)
    if (known !== undefined) return known
    const counts = { ...NOTHING }
    this.#fields.set(name, counts)
    return counts
  }
}

/** The shares of pairs with the same characters, and that the rules accept without a person. */
export function agreementOf({ pairs, identical, accepted }: FieldCounts) {
  if (pairs === 0) return { asTyped: null, byRules: null }
  return { asTyped: identical / pairs, byRules: accepted / pairs }
}
