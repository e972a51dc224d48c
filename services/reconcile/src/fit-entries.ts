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
  entries: [TypedRecords, TypedRecords],
  bytesMax: number,
): [TypedRecords, TypedRecords] {
  let cut = entries
  for (const fields of FIELDS) {
    for (const letters of LETTERS) {
      cut = [cutRecords(entries[0], letters, fields), cutRecords(entries[1], letters, fields)]
      if (Buffer.byteLength(JSON.stringify(cut)) <= bytesMax) return cut
    }
  }
  return cut
}

function cutRecords(records: TypedRecords, letters: number, fields: number): TypedRecords {
  return records.map(
    (record): TypedRecord =>
      Object.fromEntries(
        Object.entries(record)
          .slice(0, fields)
          .map(([name, reading]) => {
            if (reading.value.length <= letters) return [name, reading]
            // Whole characters: half a pair of surrogates is no text.
            const kept = [...reading.value.slice(0, 2 * letters)].slice(0, letters).join('')
            return [name, { ...reading, value: `${kept}${CUT}` }]
          }),
      ),
  )
}
