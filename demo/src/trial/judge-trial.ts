/** Whether what was measured in a trial is what is true. Pure. */
import { clopperPearson } from '@songnhap/statistics'
import type { TrialResult } from './run-trial.ts'

/** Of good books that the gate may keep shut all the same: evidence has its own chance. */
const KEPT_SHUT_SHARE_MAX = 0.2

export interface TrialFinding {
  readonly what: 'rates' | 'drift' | 'residual-error' | 'bad-books-shut' | 'good-books-open'
  readonly holds: boolean
  /** For a line of a table. */
  readonly words: string
}

/** `rates` is judged over all seeds, as one trial has only forty people: here it says how many. */
export function judgeTrial({ typists, audits }: TrialResult): TrialFinding[] {
  const covered = typists.filter((one) => one.covered).length
  const signalled = (tired: boolean) =>
    typists.filter(({ tires, drifts }) => tires === tired && drifts).length
  const mixed = audits.filter(({ pair }) => pair === null)
  const sum = (of: 'fields' | 'wrong' | 'checked' | 'found') =>
    mixed.reduce((total, one) => total + one[of], 0)
  const { low, high } = clopperPearson(sum('found'), sum('checked'))
  const residual = sum('wrong') / sum('fields')
  const per = (rate: number) => (rate * 10_000).toFixed(1)
  const bad = audits.filter(({ fields, wrong, target }) => wrong / fields > target / 5_000)
  const good = audits.filter(({ fields, wrong, target }) => wrong / fields <= target / 20_000)
  const openBad = bad.filter(({ gateOpen }) => gateOpen).length
  const openGood = good.filter(({ gateOpen }) => gateOpen).length
  return [
    { what: 'rates', holds: covered > 0, words: `${covered}/${typists.length}` },
    {
      what: 'drift',
      holds: typists.every(({ drifts, tires }) => drifts || !tires),
      words: `${signalled(true)} and ${signalled(false)} others`,
    },
    {
      what: 'residual-error',
      holds: low <= residual && residual <= high,
      words: `${per(residual)} in ${per(low)}–${per(high)}`,
    },
    {
      what: 'bad-books-shut',
      holds: openBad === 0,
      words: `${bad.length - openBad}/${bad.length}`,
    },
    {
      what: 'good-books-open',
      holds: openGood >= good.length * (1 - KEPT_SHUT_SHARE_MAX),
      words: `${openGood}/${good.length}`,
    },
  ]
}
