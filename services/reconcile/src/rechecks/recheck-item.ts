/** A ruling that is asked once more: what it said, and what others say of the same question. Pure. */
import { type Content, isWrong } from '@songnhap/comparators'
import type { FieldDefinition, Ruling } from '@songnhap/contracts'
import type { StoredQuestion } from '../page-case.ts'
import { placeVerdict, type ShownOrder } from '../swap.ts'

/** 4: the second arbiter, who does not know of the first. 5: a supervisor, where the two differ. */
export type RecheckSeat = 4 | 5

export type RecheckReason = 'drawn' | 'appeal'

/** What somebody holds to stand on the paper. Both: neither reading is wrong. */
export interface Said {
  readonly content: Content
  readonly isBoth: boolean
}

export interface RecheckItem {
  readonly itemId: string
  readonly record: number
  readonly field: FieldDefinition
  /** As it was asked at first. */
  readonly question: StoredQuestion
  /** Null: no ruling, a majority is appealed against. */
  readonly rulingId: string | null
  /** Whose ruling it is. */
  readonly arbiterId: string | null
  readonly reason: RecheckReason
  /** For the second arbiter, and for the supervisor: true shows the second pass first. */
  readonly swapped: boolean
  readonly lastSwapped: boolean
  /** What the readings of the two passes stand for, and the third person's; null: not asked about. */
  readonly readings: readonly [Content, Content, Content | null]
  readonly ruled: Said
  readonly answers: readonly (Pick<Ruling, 'verdict' | 'note'> & {
    readonly seat: RecheckSeat
    readonly content?: Content
  })[]
}

export type RecheckDecision =
  | { readonly is: 'open' | 'disputed' }
  /** `disagreed`: whether the second arbiter said otherwise; null where he or she did not say. */
  | { readonly is: 'confirmed'; readonly disagreed: boolean | null }
  | { readonly is: 'overturned'; readonly disagreed: boolean | null; readonly said: Said }

/** How the readings are shown to this seat; a third one stands where it stood when it was asked first. */
export function orderFor(
  {
    swapped,
    lastSwapped,
    question: { thirdAt, agreed },
  }: Pick<RecheckItem, 'swapped' | 'lastSwapped' | 'question'>,
  seat: RecheckSeat,
): ShownOrder {
  return { swapped: seat === 4 ? swapped : lastSwapped, thirdAt, agreed }
}

/** The first ruling stands where the second says the same; otherwise what the last one says decides. */
export function decideRecheck(item: RecheckItem): RecheckDecision {
  const of = (seat: RecheckSeat) => item.answers.find((answer) => answer.seat === seat)
  const [second, last] = [of(4), of(5)]
  if (second === undefined) return { is: 'open' }
  const said = saidBy(item, second)
  const disagreed = said === null ? null : differ(item, said, item.ruled)
  if (disagreed === false) return { is: 'confirmed', disagreed }
  const final = last === undefined ? null : saidBy(item, last)
  if (final === null) return { is: 'disputed' }
  return differ(item, final, item.ruled)
    ? { is: 'overturned', disagreed, said: final }
    : { is: 'confirmed', disagreed }
}

/** By the rules of the form. That both are acceptable is another answer than one of them. */
function differ({ field }: RecheckItem, one: Said, other: Said): boolean {
  if (one.isBoth || other.isBoth) return one.isBoth !== other.isBoth
  return isWrong(field, one.content, other.content)
}

/** Null: it was passed on, or answered that other records belong together. */
function saidBy(item: RecheckItem, { seat, verdict, content }: RecheckItem['answers'][number]) {
  const [first, second, third] = item.readings
  const one = (content: Content): Said => ({ content, isBoth: false })
  switch (placeVerdict(verdict, orderFor(item, seat))) {
    case 'first':
      return one(first)
    case 'second':
      return one(second)
    case 'third':
      return third && one(third)
    case 'both':
      return { content: first, isBoth: true }
    case 'illegible':
      return one({ value: '', mark: 'illegible' })
    case 'other':
      return content === undefined ? null : one(content)
    default:
      return null
  }
}

/** Whether whoever read this is found to have read rightly, or to have had nothing to read. */
export function isCleared(
  { field }: Pick<RecheckItem, 'field'>,
  reading: Content,
  { content, isBoth }: Said,
): boolean {
  return isBoth || content.mark === 'illegible' || !isWrong(field, reading, content)
}

/** What is for this seat to rule on. */
export function itemsFor(items: readonly RecheckItem[], seat: RecheckSeat): RecheckItem[] {
  const wanted = seat === 4 ? 'open' : 'disputed'
  return items.filter((item) => decideRecheck(item).is === wanted)
}
