import type {
  FieldDefinition,
  FormDefinition,
  Mark,
  Origin,
  TypingAssignment,
} from '@songnhap/contracts'

/** One field as it stands on the desk. */
export interface DraftField {
  /** As in the input; of a choice, the value of the option once the field has been left. */
  readonly typed: string
  readonly mark?: Mark
  readonly origin: Origin
  /** Which record the value was carried from, for the eye only. */
  readonly carriedFrom?: string
  /** The typist said once more that the register has it so. */
  readonly sure?: true
}

export interface DraftRecord {
  readonly id: string
  readonly fields: Readonly<Record<string, DraftField>>
}

/** A page under way. Its entry's id is made with it, so that a page can never be sent as two. */
export interface Draft {
  readonly entryId: string
  readonly pageId: string
  readonly records: readonly DraftRecord[]
  /** Where the typist is. */
  readonly record: string
  readonly field: string
  /** Moved at every change; of two drafts of one page the later one holds. */
  readonly changes: number
}

const EMPTY: DraftField = { typed: '', origin: 'typed' }

/** The form's fields that a record of this page is keyed with, in the order of keying. */
export function fieldsOf(
  form: FormDefinition,
  { cells, coreOnly }: Pick<TypingAssignment, 'cells' | 'coreOnly'>,
  recordIndex: number,
): readonly FieldDefinition[] {
  const asked = cells?.[recordIndex]
  if (asked !== undefined) return form.fields.filter(({ name }) => asked.includes(name))
  return coreOnly === true ? form.fields.filter(({ entry }) => entry !== 'single') : form.fields
}

/** An untouched page: one record, or those that the assignment names. */
export function newDraft(assignment: TypingAssignment, form: FormDefinition): Draft {
  const count = assignment.places?.length ?? 1
  const records = Array.from({ length: count }, newRecord)
  return {
    entryId: crypto.randomUUID(),
    pageId: assignment.pageId,
    records,
    record: records[0]?.id ?? '',
    field: fieldsOf(form, assignment, 0)[0]?.name ?? '',
    changes: 0,
  }
}

function newRecord(): DraftRecord {
  return { id: crypto.randomUUID(), fields: {} }
}

export function fieldAt(draft: Draft, record: string, name: string): DraftField {
  const fields = draft.records.find(({ id }) => id === record)?.fields ?? {}
  // Own properties only: a field may be called `constructor`.
  return (Object.hasOwn(fields, name) ? fields[name] : undefined) ?? EMPTY
}

export function withField(draft: Draft, record: string, name: string, next: DraftField): Draft {
  const records = draft.records.map((one) =>
    one.id === record ? { ...one, fields: { ...one.fields, [name]: next } } : one,
  )
  return { ...draft, records, changes: draft.changes + 1 }
}

/** Typing takes back a mark that cannot stand beside a text, and a confirmation of the old one. */
export function withTyped(draft: Draft, record: string, name: string, typed: string): Draft {
  const { mark } = fieldAt(draft, record, name)
  const stays = mark !== undefined && typed !== '' && BESIDE_TEXT.has(mark)
  return withField(draft, record, name, {
    typed,
    origin: 'typed',
    ...(stays ? { mark } : {}),
  })
}

const BESIDE_TEXT: ReadonlySet<Mark> = new Set(['partly-legible', 'struck-out'])

export function moveTo(draft: Draft, record: string, field: string): Draft {
  return draft.record === record && draft.field === field ? draft : { ...draft, record, field }
}

/** A new record after this one; the same draft when the page is full. */
export function addRecord(draft: Draft, after: string, recordsMax: number): Draft {
  if (draft.records.length >= recordsMax) return draft
  const record = newRecord()
  const at = draft.records.findIndex(({ id }) => id === after) + 1
  return { ...changed(draft, draft.records.toSpliced(at, 0, record)), record: record.id }
}

/** Of the only record an empty one is left, which will be dropped if nothing is typed in it. */
export function removeRecord(draft: Draft, record: string): Draft {
  const at = draft.records.findIndex(({ id }) => id === record)
  if (at === -1) return draft
  const rest = draft.records.toSpliced(at, 1)
  const records = rest.length > 0 ? rest : [newRecord()]
  const next = records[Math.min(at, records.length - 1)]
  return { ...changed(draft, records), record: next?.id ?? '' }
}

/** Up is -1, down is 1; at an end it stays. */
export function moveRecord(draft: Draft, record: string, by: -1 | 1): Draft {
  const at = draft.records.findIndex(({ id }) => id === record)
  const [moved, other] = [draft.records[at], draft.records[at + by]]
  if (moved === undefined || other === undefined) return draft
  return changed(draft, draft.records.with(at, other).with(at + by, moved))
}

function changed(draft: Draft, records: readonly DraftRecord[]): Draft {
  return { ...draft, records, changes: draft.changes + 1 }
}

export function isUntouched(record: DraftRecord): boolean {
  return Object.values(record.fields).every(({ typed, mark }) => typed === '' && mark === undefined)
}

/** Records that will be sent: those left untouched at the end are dropped without asking. */
export function keptRecords(draft: Draft, { places }: Pick<TypingAssignment, 'places'>) {
  if (places !== undefined) return draft.records
  const last = draft.records.findLastIndex((record) => !isUntouched(record))
  return draft.records.slice(0, last + 1)
}

/** Whether every field of a record has a text or a mark, or may do without. */
export function isComplete(
  draft: Draft,
  record: string,
  fields: readonly FieldDefinition[],
): boolean {
  const one = draft.records.find(({ id }) => id === record)
  if (one === undefined || isUntouched(one)) return false
  return fields.every(({ name, required }) => {
    const { typed, mark } = fieldAt(draft, record, name)
    return typed !== '' || mark !== undefined || required === false
  })
}
