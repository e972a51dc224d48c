/** What was counted of one typist, of some fields only. Pure. */
import type { FieldClass } from '@songnhap/contracts'
import type { FieldTally, OperatorTally } from './operator-tally.ts'

export interface Narrow {
  readonly field?: string | undefined
  readonly class?: FieldClass | undefined
}

export function isNarrow({ field, class: fieldClass }: Narrow): boolean {
  return field !== undefined || fieldClass !== undefined
}

/**
 * Speed, marks and how errors come together are counted of pages as wholes: narrowed, they are as if they had not been
 * counted. Rows are whole records in any case.
 */
export function narrowTally(tally: OperatorTally, narrow: Narrow): OperatorTally {
  if (!isNarrow(narrow)) return tally
  const fields = tally.fields.filter(
    (one) => (narrow.field ?? one.field) === one.field && (narrow.class ?? one.class) === one.class,
  )
  const none = { timed_records: 0, active_ms: 0, keys: 0, erased: 0 }
  const loose = { judged_squares: 0, wrong_squares: 0, judged_by_wrong: 0 }
  return {
    ...tally,
    ...none,
    ...loose,
    readings: 0,
    marks: 0,
    carried: 0,
    ...sumsOf(fields),
    fields,
  }
}

function sumsOf(fields: readonly FieldTally[]) {
  const sum = (what: 'judged' | 'unjudged' | 'wrong' | 'major' | 'audited') =>
    fields.reduce((total, field) => total + field[what], 0)
  return {
    judged: sum('judged'),
    unjudged: sum('unjudged'),
    wrong: sum('wrong'),
    major: sum('major'),
    audited: sum('audited'),
  }
}

/** Each field as all typists together have it, by name. */
export function fieldsOfAll(operators: readonly OperatorTally[]): FieldTally[] {
  const all = new Map<string, FieldTally>()
  for (const own of operators.flatMap(({ fields }) => fields)) {
    const sum = all.get(own.field)
    all.set(own.field, sum === undefined ? { ...own } : { ...sum, ...sumsOf([sum, own]) })
  }
  return [...all.values()].toSorted((one, other) => (one.field < other.field ? -1 : 1))
}
