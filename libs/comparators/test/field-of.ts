import type { FieldDefinition, FieldKind, Mark, Reading } from '@songnhap/contracts'

const label = { vi: 'Nhãn', en: 'Label' }

/** A field of a kind, with whatever else a test needs of it. */
export function fieldOf(kind: FieldKind, more: Partial<FieldDefinition> = {}): FieldDefinition {
  return { name: 'field', kind, label, lengthMax: 4096, ...more }
}

export function typed(value: string, mark?: Mark): Reading {
  return { value, origin: 'typed', ...(mark === undefined ? {} : { mark }) }
}
