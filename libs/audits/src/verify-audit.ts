import type { AuditExport, AuditFigures } from '@songnhap/contracts'
import { commitmentOf, drawSample, frameHash, seedOf } from './draw-sample.ts'

/** What does not fit in an exported audit, a line each; empty when its draw and its figures can be repeated. */
export async function verifyAudit(exported: AuditExport): Promise<string[]> {
  const { bookId, audit, fields, records, cells } = exported
  const { ended, strata } = audit
  if (ended === undefined) return ['the audit has not ended: its secret is not told yet']
  const frame = { recordIds: records, fields }
  const drawn = await drawSample(ended.seed, frame, strata)
  const named = new Map(cells.map((cell) => [nameOf(cell), cell]))
  const missing = drawn.filter((cell) => named.get(nameOf(cell))?.drawKey !== cell.drawKey)
  return [
    ...unless(
      commitmentOf(ended.secret) === audit.commitment,
      'the secret is not what was committed to',
    ),
    ...unless(
      seedOf(bookId, audit.frozenAt, ended.secret) === ended.seed,
      'the seed does not follow from book, moment and secret',
    ),
    ...unless(frameHash(frame) === audit.frameSha256, 'the frame is not the one that was frozen'),
    ...unless(new Set(records).size === records.length, 'a record stands in the frame twice'),
    ...strata.flatMap((stratum) => {
      const names = fields.filter((field) => field.class === stratum.class).length
      return unless(
        stratum.fields === names * records.length,
        `${stratum.class}: the frame has another number of fields`,
      )
    }),
    ...unless(missing.length === 0, `${missing.length} fields should have been drawn and were not`),
    ...unless(cells.length === drawn.length, 'other fields were looked at than were drawn'),
    ...ended.figures.flatMap((figures) => {
      const counted = countCells(figures, cells)
      return unless(
        JSON.stringify(counted) === JSON.stringify(figures),
        `${figures.class}: the figures are not what the fields add up to`,
      )
    }),
  ]
}

/** The figures of a class, counted from its cells. */
export function countCells(
  { class: of, fields }: Pick<AuditFigures, 'class' | 'fields'>,
  cells: AuditExport['cells'],
): AuditFigures {
  const here = cells.filter((cell) => cell.class === of)
  const wrong = here.filter(({ outcome }) => outcome === 'wrong')
  return {
    class: of,
    fields,
    checked: here.length,
    wrong: wrong.length,
    wrongBy: byOrigin(wrong),
    checkedBy: byOrigin(here),
  }
}

function byOrigin(cells: AuditExport['cells']): AuditFigures['wrongBy'] {
  const count = (how: string) => cells.filter((cell) => cell.how === how).length
  const majority = count('majority')
  return {
    agreed: count('agreed'),
    ...(majority === 0 ? {} : { majority }),
    ruled: count('ruled'),
    single: count('single'),
  }
}

function nameOf({ recordId, field }: { recordId: string; field: string }): string {
  return `${recordId} ${field}`
}

function unless(holds: boolean, finding: string): string[] {
  return holds ? [] : [finding]
}
