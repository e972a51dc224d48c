import type { CorrectedRecord } from '@songnhap/comparators'
import type { TypedRecord, TypedRecords } from '@songnhap/contracts'

/** Letters kept of each value, and fields of each record: less and less, until it fits. */
const LETTERS = [4096, 400, 80, 20] as const
const FIELDS = [200, 50, 20, 8, 3] as const
const CUT = '…'

/**
 * Two entries cut so that they fit into so many bytes: long values first, then the form's last fields.
 * To know which record is which, the beginnings are enough; the image is beside them.
 */
export function fitEntries(
  [first, second]: readonly [readonly CorrectedRecord[], readonly CorrectedRecord[]],
  bytesMax: number,
): [TypedRecords, TypedRecords] {
  let cut: [TypedRecords, TypedRecords] = [[], []]
  for (const fields of FIELDS) {
    for (const letters of LETTERS) {
      cut = [cutRecords(first, letters, fields), cutRecords(second, letters, fields)]
      if (Buffer.byteLength(JSON.stringify(cut)) <= bytesMax) return cut
    }
  }
  return cut
}

/** Without cells that a correction left empty. */
function cutRecords(
  records: readonly CorrectedRecord[],
  letters: number,
  fields: number,
): TypedRecords {
  return records.map((record): TypedRecord => {
    const kept = Object.entries(record).slice(0, fields)
    return Object.fromEntries(
      kept.flatMap(([name, reading]) =>
        reading === null ? [] : [[name, { ...reading, value: cutText(reading.value, letters) }]],
      ),
    )
  })
}

/** Whole characters: half a pair of surrogates is no text. */
function cutText(value: string, letters: number): string {
  if (value.length <= letters) return value
  return `${[...value.slice(0, 2 * letters)].slice(0, letters).join('')}${CUT}`
}
