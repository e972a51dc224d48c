/** One drawn field: what was settled, what the audit read, and what a panel says of it. Pure. */
import { type Content, compareReadings, isWrong } from '@songnhap/comparators'
import type { FieldDefinition, Question, Reading, Ruling } from '@songnhap/contracts'
import { swapVerdict } from '../swap.ts'

/** 1 and 2: two arbiters, each blind to the other. 3: a supervisor, where they disagree. */
export type Seat = 1 | 2 | 3

export interface AuditItem {
  readonly itemId: string
  readonly record: number
  readonly field: FieldDefinition
  readonly settled: Content
  /** What the third person read, a ditto mark as what it stands for. */
  readonly audited: Content
  /** True: the audit's reading is shown first. */
  readonly swapped: boolean
  readonly rulings: readonly (Pick<Ruling, 'verdict' | 'value' | 'note'> & {
    readonly seat: Seat
  })[]
}

export type Decision =
  | { readonly is: 'open' }
  /** Both arbiters have ruled, and not alike. */
  | { readonly is: 'disputed' }
  | { readonly is: 'stands' }
  | { readonly is: 'wrong'; readonly content: Content }

/** The second seat sees the other order: who always takes what is shown first disagrees with nobody else. */
export function isSwapped({ swapped }: Pick<AuditItem, 'swapped'>, seat: Seat): boolean {
  return swapped !== (seat === 2)
}

/** As an arbiter sees it: like any other field on which two readings differ. */
export function questionOf(item: AuditItem, seat: Seat): Question {
  const { itemId, record, field, settled, audited, rulings } = item
  const shown: [Content, Content] = isSwapped(item, seat) ? [audited, settled] : [settled, audited]
  const { class: found, reason, rule } = compareReadings(field, ...shown)
  const notes = seat === 3 ? rulings.flatMap(({ note }) => note ?? []) : []
  return {
    questionId: itemId,
    kind: 'field',
    record,
    field: field.name,
    class: found,
    reason,
    rule,
    readings: [readingOf(shown[0]), readingOf(shown[1])],
    present: [true, true],
    ...(notes[0] === undefined ? {} : { note: notes[0] }),
  }
}

function readingOf({ value, mark }: Content): Reading {
  return { value, origin: 'typed', ...(mark === undefined ? {} : { mark }) }
}

/** What the rulings so far come to. Two that say the same of what stands there decide; else a supervisor does. */
export function decideItem(item: AuditItem): Decision {
  const of = (seat: Seat) => item.rulings.find((ruling) => ruling.seat === seat)
  const [first, second, third] = [of(1), of(2), of(3)]
  if (third !== undefined) return judge(item, contentOf(item, third))
  if (first === undefined || second === undefined) return { is: 'open' }
  const [one, other] = [contentOf(item, first), contentOf(item, second)]
  const disagree = one === null || other === null || isWrong(item.field, one, other)
  return disagree ? { is: 'disputed' } : judge(item, one)
}

/** A settled value that a panel cannot confirm, as nobody can read what stands there, is wrong too. */
function judge({ field, settled }: AuditItem, content: Content | null): Decision {
  if (content === null) return { is: 'disputed' }
  return isWrong(field, settled, content) ? { is: 'wrong', content } : { is: 'stands' }
}

/** What stands on the paper, as a ruling says. Null: its arbiter passed it on. */
function contentOf(item: AuditItem, { seat, verdict, value }: AuditItem['rulings'][number]) {
  switch (isSwapped(item, seat) ? swapVerdict(verdict) : verdict) {
    case 'first':
    // Both are acceptable, and so is what was settled.
    case 'both':
      return item.settled
    case 'second':
      return item.audited
    case 'illegible':
      return { value: '', mark: 'illegible' } as const
    case 'other':
      return value ?? null
    default:
      return null
  }
}
