import type { FieldDefinition, FieldKind, Mark } from '@songnhap/contracts'
import { type Draft, type DraftField, fieldAt } from './draft.ts'

/** Where a value is copied, two typists err alike: names, dates and numbers are typed each time. */
const ALWAYS_TYPED: ReadonlySet<FieldKind> = new Set([
  'name',
  'date',
  'registration-number',
  'book-number',
  'identity-number',
  'integer',
  'money',
  'number',
])

/** What "as above" means here: the field of the record above, or another field of this record. */
export interface Above {
  readonly record: string | undefined
  readonly value: string
}

export function takesMark(field: FieldDefinition, mark: Mark): boolean {
  return field.marks === undefined || field.marks.includes(mark)
}

/** Whether the value above may be carried down instead of typed. */
export function canCarry(field: FieldDefinition): boolean {
  return field.class !== 'identity-critical' && !ALWAYS_TYPED.has(field.kind)
}

/** What a ditto sign repeats, through any signs in between. */
export function aboveOf(draft: Draft, index: number, field: FieldDefinition): Above {
  const { dittoFrom } = field
  const current = draft.records[index]
  if (dittoFrom !== undefined && dittoFrom !== 'record-above') {
    const value = current === undefined ? '' : fieldAt(draft, current.id, dittoFrom).typed
    return { record: current?.id, value }
  }
  for (let at = index - 1; at >= 0; at -= 1) {
    const record = draft.records[at]
    if (record === undefined) break
    const { typed, mark } = fieldAt(draft, record.id, field.name)
    if (mark !== 'ditto') return { record: record.id, value: mark === undefined ? typed : '' }
  }
  return { record: undefined, value: '' }
}

/** What comes of pressing a mark's key in a field. */
export type Marking =
  | { readonly do: 'set'; readonly field: DraftField; readonly moves: boolean }
  | { readonly do: 'ask'; readonly asks: 'drop-text' }
  | {
      readonly do: 'ask'
      readonly asks: 'ditto'
      readonly why: 'must' | 'noneAbove' | 'emptyAbove'
    }
  | { readonly do: 'refuse' }

/** `asked`: the same key asked before whether the register has nothing but a sign. */
export function markField(
  field: FieldDefinition,
  here: DraftField,
  mark: Mark,
  above: Above,
  asked: boolean,
): Marking {
  if (here.mark === mark) {
    return { do: 'set', field: { typed: here.typed, origin: 'typed' }, moves: false }
  }
  // Pressed again on what was carried: the register has nothing but a sign.
  if (mark === 'ditto') return repeatAbove(field, above, asked || here.origin === 'carried')
  if (!takesMark(field, mark)) return { do: 'refuse' }
  if (here.typed !== '' && mark !== 'partly-legible' && mark !== 'struck-out') {
    return { do: 'ask', asks: 'drop-text' }
  }
  const moves = mark !== 'partly-legible' || here.typed !== ''
  return { do: 'set', field: { typed: here.typed, mark, origin: 'typed' }, moves }
}

/**
 * The form says what a sign repeats, and it stands there: then the sign is kept. Else the value above is
 * carried down, or whoever pressed the key is asked.
 */
function repeatAbove(field: FieldDefinition, { value, record }: Above, asked: boolean): Marking {
  const repeats = field.dittoFrom !== undefined && record !== undefined
  if (takesMark(field, 'ditto') && (repeats || asked)) {
    return { do: 'set', field: { typed: '', mark: 'ditto', origin: 'typed' }, moves: true }
  }
  if (canCarry(field) && value !== '' && record !== undefined) {
    const carried = { typed: value, origin: 'carried', carriedFrom: record } as const
    return { do: 'set', field: carried, moves: true }
  }
  if (!takesMark(field, 'ditto') && !canCarry(field)) return { do: 'refuse' }
  const must = field.dittoFrom === undefined && !canCarry(field)
  const why = must ? 'must' : record === undefined ? 'noneAbove' : 'emptyAbove'
  return { do: 'ask', asks: 'ditto', why }
}
