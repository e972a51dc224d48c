import type { Interval } from '../intervals/interval.ts'

/** The codes that one thing got, from whomever; those who gave none are left out. */
export type Unit = readonly string[]

/** What a unit of two codes or more brings: pairs that differ, by the weight 1/(m − 1), and its codes. */
interface Pairable {
  readonly differing: number
  readonly codes: readonly (readonly [string, number])[]
  readonly size: number
}

const DRAWS = 2000
const OUTSIDE = 0.025

/**
 * Krippendorff's α for codes without an order, any number of people and gaps: 1 − D_o/D_e, with D_o the
 * weighted pairs within units that differ and D_e those that would by chance, (n² − Σ n_c²)/(n − 1). Null
 * where all codes are the same, or nothing was coded twice.
 *
 * K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011).
 */
export function krippendorffAlpha(units: readonly Unit[]): number | null {
  return alphaOf(pairable(units))
}

/**
 * Its 95 % interval, by drawing as many units with replacement 2,000 times. Where several fields stand on
 * a page, a page is one cluster of `clusters`. `random` gives numbers from 0 to below 1; seed it, or the
 * limits are others each time.
 */
export function krippendorffInterval(
  clusters: readonly (readonly Unit[])[],
  random: () => number,
  draws = DRAWS,
): Interval | null {
  const prepared = clusters.map(pairable)
  const alphas = Array.from({ length: draws }, () => {
    const drawn = prepared.map(() => prepared[Math.floor(random() * prepared.length)] ?? [])
    return alphaOf(drawn.flat())
  })
    .filter((alpha) => alpha !== null)
    .toSorted((a, b) => a - b)
  const [low, high] = [
    alphas[Math.floor(alphas.length * OUTSIDE)],
    alphas[Math.ceil(alphas.length * (1 - OUTSIDE)) - 1],
  ]
  return low === undefined || high === undefined ? null : { low, high }
}

function pairable(units: readonly Unit[]): Pairable[] {
  return units
    .filter((unit) => unit.length > 1)
    .map((unit) => {
      const counts = new Map<string, number>()
      for (const code of unit) counts.set(code, (counts.get(code) ?? 0) + 1)
      const same = [...counts.values()].reduce((sum, count) => sum + count * (count - 1), 0)
      const size = unit.length
      return { differing: (size * (size - 1) - same) / (size - 1), codes: [...counts], size }
    })
}

function alphaOf(units: readonly Pairable[]): number | null {
  let [differing, all] = [0, 0]
  const counts = new Map<string, number>()
  for (const unit of units) {
    differing += unit.differing
    all += unit.size
    for (const [code, count] of unit.codes) counts.set(code, (counts.get(code) ?? 0) + count)
  }
  const squares = [...counts.values()].reduce((sum, count) => sum + count ** 2, 0)
  const byChance = all ** 2 - squares
  return byChance === 0 ? null : 1 - (differing * (all - 1)) / byChance
}
