import { assertWhole } from '../assert-arguments.ts'

/** Somebody coded a thing: both by number, from 0. */
export interface Vote {
  readonly person: number
  readonly code: number
}

export interface DawidSkeneOptions {
  /** How many codes there are. */
  readonly codes: number
  /**
   * Added to every count of a person's, so that who did little is not thought to be perfect. 0 gives the
   * published likelihood.
   */
  readonly smoothing?: number
  readonly stepsMax?: number
}

export interface DawidSkene {
  /** How frequent each code is. */
  readonly prevalence: readonly number[]
  /** `confusions[person][true code][given code]`. */
  readonly confusions: readonly (readonly (readonly number[])[])[]
  /** How probable each code is for each thing. */
  readonly posteriors: readonly (readonly number[])[]
  readonly logLikelihood: number
  readonly steps: number
}

const SMOOTHING = 0.01
const STEPS_MAX = 5000
const GAIN_MIN = 1e-9
const CELLS_MAX = 20_000_000

/**
 * What is true, and how each person errs, from many people's codes and no truth: expectation and
 * maximisation in turns, from the shares of votes, until the log-likelihood gains less than 1e-9. Assumes
 * errors independent given the true code, and three or more people; by two nothing is known. In
 * logarithms.
 *
 * A. P. Dawid, A. M. Skene, Applied Statistics 28 (1979), 20–28.
 */
export function dawidSkene(
  things: readonly (readonly Vote[])[],
  { codes, smoothing = SMOOTHING, stepsMax = STEPS_MAX }: DawidSkeneOptions,
): DawidSkene {
  const people = countPeople(things, codes)
  if (people * codes ** 2 > CELLS_MAX) throw new RangeError('too many people and codes')
  let posteriors = things.map((votes) => voteShares(votes, codes))
  let [logLikelihood, steps] = [Number.NEGATIVE_INFINITY, 0]
  for (;;) {
    const prevalence = meanOf(posteriors, codes)
    const confusions = countConfusions(things, posteriors, people, codes, smoothing)
    const next = judgeThings(things, prevalence, confusions)
    posteriors = next.posteriors
    steps += 1
    const gain = next.logLikelihood - logLikelihood
    logLikelihood = next.logLikelihood
    if (Math.abs(gain) < GAIN_MIN || steps >= stepsMax) {
      return { prevalence, confusions, posteriors, logLikelihood, steps }
    }
  }
}

function countPeople(things: readonly (readonly Vote[])[], codes: number): number {
  assertWhole('codes', codes, 1)
  let people = 0
  for (const votes of things) {
    if (votes.length === 0) throw new RangeError('a thing without votes')
    for (const { person, code } of votes) {
      assertWhole('person', person)
      assertWhole('code', code)
      if (code >= codes) throw new RangeError('a code that is not among the codes')
      people = Math.max(people, person + 1)
    }
  }
  return people
}

function voteShares(votes: readonly Vote[], codes: number): number[] {
  const shares = new Array<number>(codes).fill(0)
  for (const { code } of votes) shares[code] = (shares[code] ?? 0) + 1 / votes.length
  return shares
}

function meanOf(posteriors: readonly (readonly number[])[], codes: number): number[] {
  const sums = new Array<number>(codes).fill(0)
  for (const posterior of posteriors) {
    for (const [code, p] of posterior.entries()) sums[code] = (sums[code] ?? 0) + p
  }
  return sums.map((sum) => sum / posteriors.length)
}

function countConfusions(
  things: readonly (readonly Vote[])[],
  posteriors: readonly (readonly number[])[],
  people: number,
  codes: number,
  smoothing: number,
): number[][][] {
  const confusions = Array.from({ length: people }, () =>
    Array.from({ length: codes }, () => new Array<number>(codes).fill(smoothing)),
  )
  for (const [at, votes] of things.entries()) {
    for (const { person, code } of votes) {
      for (const [truth, p] of (posteriors[at] ?? []).entries()) {
        const row = confusions[person]?.[truth]
        if (row !== undefined) row[code] = (row[code] ?? 0) + p
      }
    }
  }
  for (const rows of confusions) {
    for (const row of rows) {
      const all = row.reduce((sum, count) => sum + count, 0)
      for (const [code, count] of row.entries()) row[code] = all === 0 ? 0 : count / all
    }
  }
  return confusions
}

function judgeThings(
  things: readonly (readonly Vote[])[],
  prevalence: readonly number[],
  confusions: readonly (readonly (readonly number[])[])[],
) {
  let logLikelihood = 0
  const posteriors = things.map((votes) => {
    const logs = prevalence.map((share, truth) =>
      votes.reduce(
        (sum, { person, code }) => sum + Math.log(confusions[person]?.[truth]?.[code] ?? 0),
        Math.log(share),
      ),
    )
    const top = Math.max(...logs)
    const weights = logs.map((log) => Math.exp(log - top))
    const all = weights.reduce((sum, weight) => sum + weight, 0)
    logLikelihood += top + Math.log(all)
    return weights.map((weight) => weight / all)
  })
  return { posteriors, logLikelihood }
}
