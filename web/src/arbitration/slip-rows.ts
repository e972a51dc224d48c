import { type CorrectedRecord, compareReadings, correctRecords } from '@songnhap/comparators'
import type {
  DiagnosisShown,
  FieldDefinition,
  FormDefinition,
  Reading,
  TypedRecords,
} from '@songnhap/contracts'

import { namingFields } from './rows-of.ts'

const SAME: ReadonlySet<string> = new Set(['identical', 'equivalent', 'both-blank', 'formatting'])
/** A slip of the whole page is seen in its first fields. */
const FIELDS_MAX = 2

type Cell = readonly (Reading | null)[]

/** One row of a page with a slip, as typed and as either entry would be without it. */
interface SlipRow {
  readonly typed: readonly [Cell, Cell]
  readonly corrected: readonly [Cell, Cell]
  /** Whether both agree: as typed; once the first is put right; once the second is. */
  readonly agree: readonly [boolean, boolean, boolean]
}

export interface Slip {
  readonly fields: readonly FieldDefinition[]
  readonly rows: readonly SlipRow[]
}

/** What accepting a slip would do, before anybody does. Nothing can be put right of a wrong image. */
export function slipOf(
  form: FormDefinition,
  entries: readonly [TypedRecords, TypedRecords],
  diagnosis: DiagnosisShown,
): Slip {
  const isOther = diagnosis.kind === 'wrong-image'
  const slipped = form.fields.filter(({ name }) => diagnosis.fields.includes(name))
  const fields = isOther ? namingFields(form) : slipped.slice(0, FIELDS_MAX)
  const corrected = ([0, 1] as const).map((side) =>
    isOther
      ? entries[side]
      : correctRecords(form, entries[side], { ...diagnosis, chance: 0 }, side),
  )
  const sides = [entries[0], entries[1], corrected[0] ?? [], corrected[1] ?? []] as const
  const rows = Array.from({ length: Math.max(...sides.map((side) => side.length)) }, (_, row) => {
    const cells = sides.map((side) => fields.map(({ name }) => at(side[row], name)))
    const [first = [], second = [], right1 = [], right2 = []] = cells
    const same = (a: Cell, b: Cell) => fields.every((field, index) => agrees(field, a, b, index))
    return {
      typed: [first, second],
      corrected: [right1, right2],
      agree: [same(first, second), same(right1, second), same(first, right2)],
    } as const
  })
  return { fields, rows }
}

function at(record: CorrectedRecord | undefined, name: string): Reading | null {
  return record !== undefined && Object.hasOwn(record, name) ? (record[name] ?? null) : null
}

function agrees(field: FieldDefinition, a: Cell, b: Cell, index: number): boolean {
  const [x, y] = [a[index] ?? null, b[index] ?? null]
  return x !== null && y !== null && SAME.has(compareReadings(field, x, y).class)
}
