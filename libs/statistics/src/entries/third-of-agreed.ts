import { assertShare } from '../assert-arguments.ts'
import type { EntryCosts } from './third-entry-first.ts'

/** What an answer costs, in any one unit. */
export interface AgreedCosts
  extends Pick<EntryCosts, 'thirdEntry' | 'arbiter' | 'error' | 'arbiterError'> {
  /** How probable it is that the agreed value is wrong. */
  readonly risk: number
  /** How often a third person errs there. */
  readonly thirdError: number
  /** How often a third person does not repeat an error that two made alike. */
  readonly detection: number
}

/**
 * What a third blind reading of a field on which two agree saves, less what it costs: s = p·d·(1 − a)·L against
 * k3 + (e3 + p·d)·k + e3·a·L. An arbiter is asked where the third one reads otherwise, in vain where only he or she
 * errs, and may follow an error then. Assumes that whoever is third errs as people of the campaign do.
 */
export function thirdOfAgreed(costs: AgreedCosts): number {
  const { thirdEntry, arbiter, error, arbiterError, risk, thirdError, detection } = costs
  for (const share of [risk, thirdError, detection, arbiterError]) assertShare('a share', share)
  const found = risk * detection
  const saved = found * (1 - arbiterError) * error
  const spent = thirdEntry + (thirdError + found) * arbiter + thirdError * arbiterError * error
  return saved - spent
}
