/** What an arbiter sees of a question. Pure: nothing in it tells who read what, or which pass is which. */
import { compareReadings, type RowPair } from '@songnhap/comparators'
import type { FormDefinition, Question, Reading } from '@songnhap/contracts'
import { findField } from '@songnhap/forms'
import { turnsOf } from './compared.ts'
import { showDiagnosis } from './diagnosis.ts'
import { fitEntries } from './fit-entries.ts'
import type { PageCase, StoredQuestion } from './page-case.ts'
import { alignmentPlace, keyOf } from './place.ts'
import { classOf, readingsAt } from './settle-field.ts'
import { inShownOrder, swapPairs } from './swap.ts'

const ENTRIES_BYTES_MAX = 256 * 1024
const ALIGNMENT_REASON = 'Another way of pairing the records is nearly as good'
const PAGE_REASON = 'One cause would explain what differs on this page'
const RECORD_REASON = 'Only one reader found this record'
const UNREAD_REASON = 'Only one reader has something in this field'
const UNREAD_RULE = 'cell-missing'

export function showQuestion(page: PageCase, question: StoredQuestion): Question {
  const note = page.rulings.find(({ questionId }) => questionId === question.questionId)?.note
  const { questionId, kind, field } = question
  const base = { questionId, kind, field, ...(note === undefined ? {} : { note }) }
  switch (kind) {
    case 'page':
    case 'alignment':
      return { ...base, ...aboutPage(page, question) }
    case 'record':
      return { ...base, ...aboutRecord(page, question) }
    case 'field':
      return { ...base, ...aboutField(page, question) }
  }
}

type About = Omit<Question, 'questionId' | 'kind' | 'field' | 'note'>

function aboutPage({ compared }: PageCase, { kind, swapped }: StoredQuestion): About {
  const { round } = compared
  const whole = {
    record: 0,
    readings: [null, null],
    present: [true, true],
  } satisfies Partial<About>
  const { entries, pairs } = pairsShown(compared, swapped)
  if (kind === 'alignment') return { ...whole, reason: ALIGNMENT_REASON, entries, pairs }
  if (round.diagnosis === null) throw new Error('a question about no diagnosis')
  const diagnosis = showDiagnosis(round.diagnosis, swapped)
  return { ...whole, reason: PAGE_REASON, entries, diagnosis }
}

/** Both sides as they are now, and their pairs, in the order drawn. */
export function pairsShown(
  { sides, round }: PageCase['compared'],
  swapped: boolean,
): Required<Pick<Question, 'entries' | 'pairs'>> {
  const rows = fitEntries([sides[0].rows, sides[1].rows], ENTRIES_BYTES_MAX)
  const pairs = round.pairs.map(([x, y]): [number | null, number | null] => [x, y])
  return {
    entries: inOrder(rows, swapped),
    pairs: swapped ? swapPairs(pairs) : pairs,
  }
}

function aboutRecord({ compared }: PageCase, { rows, swapped }: StoredQuestion): About {
  const { sides, round } = compared
  const only = ([0, 1] as const).map((side) => {
    const record = sides[side].rows[rows[side] ?? -1]
    return record === undefined ? [] : [record]
  })
  const present: [boolean, boolean] = [rows[0] !== null, rows[1] !== null]
  return {
    record: recordAt(round.pairs, rows),
    class: 'row-missing',
    reason: RECORD_REASON,
    readings: [null, null],
    present: inOrder(present, swapped),
    entries: inOrder(fitEntries([only[0] ?? [], only[1] ?? []], ENTRIES_BYTES_MAX), swapped),
  }
}

function aboutField({ compared }: PageCase, { rows, field, ...question }: StoredQuestion): About {
  const { sides, round, form } = compared
  const record = recordAt(round.pairs, rows)
  const readings = readingsAt(sides, rows, field ?? '')
  const byThird = compared.thirds?.get(keyOf({ rows, field, ...question })) ?? null
  const [first = null, second = null, third = null] = inShownOrder([...readings, byThird], question)
  const difference = round.differences.find((d) => d.record === record && d.field === field)
  return {
    record,
    ...(question.agreed
      ? outcomeShown(form, field, [first, second])
      : {
          class: classOf(readings, difference),
          reason: difference?.outcome.reason ?? UNREAD_REASON,
          rule: difference?.outcome.rule ?? UNREAD_RULE,
        }),
    readings: [first, second],
    ...(third === null ? {} : { third }),
    present: [true, true],
  }
}

/** How what two agreed on and a third one read otherwise are to each other: as any two readings. */
function outcomeShown(
  form: FormDefinition,
  name: string | null,
  [first, second]: readonly (Reading | null)[],
): Pick<Question, 'class' | 'rule'> & { readonly reason: string } {
  const field = findField(form, name ?? '')
  if (field === undefined || !first || !second) throw new Error('a question without its readings')
  const { class: found, reason, rule } = compareReadings(field, first, second)
  return { class: found, reason, rule }
}

/** Its place among all records that either reader found, from 1. */
export function recordAt(pairs: readonly RowPair[], [x, y]: RowPair): number {
  return 1 + pairs.findIndex(([first, second]) => first === x && second === y)
}

function inOrder<T>([first, second]: [T, T], swapped: boolean): [T, T] {
  return swapped ? [second, first] : [first, second]
}

/** The question by which an arbiter says that rows are paired wrongly, also where nobody asked. */
export function realigning({ compared, asked }: PageCase): StoredQuestion | undefined {
  const key = keyOf(alignmentPlace(turnsOf(compared.sides), compared.round.round))
  return asked.find((question) => keyOf(question) === key)
}
