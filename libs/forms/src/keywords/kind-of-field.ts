import { FIELD_KINDS, type FieldKind } from '@songnhap/contracts'

/** Undefined where there is none that we know: that is told at its own place, and what stands there nowhere. */
export function kindOfField(kind: unknown): FieldKind | undefined {
  return FIELD_KINDS.find((known) => known === kind)
}
