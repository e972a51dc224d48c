/** On which fields of a page two people agree, and what can be seen of each without its truth. Pure. */
import { type CorrectedRecord, isDitto, needsArbiter } from '@songnhap/comparators'
import type { FieldDefinition, Mark, Reading, TypedRecord } from '@songnhap/contracts'
import { checkFields } from '@songnhap/forms'
import { judgedFields } from '../accuracy/operator-tally.ts'
import type { PageCase } from '../page-case.ts'
import { readingsAt } from '../settle-field.ts'

const HARD_TO_READ: ReadonlySet<Mark | undefined> = new Set([
  'illegible',
  'partly-legible',
  'torn',
  'struck-out',
])

export interface AgreedPlace {
  readonly rows: readonly [number, number]
  readonly field: FieldDefinition
  /** How many of the two marked something in its record as hard to read. */
  readonly marked: number
  /** A check of the form finds the value odd. */
  readonly odd: boolean
}

/**
 * A ditto mark is left out: what it stands for is settled only later, and a third person, who sees one strip, cannot
 * tell. So is what one person keys.
 */
export function agreedPlaces({ compared }: PageCase): AgreedPlace[] {
  const { form, sides, round } = compared
  const differing = new Set(
    round.differences
      .filter(({ field, outcome }) => needsArbiter(fieldNamed(form.fields, field), outcome))
      .map(({ record, field }) => `${record} ${field}`),
  )
  const read = sides[0].rows.map((record) => readOf(record))
  const odd = new Set(
    checkFields(form, read).flatMap(({ record, fields }) =>
      fields.map((field) => `${record - 1} ${field}`),
    ),
  )
  return round.pairs.flatMap(([x, y], index) => {
    if (x === null || y === null) return []
    const marked = [sides[0].rows[x], sides[1].rows[y]].filter((record) =>
      Object.values(readOf(record ?? {})).some(({ mark }) => HARD_TO_READ.has(mark)),
    ).length
    return judgedFields(form).flatMap((field): AgreedPlace[] => {
      const [first, second] = readingsAt(sides, [x, y], field.name)
      if (first === null || second === null || differing.has(`${index + 1} ${field.name}`))
        return []
      if (isDitto(field, first) || isDitto(field, second)) return []
      return [{ rows: [x, y], field, marked, odd: odd.has(`${x} ${field.name}`) }]
    })
  })
}

function fieldNamed(
  fields: readonly FieldDefinition[],
  name: string | null,
): FieldDefinition | null {
  return fields.find((field) => field.name === name) ?? null
}

function readOf(record: CorrectedRecord): TypedRecord {
  return Object.fromEntries(
    Object.entries(record).flatMap(([name, reading]): [string, Reading][] =>
      reading === null ? [] : [[name, reading]],
    ),
  )
}
