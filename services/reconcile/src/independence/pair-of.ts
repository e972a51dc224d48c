/** What a settled page says about the two people who keyed it. Pure. Rules: docs/spec/independence.md. */
import { needsArbiter } from '@songnhap/comparators'
import type { Reading, SettledValue } from '@songnhap/contracts'
import { errorIn, isGuess } from '../accuracy/judge-readings.ts'
import type { Compared, SettledRecordValues } from '../compared.ts'
import type { PageSides } from '../page-side.ts'
import { valuesAbove } from '../settle-dittos.ts'
import { type Readings, readingsAt } from '../settle-field.ts'

/** Two people, the smaller id first. */
export interface Pair {
  readonly first: string
  readonly second: string
}

export interface PairPage extends Pair {
  readonly fields: number
  readonly differing: number
  /** Other ways of writing the same, which nobody was asked about. */
  readonly variants: number
  readonly firstWrong: number
  readonly secondWrong: number
  readonly bothWrong: number
  readonly alike: number
}

/** Null where a pass is not somebody's first keying of the whole page. */
export function pairOf([one, other]: PageSides): Pair | null {
  if (one.turn > 1 || other.turn > 1 || one.typist === other.typist) return null
  const [first, second] = [one.typist, other.typist].toSorted()
  return first === undefined || second === undefined ? null : { first, second }
}

/** Records that somebody keyed later beside the entry are no matter of the pair. */
export function countPage(
  { form, sides, round }: Compared,
  settled: readonly SettledRecordValues[],
): PairPage | null {
  const pair = pairOf(sides)
  if (pair === null) return null
  const differences = new Map(
    round.differences.map((one) => [`${one.record} ${one.field ?? ''}`, one.outcome]),
  )
  const counts = { fields: 0, differing: 0, variants: 0, bothWrong: 0, alike: 0 }
  const wrongOf = [0, 0]
  const core = form.fields.filter(({ entry }) => entry !== 'single')
  for (const [at, { record, values }] of settled.entries()) {
    const [x, y] = round.pairs[record - 1] ?? [null, null]
    if (x === null || y === null || x >= sides[0].own || y >= sides[1].own) continue
    const above = valuesAbove(form, record, settled[at - 1])
    for (const field of core) {
      const readings = readingsAt(sides, [x, y], field.name)
      const value = values[field.name]
      if (value === undefined || readings.includes(null)) continue
      const outcome = differences.get(`${record} ${field.name}`)
      const differs = outcome !== undefined && needsArbiter(field, outcome)
      counts.fields += 1
      if (differs) counts.differing += 1
      else if (outcome !== undefined) counts.variants += 1
      // Only audits look at pairs alike: whom a third entry was asked for was chosen.
      if (!differs && value.how === 'ruled' && value.rule !== 'audit') continue
      const isWrong = (reading: Reading) => errorIn(form, field, reading, values, above) !== null
      const wrong = wrongIn(readings, value, isWrong)
      for (const side of wrong) wrongOf[side] = (wrongOf[side] ?? 0) + 1
      if (wrong.length < 2) continue
      counts.bothWrong += 1
      if (!differs) counts.alike += 1
    }
  }
  const [firstWrong = 0, secondWrong = 0] =
    sides[0].typist === pair.first ? wrongOf : wrongOf.toReversed()
  return { ...pair, ...counts, firstWrong, secondWrong }
}

/** The sides that are wrong. What is agreed counts as right; what may be read both ways is wrong of nobody. */
function wrongIn(
  readings: Readings,
  value: SettledValue,
  isWrong: (reading: NonNullable<Readings[number]>) => boolean,
): number[] {
  if (value.how === 'agreed' || value.how === 'single' || value.rule.endsWith('-both')) return []
  return readings.flatMap((reading, side) => {
    return reading !== null && !isGuess(reading, value) && isWrong(reading) ? [side] : []
  })
}
