const SEPARATORS = [',', ';', '\t', '|'] as const
const RECORDS_SEEN_MAX = 50
/** What Excel writes, and reads, as the first line of a file. */
const SAID = /^sep=(.)(?:\r\n|\n|\r)/

export interface Separator {
  readonly separator: string
  /** Characters at the beginning of the text that say so and are no row. */
  readonly skip: number
}

/**
 * By which character the beginning of a text is split into columns: the one that makes as many in as
 * many rows as in the first. A text without any of them is a table of one column.
 */
export function detectSeparator(head: string, whole: boolean): Separator {
  const said = SAID.exec(head)
  if (said?.[1] !== undefined) return { separator: said[1], skip: said[0].length }
  let best: { separator: string; like: number; columns: number } | null = null
  for (const separator of SEPARATORS) {
    const counts = countColumns(head, separator, whole)
    const columns = counts[0] ?? 1
    if (columns < 2) continue
    const like = counts.filter((count) => count === columns).length / counts.length
    if (best === null || like > best.like || (like === best.like && columns > best.columns)) {
      best = { separator, like, columns }
    }
  }
  return { separator: best?.separator ?? ',', skip: 0 }
}

/** How many columns each of the first rows has; the last, which may be cut, only of a whole text. */
function countColumns(head: string, separator: string, whole: boolean): number[] {
  const counts: number[] = []
  let [columns, quoted, empty] = [1, false, true]
  for (const character of head) {
    if (character === '"') quoted = !quoted
    else if (quoted) continue
    else if (character === separator) columns += 1
    else if (character === '\n' || character === '\r') {
      if (!empty) counts.push(columns)
      ;[columns, empty] = [1, true]
      if (counts.length >= RECORDS_SEEN_MAX) return counts
      continue
    }
    empty = false
  }
  if ((whole || counts.length === 0) && !empty) counts.push(columns)
  return counts
}
