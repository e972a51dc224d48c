/**
 * What a page's comparison and its rulings amount to. Pure: the same inputs settle the same way,
 * whenever and however often they are looked at.
 */

import { type Difference, foldText, needsArbiter } from '@songnhap/comparators'
import type {
  FormDefinition,
  Reading,
  SettledValue,
  TypedRecords,
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

export interface Compared {
  readonly form: FormDefinition
  readonly records: number
  readonly differences: readonly Difference[]
  readonly readings: readonly [TypedRecords, TypedRecords]
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
  for (const { name } of compared.form.fields) {
    const difference = differences.find(({ field }) => field === name)
    if (difference === undefined || !needsArbiter(difference.outcome)) {
      values[name] = agreedValue(compared, record, name, difference)
      continue
    }
    const ruling = rulings.find((r) => r.record === record && r.field === name)
    if (isFinal(ruling)) values[name] = ruledValue(difference, ruling)
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
  field: string,
  difference: Difference | undefined,
): SettledValue {
  const reading = readings[0][record - 1]?.[field]
  if (reading === undefined) throw new Error('an agreed field has no reading')
  const outcome = difference?.outcome ?? { class: 'identical' as const, rule: 'identical' }
  // Where only the form of the text differs, one form is chosen; both raw readings are kept.
  const value = difference === undefined ? reading.value : foldText(reading.value)
  return {
    value,
    ...(reading.mark === undefined ? {} : { mark: reading.mark }),
    how: 'agreed',
    class: outcome.class,
    rule: outcome.rule,
  }
}

function ruledValue({ outcome, readings }: Difference, ruling: PlacedRuling): SettledValue {
  const reading = ruledReading(readings, ruling)
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
  readings: Difference['readings'],
  { verdict, value }: PlacedRuling,
): Pick<Reading, 'value' | 'mark'> | null {
  switch (verdict) {
    case 'first':
    // Both are acceptable: the first pass's form is kept, and neither reading counts as wrong.
    case 'both':
      return readings[0]
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
