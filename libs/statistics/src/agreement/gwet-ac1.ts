import type { Kappa } from './cohen-kappa.ts'
import type { Unit } from './krippendorff-alpha.ts'

/**
 * Gwet's AC1, which does not fall where one code is much more frequent than others: p_e = Σ π(1 − π)/(K −
 * 1), with π the mean share of a code over all units and K the number of codes there are (those seen, if
 * not told). Agreement is the mean over units coded at least twice of their pairs that agree. Any number
 * of people, and gaps.
 *
 * K. L. Gwet, British Journal of Mathematical and Statistical Psychology 61 (2008), 29–48.
 */
export function gwetAc1(units: readonly Unit[], codes?: number): Kappa | null {
  const shares = new Map<string, number>()
  let [coded, twice, alike] = [0, 0, 0]
  for (const unit of units) {
    if (unit.length === 0) continue
    coded += 1
    const counts = new Map<string, number>()
    for (const code of unit) counts.set(code, (counts.get(code) ?? 0) + 1)
    let same = 0
    for (const [code, count] of counts) {
      shares.set(code, (shares.get(code) ?? 0) + count / unit.length)
      same += count * (count - 1)
    }
    if (unit.length < 2) continue
    twice += 1
    alike += same / (unit.length * (unit.length - 1))
  }
  if (twice === 0) return null
  const kinds = codes ?? shares.size
  if (kinds < shares.size) throw new RangeError('codes must be at least as many as were seen')
  const spread = [...shares.values()].reduce(
    (sum, share) => sum + (share / coded) * (1 - share / coded),
    0,
  )
  const agreement = alike / twice
  const byChance = kinds < 2 ? 1 : spread / (kinds - 1)
  return {
    agreement,
    byChance,
    kappa: byChance === 1 ? null : (agreement - byChance) / (1 - byChance),
  }
}
