/** One cause for what differs on a whole page, as it is kept and shown. Pure. */
import type { Diagnosis } from '@songnhap/comparators'
import type { DiagnosisShown } from '@songnhap/contracts'

/** The same text for the same cause: it is asked about once a keying. */
export function keyOf({ kind, fields, fromRecord, toRecord, shift }: Diagnosis): string {
  return JSON.stringify([kind, fields, fromRecord, toRecord, shift])
}

/** As somebody sees it who is shown the entries in this order. */
export function showDiagnosis(diagnosis: Diagnosis, swapped: boolean): DiagnosisShown {
  const { chance: _, ...shown } = swapped ? swapSides(diagnosis) : diagnosis
  return {
    ...shown,
    fields: [...shown.fields],
    fromRecord: [...shown.fromRecord],
    toRecord: [...shown.toRecord],
  }
}

function swapSides(diagnosis: Diagnosis): Diagnosis {
  const { kind, fields, fromRecord, toRecord, shift } = diagnosis
  return {
    ...diagnosis,
    fields: kind === 'wrong-heading' ? fields.toReversed() : fields,
    fromRecord: [fromRecord[1], fromRecord[0]],
    toRecord: [toRecord[1], toRecord[0]],
    shift: shift === 0 ? 0 : -shift,
  }
}
