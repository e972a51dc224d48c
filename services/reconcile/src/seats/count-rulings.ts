import type { Ruling } from '@songnhap/contracts'
import { type Count, today } from '@songnhap/database'

/** What is counted of rulings wherever they are made: by day, and how often what was shown first was chosen. */
export function countRulings(
  scope: string,
  subject: string,
  rulings: readonly Pick<Ruling, 'verdict'>[],
): Count[] {
  const shownFirst = rulings.filter(({ verdict }) => verdict === 'first').length
  const shownSecond = rulings.filter(({ verdict }) => verdict === 'second').length
  const counts = [
    { scope, measure: 'ruled', field: today(), amount: rulings.length },
    { scope, subject, measure: 'chose', amount: shownFirst + shownSecond },
    { scope, subject, measure: 'chose-shown-first', amount: shownFirst },
  ]
  return counts.filter(({ amount }) => amount > 0)
}
