/** Who has fewer fields with others, or fewer others, has no rate to go by. */
const FIELDS_ELSEWHERE_MIN = 300
const PARTNERS_ELSEWHERE_MIN = 2

/** What is counted of two people over the pages that both keyed, and no audit's keying among them. */
export interface PairCounts {
  /** In whatever order, the same in `wrong`. */
  readonly members: readonly [string, string]
  readonly pages: number
  /** Compared: both have the record, and two people key the field. */
  readonly fields: number
  /** Of these, those that needed a person to decide. */
  readonly differing: number
  /** Sums over pages, of what a page has: differing², differing × fields, fields². */
  readonly squares: {
    readonly differing: number
    readonly crossed: number
    readonly fields: number
  }
  /** Found wrong of each. */
  readonly wrong: readonly [number, number]
  /** Found wrong of both; and of these, read the same. */
  readonly bothWrong: number
  readonly alike: number
  /** Fields that both read the same, and that were looked at a third time. */
  readonly audited: number
}

/** The same of one person with all partners together, in all campaigns that are looked at. */
export interface PersonTotals {
  readonly pages: number
  readonly fields: number
  readonly wrong: number
  readonly partners: number
}

/** How somebody does with others than this partner. */
export interface RateElsewhere {
  readonly wrong: number
  readonly fields: number
  readonly pages: number
  readonly partners: number
  readonly rate: number
  /** Whether that is enough to go by. */
  readonly enough: boolean
}

/**
 * Half an error more than was found, in one field more: nobody's rate is 0. What the pair has together, in
 * all campaigns, is left out, as copying makes that rate small.
 */
export function rateElsewhere(
  totals: PersonTotals,
  together: Omit<PersonTotals, 'partners'>,
): RateElsewhere {
  const wrong = totals.wrong - together.wrong
  const fields = totals.fields - together.fields
  const pages = totals.pages - together.pages
  const rate = Math.min(1, (wrong + 0.5) / (fields + 1))
  const partners = Math.max(0, totals.partners - 1)
  const enough = fields >= FIELDS_ELSEWHERE_MIN && partners >= PARTNERS_ELSEWHERE_MIN
  return { wrong, fields, pages, partners, rate, enough }
}
