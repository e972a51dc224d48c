import { compareReadings } from '@songnhap/comparators'
import type { FieldDefinition, FormDefinition, RowPairs, TypedRecord } from '@songnhap/contracts'

const SAME: ReadonlySet<string> = new Set(['identical', 'equivalent', 'both-blank', 'formatting'])
const NAMING_KINDS: ReadonlySet<string> = new Set(['registration-number', 'name', 'date'])
const NAMING_MAX = 3
const NEARLY_FROM = 0.5

/** By which of its fields a person knows a record. */
export function namingFields(form: FormDefinition): readonly FieldDefinition[] {
  const naming = form.fields.filter(({ kind }) => NAMING_KINDS.has(kind))
  return (naming.length > 0 ? naming : form.fields).slice(0, NAMING_MAX)
}

export function readingAt(record: TypedRecord | undefined, name: string) {
  // Own properties only: a field may be called `constructor`.
  return record !== undefined && Object.hasOwn(record, name) ? record[name] : undefined
}

/** Whether two records have the same in a field; undefined where one has nothing to compare. */
export function isSameIn(
  field: FieldDefinition,
  first: TypedRecord | undefined,
  second: TypedRecord | undefined,
): boolean | undefined {
  const [a, b] = [readingAt(first, field.name), readingAt(second, field.name)]
  if (a === undefined || b === undefined) return undefined
  return SAME.has(compareReadings(field, a, b).class)
}

/** How a row's two records stand to each other. */
export type RowState = 'match' | 'nearly' | 'differs' | 'missing'

export function rowStates(
  form: FormDefinition,
  [first, second]: readonly [readonly TypedRecord[], readonly TypedRecord[]],
  pairs: RowPairs,
): RowState[] {
  return pairs.map(([x, y]) => {
    if (x === null || y === null) return 'missing'
    const [a, b] = [first[x], second[y]]
    const same = form.fields.flatMap((field) => isSameIn(field, a, b) ?? [])
    const share = same.filter(Boolean).length / Math.max(1, same.length)
    return share === 1 ? 'match' : share >= NEARLY_FROM ? 'nearly' : 'differs'
  })
}
