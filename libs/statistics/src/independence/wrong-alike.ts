/** How often two people who work apart are wrong alike, measured on others than the pair that is tested. */
import type { PairCounts, RateElsewhere } from './pair-counts.ts'

/**
 * Before anything is known, two wrong readings are as often alike as not, and there are 2.5 times as many
 * wrong alike as n·e·e: 10 times what chance gives, of which one in four alike (quality.md §7.1, §4.1). Each
 * weighs as one coincidence does.
 */
const ALIKE_BEFORE = 1
const DIFFERENT_BEFORE = 1
const CHANCE_BEFORE = 0.4
/** Fewer fields that an audit looked at say nothing. */
const AUDITED_MIN = 200

interface Measured {
  readonly pair: PairCounts
  readonly elsewhere: readonly [RateElsewhere, RateElsewhere]
}

/** Sums over pairs. */
export interface Coincidences {
  readonly alike: number
  /** Both wrong and read differently, by the share of agreeing fields of the pair that were audited. */
  readonly differentAudited: number
  /** Of pairs whose rates are known: wrong alike, and Σ audited·e·e. */
  readonly alikeOfKnown: number
  readonly chance: number
}

export function countCoincidences(measured: readonly Measured[]): Coincidences {
  let [alike, differentAudited, alikeOfKnown, chance] = [0, 0, 0, 0]
  for (const one of measured) {
    const own = coincidencesOf(one)
    alike += own.alike
    differentAudited += own.differentAudited
    alikeOfKnown += own.alikeOfKnown
    chance += own.chance
  }
  return { alike, differentAudited, alikeOfKnown, chance }
}

function coincidencesOf({ pair, elsewhere }: Measured): Coincidences {
  const { alike, bothWrong, audited } = pair
  const isKnown = elsewhere.every(({ enough }) => enough)
  return {
    alike,
    differentAudited: auditedShare(pair) * (bothWrong - alike),
    alikeOfKnown: isKnown ? alike : 0,
    chance: isKnown ? audited * elsewhere[0].rate * elsewhere[1].rate : 0,
  }
}

/** What is counted of all others. */
export function without(all: Coincidences, one: Measured): Coincidences {
  const own = coincidencesOf(one)
  return {
    alike: all.alike - own.alike,
    differentAudited: Math.max(0, all.differentAudited - own.differentAudited),
    alikeOfKnown: all.alikeOfKnown - own.alikeOfKnown,
    chance: Math.max(0, all.chance - own.chance),
  }
}

export interface Chances {
  /** That a field which both are known to have wrong was read the same; 0: it would not be known. */
  readonly alikeWhereWrong: number
  /** Fields wrong alike that are to be expected among the audited ones; null: too few were, or a rate is not known. */
  readonly manyAlike: number | null
}

/**
 * Both wrong and read differently is known of every field, as somebody rules on it; both wrong and read the
 * same only where an audit looked. So the odds of the one against the other are those of all other pairs,
 * times the share of this pair's agreeing fields that were audited.
 */
export function chancesOf(
  pair: PairCounts,
  elsewhere: Measured['elsewhere'],
  others: Coincidences,
): Chances {
  const own = coincidencesOf({ pair, elsewhere })
  const alike = others.alike + ALIKE_BEFORE
  const different = others.differentAudited + DIFFERENT_BEFORE
  const odds = (alike / different) * auditedShare(pair)
  const surplus = (others.alikeOfKnown + ALIKE_BEFORE) / (others.chance + CHANCE_BEFORE)
  return {
    alikeWhereWrong: odds / (1 + odds),
    manyAlike: pair.audited >= AUDITED_MIN && own.chance > 0 ? surplus * own.chance : null,
  }
}

function auditedShare({ fields, differing, audited }: PairCounts): number {
  const agreeing = fields - differing
  return agreeing === 0 ? 0 : Math.min(1, audited / agreeing)
}
