/** What one field of a record that both readers have amounts to. Pure. */
import {
  compareReadings,
  type Difference,
  isDitto,
  needsArbiter,
  outcomeOfSame,
  type RowPair,
  SINGLE_ENTRY,
  settledForm,
  standardForm,
} from '@songnhap/comparators'
import type { FieldDefinition, OutcomeClass, Reading, SettledValue } from '@songnhap/contracts'
import { type Compared, type PlacedRuling, type Rulings, turnsOf } from './compared.ts'
import { fieldPlace, keyOf, type Place } from './place.ts'
import { majorityOf } from './third/majority-of.ts'

/** The rule of what two of three read. */
export const MAJORITY = 'majority'

export type Readings = readonly [Reading | null, Reading | null]

interface PairedField {
  readonly field: FieldDefinition
  readonly rows: RowPair
  /** Absent: the readings are the same as written. */
  readonly difference: Difference | undefined
}

export interface OpenPlace {
  readonly place: Place
  /** True when an arbiter has passed it on. */
  readonly escalated: boolean
  /** True: the two agree, and a third person does not. */
  readonly agreed?: boolean
}

export type SettledField = SettledValue | OpenPlace

/** A ruling stands whatever later rules would say of the readings that it was made on. */
export function settleField(
  { sides, thirds, doubted, agreedAsked }: Omit<Compared, 'form' | 'round'>,
  rulings: Rulings,
  { field, rows, difference }: PairedField,
): SettledField {
  const readings = readingsAt(sides, rows, field.name)
  const place = fieldPlace(turnsOf(sides), rows, field.name)
  const ruling = rulings.get(keyOf(place))
  if (ruling?.verdict === 'escalate') return { place, escalated: true }
  const third = thirds?.get(keyOf(place))
  if (ruling !== undefined) return ruledValue(field, readings, difference, third, ruling)
  const [first, second] = readings
  if (field.entry === 'single' && (first === null) !== (second === null)) {
    return keyedOnce(first ?? second)
  }
  if (first === null || second === null) return { place, escalated: false }
  if (difference !== undefined && needsArbiter(field, difference.outcome)) {
    const isBelieved = third !== undefined && doubted?.has(keyOf(place)) !== true
    const majority = isBelieved ? majorityOf(field, [first, second], difference.meant, third) : null
    if (majority === null) return { place, escalated: false }
    return { ...majority.content, how: 'majority', class: difference.outcome.class, rule: MAJORITY }
  }
  const agreed = agreedValue(field, [first, second], difference)
  const isAsked = third !== undefined && agreedAsked?.has(keyOf(place)) === true
  return isAsked && contradicts(field, third, agreed)
    ? { place, escalated: false, agreed: true }
    : agreed
}

/** What a third person's ditto mark stands for is not settled yet: it says nothing against anybody. */
function contradicts(field: FieldDefinition, third: Reading, agreed: SettledValue): boolean {
  return !isDitto(field, third) && needsArbiter(field, compareReadings(field, agreed, third))
}

/** What each side has in this field; null: nothing, as where a slip was corrected. */
export function readingsAt(
  [first, second]: Compared['sides'],
  rows: RowPair,
  field: string,
): Readings {
  return [readingAt(first.rows, rows[0], field), readingAt(second.rows, rows[1], field)]
}

function readingAt(
  records: Compared['sides'][0]['rows'],
  row: number | null,
  field: string,
): Reading | null {
  const record = row === null ? undefined : records[row]
  // Own properties only: a field may be called `constructor`.
  return record !== undefined && Object.hasOwn(record, field) ? (record[field] ?? null) : null
}

function keyedOnce(reading: Reading | null): SettledValue {
  if (reading === null) throw new Error('a field that one person keys has no reading')
  const { rule } = SINGLE_ENTRY
  return { ...contentOf(reading), how: 'single', class: outcomeOfSame(reading).class, rule }
}

function agreedValue(
  field: FieldDefinition,
  readings: readonly [Reading, Reading],
  difference: Difference | undefined,
): SettledValue {
  const how = 'agreed'
  if (difference === undefined) {
    const { class: found, rule } = outcomeOfSame(readings[0])
    return { ...contentOf(readings[0]), how, class: found, rule }
  }
  const { outcome, meant = readings } = difference
  // One form is chosen of what was accepted; both raw readings are kept.
  const content = settledForm(field, ...meant, outcome)
  return { ...content, how, class: outcome.class, rule: outcome.rule }
}

function ruledValue(
  field: FieldDefinition,
  readings: Readings,
  difference: Difference | undefined,
  third: Reading | undefined,
  ruling: PlacedRuling,
): SettledValue {
  const reading = ruledReading(field, readings, third, ruling)
  if (reading === null) throw new Error('a ruling chose a reading that is not there')
  return {
    ...contentOf(reading),
    how: 'ruled',
    class: classOf(readings, difference),
    rule: ruling.rule ?? `ruling-${ruling.verdict}`,
  }
}

/** How two readings relate of which one may not be there, or which later rules find to be the same. */
export function classOf(
  [first, second]: Readings,
  difference: Difference | undefined,
): OutcomeClass {
  if (difference !== undefined) return difference.outcome.class
  if (first === null || second === null) return 'row-missing'
  return outcomeOfSame(first).class
}

function contentOf({ value, mark }: Pick<Reading, 'value' | 'mark'>) {
  return { value, ...(mark === undefined ? {} : { mark }) }
}

function ruledReading(
  field: FieldDefinition,
  readings: Readings,
  third: Reading | undefined,
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
    case 'third':
      return third ?? null
    case 'illegible':
      return { value: '', mark: 'illegible' }
    case 'other':
      return value ?? null
    default:
      return null
  }
}
