/** What was counted of each typist, put together. Pure. */
import type { FieldClass, FormDefinition } from '@songnhap/contracts'
import type { Counted } from './count-judgement.ts'

export type CountsOfForm = Readonly<Record<Counted, number>> & {
  readonly typist: string
  readonly campaignId: string
  readonly version: number
  /** '': of records as wholes. */
  readonly field: string
}

export interface FieldTally {
  readonly field: string
  readonly class: FieldClass
  judged: number
  unjudged: number
  wrong: number
  major: number
  audited: number
}

type Sums = Record<Counted, number>

export interface OperatorTally extends Readonly<Sums> {
  readonly operatorId: string
  readonly judged: number
  readonly fields: readonly FieldTally[]
}

/** A judged record judges every field that two people key, less what was taken out. */
export function tallyOperators(
  counts: readonly CountsOfForm[],
  formOf: (campaignId: string, version: number) => FormDefinition,
): Map<string, OperatorTally> {
  const byTypist = Map.groupBy(counts, ({ typist }) => typist)
  return new Map(
    [...byTypist].map(([operatorId, own]) => [operatorId, tallyOne(operatorId, own, formOf)]),
  )
}

/** Of whom nothing was counted, all is 0. */
export function tallyOne(
  operatorId: string,
  counts: readonly CountsOfForm[],
  formOf: (campaignId: string, version: number) => FormDefinition,
): OperatorTally {
  const fields = new Map<string, FieldTally>()
  const fieldOf = (form: FormDefinition, field: string) => {
    const known = fields.get(field)
    if (known !== undefined) return known
    const made = newField(form, field)
    fields.set(field, made)
    return made
  }
  for (const row of counts) {
    const form = formOf(row.campaignId, row.version)
    if (row.field === '') {
      for (const { name } of judgedFields(form)) fieldOf(form, name).judged += row.records
      continue
    }
    const field = fieldOf(form, row.field)
    field.judged -= row.unjudged
    for (const measure of ['unjudged', 'wrong', 'major', 'audited'] as const) {
      field[measure] += row[measure]
    }
  }
  const tallied = [...fields.values()]
  const judged = tallied.reduce((sum, field) => sum + field.judged, 0)
  return { operatorId, ...sumsOf(counts), judged, fields: tallied }
}

const judgedOf = new WeakMap<FormDefinition, FormDefinition['fields']>()

/** Asked of every page of a trend. */
export function judgedFields(form: FormDefinition): FormDefinition['fields'] {
  const known = judgedOf.get(form) ?? form.fields.filter(({ entry }) => entry !== 'single')
  judgedOf.set(form, known)
  return known
}

function newField(form: FormDefinition, name: string): FieldTally {
  const fieldClass = form.fields.find((field) => field.name === name)?.class ?? 'ordinary'
  return { field: name, class: fieldClass, judged: 0, unjudged: 0, wrong: 0, major: 0, audited: 0 }
}

function sumsOf(counts: readonly CountsOfForm[]): Sums {
  const sum = (measure: Counted) => counts.reduce((total, row) => total + row[measure], 0)
  return {
    pages: sum('pages'),
    records: sum('records'),
    left_out: sum('left_out'),
    made_up: sum('made_up'),
    slips: sum('slips'),
    readings: sum('readings'),
    marks: sum('marks'),
    carried: sum('carried'),
    timed_records: sum('timed_records'),
    active_ms: sum('active_ms'),
    keys: sum('keys'),
    erased: sum('erased'),
    wrong: sum('wrong'),
    major: sum('major'),
    audited: sum('audited'),
    unjudged: sum('unjudged'),
    judged_squares: sum('judged_squares'),
    wrong_squares: sum('wrong_squares'),
    judged_by_wrong: sum('judged_by_wrong'),
  }
}
