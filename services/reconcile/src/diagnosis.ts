/** One cause for what differs on a whole page, as reconcile keeps it. Pure. */
import type { DiagnosisShown, FormDefinition, TypedRecords } from '@songnhap/contracts'

export type Diagnosis = DiagnosisShown

/** The same text for the same cause: it is asked about once a keying. */
export function keyOf({ kind, fields, fromRecord, shift }: Diagnosis): string {
  return JSON.stringify([kind, fields, fromRecord ?? null, shift ?? null])
}

export function diagnose(
  _form: FormDefinition,
  _first: TypedRecords,
  _second: TypedRecords,
): readonly Diagnosis[] {
  return []
}

export function correct(
  _form: FormDefinition,
  records: TypedRecords,
  _diagnosis: Diagnosis,
  _side: 0 | 1,
): TypedRecords {
  return records
}

/** With the entries in the other order. */
export function swapSides(diagnosis: Diagnosis): Diagnosis {
  return diagnosis.shift === undefined ? diagnosis : { ...diagnosis, shift: -diagnosis.shift }
}

export function shownAs({ kind, fields, fromRecord, shift }: Diagnosis): DiagnosisShown {
  return {
    kind,
    fields,
    ...(fromRecord === undefined ? {} : { fromRecord }),
    ...(shift === undefined ? {} : { shift }),
  }
}
