/**
 * What a page's comparison and its rulings amount to. Pure: the same inputs settle the same way,
 * whenever and however often they are looked at.
 */

import {
  commonForm,
  type Difference,
  needsArbiter,
  outcomeOfSame,
  standardForm,
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
  return open.length > 0 ? { kind: 'open', open } : { kind: 'settled', records }
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
    if (difference === undefined || !needsArbiter(difference.outcome)) {
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
  const reading = readings[0][record - 1]?.[field.name]
  if (reading === undefined) throw new Error('an agreed field has no reading')
  const outcome = difference?.outcome ?? outcomeOfSame(reading)
  const differs = difference !== undefined
  return {
    // Where only the form of the text differs, one form is chosen; both raw readings are kept.
    value: differs ? commonForm(field, reading.value, outcome.rule) : reading.value,
    ...(reading.mark === undefined ? {} : { mark: reading.mark }),
    how: 'agreed',
    class: outcome.class,
    rule: outcome.rule,
  }
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
