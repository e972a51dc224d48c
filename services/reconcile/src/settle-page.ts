/**
 * What a page's comparison and its rulings amount to. Pure: the same inputs settle the same way,
 * whenever and however often they are looked at.
 */

import {
  type Difference,
  isDitto,
  needsArbiter,
  outcomeOfSame,
  SINGLE_ENTRY,
  settledForm,
  standardForm,
  standsFor,
} from '@songnhap/comparators'
import type {
  FieldDefinition,
  FormDefinition,
  Reading,
  SettledValue,
  TypedRecord,
  Verdict,
} from '@songnhap/contracts'

export interface Place {
  readonly record: number
  readonly field: string | null
}

/** A ruling in terms of the two passes: whoever showed the readings in another order has undone it. */
export interface PlacedRuling extends Place {
  readonly verdict: Verdict
  readonly value?: Reading
}

export type PairedRecords = readonly (TypedRecord | null)[]

export interface Compared {
  readonly form: FormDefinition
  readonly records: number
  readonly differences: readonly Difference[]
  /** Both entries as their records were paired; null: this entry does not have the record. */
  readonly readings: readonly [PairedRecords, PairedRecords]
}

export interface SettledRecordValues {
  readonly record: number
  readonly values: Record<string, SettledValue>
}

interface OpenPlace extends Place {
  /** True when an arbiter has passed it on. */
  readonly escalated: boolean
}

export type PageState =
  | { readonly kind: 'open'; readonly open: readonly OpenPlace[] }
  | { readonly kind: 'settled'; readonly records: readonly SettledRecordValues[] }

export function settlePage(compared: Compared, rulings: readonly PlacedRuling[]): PageState {
  const open: OpenPlace[] = []
  const records: SettledRecordValues[] = []
  for (let record = 1; record <= compared.records; record += 1) {
    const settled = settleRecord(compared, rulings, record)
    if ('open' in settled) open.push(...settled.open)
    else if (settled.values !== null) records.push({ record, values: settled.values })
  }
  if (open.length > 0) return { kind: 'open', open }
  return { kind: 'settled', records: withDittosSettled(compared.form, records) }
}

/** A ditto mark that was settled as such stands for what the field above, or beside it, settled to. */
function withDittosSettled(
  form: FormDefinition,
  records: readonly SettledRecordValues[],
): SettledRecordValues[] {
  const fields = form.fields.filter(({ dittoFrom }) => dittoFrom !== undefined)
  const settled: SettledRecordValues[] = []
  for (const { record, values } of records) {
    // Where the record above was ruled not to be there, nobody said what the mark repeats.
    const above = settled.at(-1)
    const neighbour = above?.record === record - 1 && form.recordOrder !== 'free' ? above : null
    const meant = fields.flatMap((field) => {
      const value = values[field.name]
      if (value === undefined || !isDitto(field, value)) return []
      const content = standsFor(form, field, values, neighbour?.values ?? null)
      if (content === null) return []
      const { mark: _, ...rest } = value
      const { value: text, mark } = content
      const resolved = { ...rest, value: text, ...(mark === undefined ? {} : { mark }) }
      return [[field.name, resolved] as const]
    })
    settled.push({ record, values: { ...values, ...Object.fromEntries(meant) } })
  }
  return settled
}

type RecordState =
  | { readonly open: readonly OpenPlace[] }
  /** Null: ruled not to be there. */
  | { readonly values: Record<string, SettledValue> | null }

function settleRecord(
  compared: Compared,
  rulings: readonly PlacedRuling[],
  record: number,
): RecordState {
  const differences = compared.differences.filter((difference) => difference.record === record)
  const missing = differences.find((difference) => difference.field === null)
  const existence = missing && rulings.find((r) => r.record === record && r.field === null)
  if (missing !== undefined && existence !== undefined && !isThere(missing, existence)) {
    return { values: null }
  }

  const open: OpenPlace[] = []
  const values: Record<string, SettledValue> = {}
  if (missing !== undefined && !isFinal(existence)) {
    open.push({ record, field: null, escalated: existence !== undefined })
  }
  for (const field of compared.form.fields) {
    const { name } = field
    const difference = differences.find((d) => d.field === name)
    if (difference === undefined || !needsArbiter(field, difference.outcome)) {
      values[name] = agreedValue(compared, record, field, difference)
      continue
    }
    const ruling = rulings.find((r) => r.record === record && r.field === name)
    if (isFinal(ruling)) values[name] = ruledValue(field, difference, ruling)
    else open.push({ record, field: name, escalated: ruling !== undefined })
  }
  return open.length > 0 ? { open } : { values }
}

function isFinal(ruling: PlacedRuling | undefined): ruling is PlacedRuling {
  return ruling !== undefined && ruling.verdict !== 'escalate'
}

/** A record passed on to the next instance may be there: its fields stay open with it. */
function isThere({ present }: Difference, { verdict }: PlacedRuling): boolean {
  if (verdict === 'first') return present[0]
  if (verdict === 'second') return present[1]
  return true
}

function agreedValue(
  { readings }: Compared,
  record: number,
  field: FieldDefinition,
  difference: Difference | undefined,
): SettledValue {
  const [first, second] = [
    readings[0][record - 1]?.[field.name],
    readings[1][record - 1]?.[field.name],
  ]
  const reading = first ?? second
  if (reading === undefined) throw new Error('an agreed field has no reading')
  const how = 'agreed'
  if (difference !== undefined) {
    const { outcome, meant = difference.readings } = difference
    const [a, b] = meant
    if (a === null || b === null) throw new Error('a field that differs was agreed on by one')
    // One form is chosen of what was accepted; both raw readings are kept.
    return { ...settledForm(field, a, b, outcome), how, class: outcome.class, rule: outcome.rule }
  }
  const both = first !== undefined && second !== undefined
  const { class: found, rule } = both ? outcomeOfSame(reading) : SINGLE_ENTRY
  const { value, mark } = reading
  return { value, ...(mark === undefined ? {} : { mark }), how, class: found, rule }
}

function ruledValue(
  field: FieldDefinition,
  { outcome, readings }: Difference,
  ruling: PlacedRuling,
): SettledValue {
  const reading = ruledReading(field, readings, ruling)
  if (reading === null) throw new Error('a ruling chose a reading that is not there')
  return {
    value: reading.value,
    ...(reading.mark === undefined ? {} : { mark: reading.mark }),
    how: 'ruled',
    class: outcome.class,
    rule: `ruling-${ruling.verdict}`,
  }
}

function ruledReading(
  field: FieldDefinition,
  readings: Difference['readings'],
  { verdict, value }: PlacedRuling,
): Pick<Reading, 'value' | 'mark'> | null {
  switch (verdict) {
    case 'first':
      return readings[0]
    // Both are acceptable: the standard form stands for them, and neither reading counts as wrong.
    case 'both':
      return readings[0] && { ...readings[0], value: standardForm(field, readings[0].value) }
    case 'second':
      return readings[1]
    case 'illegible':
      return { value: '', mark: 'illegible' }
    case 'other':
      return value ?? null
    case 'escalate':
      return null
  }
}
