import type { Ruling } from '@songnhap/contracts'
import { type Count, today } from '@songnhap/database'

/** How many by day, and of rulings on fields, how often which of the two readings shown was chosen. */
export function countRulings(
  scope: string,
  subject: string,
  rulings: readonly Pick<Ruling, 'verdict'>[],
  onFields = rulings,
): Count[] {
  const chosen = (which: Ruling['verdict']) =>
    onFields.filter(({ verdict }) => verdict === which).length
  const counts = [
    { scope, measure: 'ruled', field: today(), amount: rulings.length },
    { scope, subject, measure: 'chose-first', amount: chosen('first') },
    { scope, subject, measure: 'chose-second', amount: chosen('second') },
  ]
  return counts.filter(({ amount }) => amount > 0)
}
