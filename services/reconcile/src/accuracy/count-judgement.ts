/** What a judgement adds to the counts of its typist. Pure. */
import { type ConfusedLetter, confusedLetters, needsArbiter } from '@songnhap/comparators'
import type { Effort } from '@songnhap/contracts'
import { measurePace } from '@songnhap/statistics'
import type { JudgedError, Judgement } from './judge-readings.ts'

/** As the columns of `operator_count` are called. */
export const COUNTED = [
  'pages',
  'records',
  'left_out',
  'made_up',
  'slips',
  'readings',
  'marks',
  'carried',
  'timed_records',
  'active_ms',
  'keys',
  'erased',
  'wrong',
  'major',
  'audited',
  'unjudged',
  'judged_squares',
  'wrong_squares',
  'judged_by_wrong',
] as const
export type Counted = (typeof COUNTED)[number]

/** Counts of one field; those of records as wholes are under the name ''. What is not there is 0. */
export type CountRow = { readonly field: string } & Partial<Readonly<Record<Counted, number>>>

export interface Confused extends ConfusedLetter {
  /** Absent of what an earlier release counted. */
  readonly inField?: string
  readonly times: number
}

const MS = 1000

export function countJudgement(judgement: Judgement, effort: Effort | null): CountRow[] {
  const { records, leftOut, madeUp, slips, readings, errors, unjudged } = judgement
  const byField = new Map<string, Partial<Record<Counted, number>>>()
  const add = (field: string, measure: Counted) => {
    const counts = byField.get(field) ?? {}
    counts[measure] = (counts[measure] ?? 0) + 1
    byField.set(field, counts)
  }
  for (const error of errors) {
    const { name } = error.field
    add(name, 'wrong')
    if (error.isMajor) add(name, 'major')
    if (isFoundByThird(error)) add(name, 'audited')
  }
  for (const name of unjudged) add(name, 'unjudged')
  for (const name of judgement.marks) add(name, 'marks')
  for (const name of judgement.carried) add(name, 'carried')
  const rows = { left_out: leftOut, made_up: madeUp, slips }
  const of = {
    ...rows,
    ...effortCounts(effort),
    ...squares(readings - unjudged.length, errors.length),
  }
  return [
    withoutZeros({ field: '', pages: 1, records, readings, ...of }),
    ...[...byField].map(([field, counts]) => ({ field, ...counts })),
  ]
}

/** Of one page: from their sums it is known how errors come together on pages (E4). */
function squares(judged: number, wrong: number): Partial<Record<Counted, number>> {
  return {
    judged_squares: judged * judged,
    wrong_squares: wrong * wrong,
    judged_by_wrong: judged * wrong,
  }
}

/** Both had read the same; that it is wrong nobody would know without an audit, or a third entry of what agreed. */
function isFoundByThird({ field, settled }: JudgedError): boolean {
  return settled.how === 'ruled' && !needsArbiter(field, settled)
}

/** A break is no work: neither its time nor its record counts. */
function effortCounts(effort: Effort | null): Partial<Record<Counted, number>> {
  if (effort === null) return {}
  const { kept, activeSeconds } = measurePace(effort.gapsMs.map((gap) => gap / MS))
  const { keys, erased } = effort
  return { timed_records: kept, active_ms: Math.round(activeSeconds * MS), keys, erased }
}

function withoutZeros(row: CountRow): CountRow {
  const { field, ...counts } = row
  return { field, ...Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== 0)) }
}

/** Of errors where both is text, and no mark. */
export function confusedIn({ errors }: Judgement): Confused[] {
  const times = new Map<string, Confused>()
  for (const { field, reading, settled } of errors) {
    if (reading.mark !== undefined || settled.mark !== undefined) continue
    for (const letters of confusedLetters(settled.value, reading.value)) {
      const pair = { ...letters, inField: field.name }
      const key = JSON.stringify(pair)
      times.set(key, { ...pair, times: (times.get(key)?.times ?? 0) + 1 })
    }
  }
  return [...times.values()]
}
