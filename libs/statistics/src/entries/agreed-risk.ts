import { assertInside, assertWhole } from '../assert-arguments.ts'
import { COINCIDENCE_AT_START } from '../operators/correct-for-agreed-errors.ts'

/** What is known of a field on which two people agree, without its truth. */
export interface AgreedField {
  /** How often each errs in this field, as arbitration sees it; above 0 and below 1. */
  readonly errors: readonly [number, number]
  /** How often a second person repeats an error of the first one. */
  readonly coincidence?: number
  /** Fields of the page on which the two differ, and as many as their rates let expect. */
  readonly differences: number
  readonly expectedDifferences: number
  /** How many of the two marked something in the same record as hard to read: 0, 1 or 2. */
  readonly marked: number
  /** Whether a check of the form finds the value that both read odd. */
  readonly odd: boolean
}

/** How hard pages are: gamma about 1 with this shape, so that errors on a page scatter with a variance of 1 ÷ 2. */
const PAGE_SHAPE = 2
/** By so much the odds rise for each who could not read something of the record, and for an odd value. */
const MARKED_FACTOR = 3
const ODD_FACTOR = 5
/** Who errs more than this has not read the field. */
const ERROR_MAX = 0.5

/**
 * How probable it is that a value on which two people agree is wrong. Before the page is looked at the odds are
 * r : (1 − e_A)(1 − e_B), with the true rates e = o ÷ (1 − c), and r = c√(e_A·e_B), at most the smaller of the two.
 * Both slip on the same ink, so r goes with the square of how hard the page is: a gamma of shape k about 1, of which d
 * differences tell where E are expected, whose square is then (k + d)(k + d + 1) ÷ (k + E)² against (k + 1) ÷ k
 * beforehand. Marks and an odd value multiply the odds by fixed factors.
 *
 * Units: shares. Assumes that c is the same for all; k = 2 and the factors 3 and 5 are chosen and not measured: they
 * order what is asked, and how much oftener it is wrong than what is drawn shows what they are worth. Idea:
 * K. Kleinman, Controlled Clinical Trials 22 (2001), 2–12; c: M. Kawado et al. 2003.
 */
export function agreedRisk(field: AgreedField): number {
  const { errors, coincidence = COINCIDENCE_AT_START, marked, odd } = field
  for (const error of errors) assertInside('error', error)
  assertInside('coincidence', coincidence)
  assertWhole('marked', marked, 0)
  const [first, second] = errors.map((error) => Math.min(ERROR_MAX, error / (1 - coincidence)))
  if (first === undefined || second === undefined) throw new RangeError('two errors are needed')
  const both = Math.min(first, second, coincidence * Math.sqrt(first * second))
  const odds =
    (both / ((1 - first) * (1 - second))) *
    hardness(field) *
    MARKED_FACTOR ** Math.min(2, marked) *
    (odd ? ODD_FACTOR : 1)
  return odds / (1 + odds)
}

function hardness({
  differences,
  expectedDifferences,
}: Pick<AgreedField, 'differences' | 'expectedDifferences'>): number {
  assertWhole('differences', differences, 0)
  if (!(Number.isFinite(expectedDifferences) && expectedDifferences >= 0)) {
    throw new RangeError('expectedDifferences must be 0 or more')
  }
  const seen = PAGE_SHAPE + differences
  const square = (seen * (seen + 1)) / (PAGE_SHAPE + expectedDifferences) ** 2
  return square / ((PAGE_SHAPE + 1) / PAGE_SHAPE)
}
