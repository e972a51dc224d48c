/** A compared page with its questions and rulings: its case file. Pure. */
import {
  type Content,
  type CorrectedRecord,
  correctRecords,
  type RowPair,
} from '@songnhap/comparators'
import type { FormDefinition, Reading, Ruling } from '@songnhap/contracts'
import { type Basis, compareRound } from './compare-round.ts'
import { type Compared, type PlacedRuling, turnsOf } from './compared.ts'
import { keyOf as keyOfDiagnosis } from './diagnosis.ts'
import {
  hasCome,
  type KeptReading,
  lastKeying,
  type PageSide,
  type PageSides,
  pageSide,
  type Want,
} from './page-side.ts'
import { alignmentPlace, diagnosisPlace, fieldPlace, keyOf, type Place } from './place.ts'
import type { Correction, Round } from './round.ts'
import { type PageState, settlePage } from './settle-page.ts'
import { placeVerdict, type ShownOrder, swapPairs } from './swap.ts'
import { type ThirdKeying, thirdReadings } from './third/third-keying.ts'

export interface StoredQuestion extends Place, ShownOrder {
  readonly questionId: string
}

/** Everything that a ruling can turn on, as it is stored. */
export interface CaseFile {
  readonly pageId: string
  readonly campaignId: string
  /** By which the last round compared. */
  readonly form: FormDefinition
  /** Which the campaign has by now; null: still the same. */
  readonly newForm: FormDefinition | null
  /** How often the page has been settled. */
  readonly revision: number
  /** Those that fill a pass, or a part of one. */
  readonly readings: readonly KeptReading[]
  readonly wanted: readonly Want[]
  /** The entries that the last round compared. */
  readonly entryIds: readonly [string, string]
  readonly round: Round
  readonly asked: readonly StoredQuestion[]
  /** The last word on each question: an escalated ruling stands above the one that passed it on. */
  readonly rulings: readonly Ruling[]
  /** Fields of which somebody found out later that they were settled wrongly, the last one last. */
  readonly putRight: readonly PutRight[]
  /** The last turn of the first pass that asked for single fields only; 0: none did. */
  readonly cellsTurn: number
  /** What a third person was asked for when the page was compared first; null: nobody was. */
  readonly third: ThirdKeying | null
}

export interface PutRight extends Pick<Place, 'turns' | 'rows'> {
  readonly field: string
  /** What stands on the paper. Null: both readings are acceptable. */
  readonly content: Content | null
  /** By which it is settled now: who found it. */
  readonly rule: string
}

export interface PageCase extends CaseFile {
  readonly compared: Compared
  readonly state: PageState
}

export function openCase(file: CaseFile): PageCase {
  const { form, round } = file
  const entries = file.entryIds.map((id) => file.readings.find(({ entryId }) => entryId === id))
  const [first, second] = entries
  if (first === undefined || second === undefined) throw new Error('a round without its entries')
  const sides = sidesOf(file, [first, second], round.corrections)
  const compared = { form, sides, round, ...thirdReadings(file.third) }
  if (file.third?.reading === null) return { ...file, compared, state: { kind: 'third' } }
  const state = settlePage(compared, placeRulings(file))
  return { ...file, compared, state: arrived(file, state) ? { kind: 'changed' } : state }
}

/** What was wanted because of this round is here: it is compared with the rest. */
function arrived({ wanted, round, readings }: CaseFile, state: PageState): boolean {
  const here = wanted.filter((want) => want.round === round.round)
  return state.kind === 'lacking' && here.length > 0 && here.every((one) => hasCome(one, readings))
}

function sidesOf(
  { form, readings, wanted }: Pick<CaseFile, 'form' | 'readings' | 'wanted'>,
  [first, second]: readonly [KeptReading, KeptReading],
  corrections: readonly Correction[],
): PageSides {
  const sideOf = (entry: KeptReading): PageSide =>
    pageSide(entry, readings, wanted, (records) =>
      corrections
        .filter(({ side, turn }) => side === entry.pass - 1 && turn === entry.turn)
        .reduce<readonly CorrectedRecord[]>(
          (rows, { diagnosis, side }) => correctRecords(form, rows, diagnosis, side),
          records,
        ),
    )
  return [sideOf(first), sideOf(second)]
}

/** Rulings in terms of the two passes, by what they are about; what was put right stands above them. */
function placeRulings({ asked, rulings, putRight }: CaseFile): Map<string, PlacedRuling> {
  const byId = new Map(asked.map((question) => [question.questionId, question]))
  const ruled = new Map(
    rulings.map((ruling): [string, PlacedRuling] => {
      const question = byId.get(ruling.questionId)
      if (question === undefined) throw new Error('a ruling on nothing that was asked')
      return [keyOf(question), placeRuling(ruling, question)]
    }),
  )
  for (const { turns, rows, field, content, rule } of putRight) {
    ruled.set(keyOf(fieldPlace(turns, rows, field)), { ...verdictFor(content), rule })
  }
  return ruled
}

function verdictFor(content: Content | null): Pick<PlacedRuling, 'verdict' | 'value'> {
  if (content === null) return { verdict: 'both' }
  const value: Reading = { value: content.value, origin: 'typed', ...markOf(content) }
  return { verdict: 'other', value }
}

function markOf({ mark }: Content): Pick<Reading, 'mark'> {
  return mark === undefined ? {} : { mark }
}

function placeRuling({ verdict, pairs, ...ruling }: Ruling, order: ShownOrder): PlacedRuling {
  return {
    ...ruling,
    verdict: placeVerdict(verdict, order),
    ...(pairs === undefined ? {} : { pairs: order.swapped ? swapPairs(pairs) : pairs }),
  }
}

/** The case as it is when these rulings, which fit it, are its last words. */
export function ruleOn(page: PageCase, rulings: readonly Ruling[]): PageCase {
  const ruled = new Set(rulings.map(({ questionId }) => questionId))
  const others = page.rulings.filter(({ questionId }) => !ruled.has(questionId))
  return openCase({ ...page, rulings: [...others, ...rulings] })
}

/** A question's id, and the order in which its two, or three, readings are shown. */
export type Draw = (readings: 2 | 3) => Pick<StoredQuestion, 'questionId' | 'swapped' | 'thirdAt'>

/**
 * Whether fields were compared in the last round: nothing is asked about the page as a whole, and nothing
 * is waited for.
 */
export function isCompared({ state, round, wanted }: PageCase): boolean {
  const waits =
    state.kind === 'lacking' ||
    state.kind === 'third' ||
    wanted.some((want) => want.round === round.round)
  return !waits && round.diagnosis === null && !round.undecided
}

/**
 * Compares once more where something was decided that asks for it, and asks what is open then. Fields that
 * were compared by an earlier version of the form are compared by it again, until somebody has them
 * compared by another (`recompare.ts`).
 */
export function advance(before: PageCase, draw: Draw): PageCase {
  if (before.state.kind !== 'changed') return askWhatIsOpen(before, draw)
  const page = isCompared(before) ? before : withNewForm(before)
  const [first, second] = ([1, 2] as const).map((pass) =>
    lastKeying(pass, page.readings, page.wanted),
  )
  if (first === undefined || second === undefined) throw new Error('a pass that nobody keyed')
  const corrections = correctionsOf(page)
  const sides = sidesOf(page, [first, second], corrections)
  const round = compareRound(page.form, sides, basisOf(page, sides, corrections))
  const entryIds = [first.entryId, second.entryId] as const
  return askWhatIsOpen(openCase({ ...page, entryIds, round }), draw)
}

function withNewForm<F extends CaseFile>(file: F): F {
  return file.newForm === null ? file : { ...file, form: file.newForm, newForm: null }
}

export function askWhatIsOpen(page: PageCase, draw: Draw): PageCase {
  if (page.state.kind !== 'open') return page
  const known = new Set(page.asked.map(keyOf))
  const asked = page.state.open
    .filter(({ place }) => !known.has(keyOf(place)))
    .map(({ place, agreed = false }) => {
      const isOfThree = !agreed && page.compared.thirds?.has(keyOf(place)) === true
      return { ...place, agreed, ...draw(isOfThree ? 3 : 2) }
    })
  return asked.length === 0 ? page : { ...page, asked: [...page.asked, ...asked] }
}

function basisOf(page: PageCase, sides: PageSides, corrections: readonly Correction[]): Basis {
  const turns = turnsOf(sides)
  const rulings = placeRulings(page)
  const decided = (place: Place) => {
    const verdict = rulings.get(keyOf(place))?.verdict
    return verdict !== undefined && verdict !== 'escalate'
  }
  const sameEntries = turns.join() === turnsOf(page.compared.sides).join()
  return {
    round: page.round.round + 1,
    pairs: sameEntries ? pairsOf(page, sides, rulings) : null,
    corrections,
    mayDiagnose: !page.asked.some(
      (question) =>
        (question.kind === 'record' || question.kind === 'field') &&
        question.turns.join() === turns.join() &&
        decided(question),
    ),
    isRuledOn: (diagnosis) => decided(diagnosisPlace(turns, diagnosis)),
  }
}

/**
 * As somebody said; or as before, with the records that were keyed since beside those they belong to.
 * Null: after a decision about the page as a whole its records are aligned anew.
 */
function pairsOf(
  { round }: PageCase,
  sides: PageSides,
  rulings: ReadonlyMap<string, PlacedRuling>,
): readonly RowPair[] | null {
  const said = rulings.get(keyOf(alignmentPlace(turnsOf(sides), round.round)))
  if (said?.verdict === 'aligned') return said.pairs ?? round.pairs
  return round.diagnosis === null ? round.pairs.map((pair) => fillGap(pair, sides)) : null
}

function fillGap([x, y]: RowPair, [first, second]: PageSides): RowPair {
  if (x === null && y !== null) return [rowAddedFor(y, first), y]
  if (y === null && x !== null) return [x, rowAddedFor(x, second)]
  return [x, y]
}

function rowAddedFor(otherRow: number, { own, added }: PageSide): number | null {
  const index = added.findLastIndex((row) => row.otherRow === otherRow)
  return index === -1 ? null : own + index
}

/** Those accepted before, and the one that was accepted in this round. */
function correctionsOf(page: PageCase): readonly Correction[] {
  const { round } = page
  const { corrections, diagnosis } = round
  if (diagnosis === null) return corrections
  const turns = turnsOf(page.compared.sides)
  const ruling = placeRulings(page).get(keyOf(diagnosisPlace(turns, keyOfDiagnosis(diagnosis))))
  switch (ruling?.verdict) {
    case 'correct-first':
      return [...corrections, { side: 0, turn: turns[0], diagnosis }]
    case 'correct-second':
      return [...corrections, { side: 1, turn: turns[1], diagnosis }]
    default:
      return corrections
  }
}

/** What has to be keyed because of this round, once it was said that it has to be. */
export function newWants({ state, round, wanted, readings, cellsTurn }: PageCase): Want[] {
  if (state.kind !== 'lacking' || wanted.some((want) => want.round === round.round)) return []
  return state.lacking.map(({ side, only }) => {
    const pass = side === 0 ? 1 : 2
    const turns = [...wanted, ...readings].filter((one) => one.pass === pass)
    const taken = pass === 1 ? cellsTurn : 0
    const turn = 1 + Math.max(taken, ...turns.map((one) => one.turn))
    return { pass, turn, round: round.round, only }
  })
}
