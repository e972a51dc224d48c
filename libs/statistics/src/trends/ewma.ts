import { assertPositive } from '../assert-arguments.ts'
import type { Interval } from '../intervals/interval.ts'

export interface EwmaChart {
  /** What the process gives while nothing changes. */
  readonly centre: number
  readonly deviation: number
  /** Of the newest value, above 0 and at most 1; .1 to .3 is usual. */
  readonly weight: number
  /** Limits stand this many deviations from the centre. */
  readonly width?: number
}

export interface EwmaPoint extends Interval {
  readonly value: number
}

const WIDTH = 3

/**
 * The exponentially weighted moving average z = λx + (1−λ)z, with limits μ ± Lσ√(λ/(2−λ)·(1−(1−λ)^2t)).
 * For shifts of unequal size and difficulty give x = (O − E)/√E, centre 0, deviation 1.
 *
 * S. W. Roberts, Technometrics 1 (1959), 239–250; NIST/SEMATECH e-Handbook 6.3.2.4.
 */
export function ewma(values: readonly number[], chart: EwmaChart): EwmaPoint[] {
  const { centre, deviation, weight, width = WIDTH } = chart
  assertPositive('deviation', deviation)
  assertPositive('width', width)
  if (!(weight > 0 && weight <= 1)) throw new RangeError('weight must be above 0 and at most 1')
  let value = centre
  return values.map((x, at) => {
    value = weight * x + (1 - weight) * value
    const settled = 1 - (1 - weight) ** (2 * (at + 1))
    const half = width * deviation * Math.sqrt((weight / (2 - weight)) * settled)
    return { value, low: centre - half, high: centre + half }
  })
}
