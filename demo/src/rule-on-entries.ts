/** What somebody who knows the truth says of a page as a whole. Pure. */
import { alignRows, isWrong } from '@songnhap/comparators'
import type { FormDefinition, Question, RowPairs, Ruling, TypedRecords } from '@songnhap/contracts'

/** Of so many fields the worse reading is wrong, or nothing slipped. */
const SLIPPED_SHARE = 0.2

export function ruleOnEntries(
  form: FormDefinition,
  { kind, entries, diagnosis }: Question,
  truth: TypedRecords,
): Pick<Ruling, 'verdict' | 'pairs'> {
  if (entries === undefined) throw new Error('a question about a page shows no entries')
  if (kind === 'alignment') {
    return { verdict: 'aligned', pairs: pairByTruth(form, entries, truth) }
  }
  const [first, second] = [shareWrong(form, entries[0], truth), shareWrong(form, entries[1], truth)]
  if (Math.max(first, second) < SLIPPED_SHARE) return { verdict: 'as-typed' }
  const act = diagnosis?.kind === 'wrong-image' ? 'send-back' : 'correct'
  return { verdict: first > second ? `${act}-first` : `${act}-second` }
}

/** Records of both entries that are the same record of the truth, and the others alone. */
function pairByTruth(
  form: FormDefinition,
  [first, second]: readonly [TypedRecords, TypedRecords],
  truth: TypedRecords,
): RowPairs {
  const [x, y] = [placesIn(form, first, truth), placesIn(form, second, truth)]
  const pairs: RowPairs = []
  let [row, other] = [0, 0]
  while (row < x.length || other < y.length) {
    const [a = Number.POSITIVE_INFINITY, b = Number.POSITIVE_INFINITY] = [x[row], y[other]]
    pairs.push([a <= b ? row : null, b <= a ? other : null])
    if (a <= b) row += 1
    if (b <= a) other += 1
  }
  return pairs
}

/** Where each record stands in the truth; one that is not there stands beside the one above. */
function placesIn(form: FormDefinition, records: TypedRecords, truth: TypedRecords): number[] {
  const { pairs } = alignRows(form, records, truth)
  const places: number[] = []
  for (const [row, place] of pairs) {
    if (row !== null) places[row] = place ?? (places[row - 1] ?? -1) + 0.5
  }
  return places
}

function shareWrong(form: FormDefinition, records: TypedRecords, truth: TypedRecords): number {
  let [wrong, all] = [0, 0]
  for (const [index, written] of truth.entries()) {
    for (const field of form.fields) {
      const [reading, right] = [records[index]?.[field.name], written[field.name]]
      if (right === undefined) continue
      all += 1
      if (reading === undefined || isWrong(field, reading, right)) wrong += 1
    }
  }
  return all === 0 ? 0 : wrong / all
}
