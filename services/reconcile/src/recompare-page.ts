/** What comparing a page once more, by the rules or the form of today, would change. Pure. */
import { createHash } from 'node:crypto'
import type { Difference } from '@songnhap/comparators'
import type { Flip, FlippedPage, FormDefinition } from '@songnhap/contracts'
import { type Basis, compareRound } from './compare-round.ts'
import { turnsOf } from './compared.ts'
import { isCompared, openCase, type PageCase } from './page-case.ts'
import { fieldPlace, keyOf } from './place.ts'

const SAME = 'same'

/**
 * The page in its next round. Null: there is nothing to compare, since a reading is wanted, with which
 * it will be compared anyway, or a question about the whole page comes first.
 */
export function recomparePage(page: PageCase, form: FormDefinition): PageCase | null {
  if (!isCompared(page)) return null
  const { compared, round } = page
  const basis: Basis = {
    round: round.round + 1,
    // What is a record was decided, and is not doubted again: rulings stay where they are.
    pairs: round.pairs,
    corrections: round.corrections,
    mayDiagnose: false,
    isRuledOn: () => true,
  }
  const next = compareRound(form, compared.sides, basis)
  return openCase({
    ...page,
    form,
    newForm: null,
    round: { ...next, pairsGiven: round.pairsGiven },
  })
}

/** By field, class and rule, from what to what, and what follows. */
export function flipsOf(before: PageCase, after: PageCase, isSettled: boolean): Flip[] {
  const [old, now] = [differencesOf(before), differencesOf(after)]
  const flips = new Map<string, Flip>()
  for (const place of new Set([...old.keys(), ...now.keys()])) {
    const [from, to] = [old.get(place), now.get(place)]
    const { record, field } = from ?? to ?? {}
    if (record === undefined || field == null) continue
    const effect = effectOf(before, after, { record, field, isSettled })
    const flip: Flip = { field, from: nameOf(from), to: nameOf(to), effect, records: 1 }
    if (flip.from === flip.to && effect === 'none') continue
    const key = JSON.stringify(flip)
    const known = flips.get(key)
    flips.set(key, known === undefined ? flip : { ...known, records: known.records + 1 })
  }
  return [...flips.values()]
}

/** Of records that both readers have: whether a record is there is not asked again. */
function differencesOf({ round }: PageCase): Map<string, Difference> {
  const paired = round.differences.filter(({ present }) => present[0] && present[1])
  return new Map(paired.map((one) => [`${one.record} ${one.field}`, one]))
}

function nameOf(difference: Difference | undefined): string {
  if (difference === undefined) return SAME
  return `${difference.outcome.class}/${difference.outcome.rule}`
}

function effectOf(
  before: PageCase,
  after: PageCase,
  { record, field, isSettled }: { record: number; field: string; isSettled: boolean },
): Flip['effect'] {
  const rows = before.round.pairs[record - 1] ?? [null, null]
  const key = keyOf(fieldPlace(turnsOf(before.compared.sides), rows, field))
  const is = isOpen(after, key)
  if (isSettled) return is ? 'questioned' : 'none'
  const was = isOpen(before, key)
  if (was === is) return 'none'
  return was ? 'dropped' : 'asked'
}

function isOpen({ state }: PageCase, key: string): boolean {
  return state.kind === 'open' && state.open.some(({ place }) => keyOf(place) === key)
}

export function hasEffect({ flips, moves = false }: Pick<FlippedPage, 'flips' | 'moves'>): boolean {
  return moves || flips.some(({ effect }) => effect !== 'none')
}

/**
 * Names these flips on this page as it is, by that version of the form: with another ruling, or in another
 * round, it is another.
 */
export function digestOf(
  { pageId, round, rulings }: PageCase,
  { version }: FormDefinition,
  flips: readonly Flip[],
): string {
  const said = rulings.map(({ questionId, verdict }) => `${questionId} ${verdict}`).toSorted()
  const what = JSON.stringify([pageId, round.round, version, said, flips])
  return createHash('sha256').update(what).digest('hex')
}
