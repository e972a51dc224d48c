import type { Figure } from '@songnhap/contracts'
import { figureWords } from '../../words/figures.ts'
import { number, rounded } from '../../words/numbers.ts'
import type { Explained } from './explained.ts'

const PER = 10_000
const PERCENT = 100

/** In which unit a figure is told. */
export type Unit = 'in-10000' | 'ratio' | 'percent' | 'plain'

interface Meaning {
  readonly name: string
  readonly meaning: string
  /** What was counted, with the count, and of how many. */
  readonly numerator: (count: string) => string
  readonly denominator: (count: string) => string
  readonly leftOut?: string
  readonly sum?: string
  readonly rows?: Explained['rows']
}

/** A number as it stands on the screen, without its unit. */
export function told(value: number | null, unit: Unit): string {
  if (value === null) return '–'
  if (unit === 'in-10000') return rounded(value * PER)
  if (unit === 'percent') return `${rounded(value * PERCENT)} %`
  return rounded(value)
}

/** What a figure of the gateway says of itself, in words. */
export function explain(
  figure: Figure,
  unit: Unit,
  { numerator, denominator, ...meaning }: Meaning,
): Explained {
  return {
    ...meaning,
    numerator: numerator(rounded(figure.numerator)),
    denominator: denominator(rounded(figure.denominator)),
    interval: intervalOf(figure, unit),
    asOf: figure.asOf,
    truth: figure.truth,
  }
}

function intervalOf({ method, confidence, low, high }: Figure, unit: Unit): string | undefined {
  if (method === 'none' || confidence === null || high === null) return undefined
  const words = figureWords()
  const limits =
    low === null ? words.atMost(told(high, unit)) : words.fromTo(told(low, unit), told(high, unit))
  const per = unit === 'in-10000' ? ` ${words.perTenThousand}` : ''
  return `${words[method](number(confidence * PERCENT))}: ${limits}${per}`
}
