import type { FieldClass } from '@songnhap/contracts'

/** So many fields of each class, or all where it has no more. */
const DRAWN_MIN = 200
/** What share of a class is drawn: an error in some fields costs people more than in others. */
const SHARE: Readonly<Record<FieldClass, number>> = {
  'identity-critical': 0.06,
  critical: 0.04,
  ordinary: 0.02,
}

export interface StratumSize {
  readonly class: FieldClass
  /** Fields of the book that are of this class. */
  readonly fields: number
  /** So many of them are drawn; each is with the probability drawn ÷ fields. */
  readonly drawn: number
}

/** How many fields of each class of a book are drawn. `least`: more of each class, if somebody wants it. */
export function sampleSizes(
  fields: Readonly<Partial<Record<FieldClass, number>>>,
  least = 0,
): StratumSize[] {
  return (Object.keys(SHARE) as FieldClass[]).flatMap((name) => {
    const count = fields[name] ?? 0
    if (count === 0) return []
    const wanted = Math.max(DRAWN_MIN, least, Math.ceil(SHARE[name] * count))
    return [{ class: name, fields: count, drawn: Math.min(count, wanted) }]
  })
}
