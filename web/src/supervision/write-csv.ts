/** Excel takes a file for UTF-8 by this, and for nothing else. */
const BYTE_ORDER_MARK = '\uFEFF'
const QUOTED = /[",\r\n]/
/** What a spreadsheet would carry out. */
const FORMULA = /^[=+\-@\t\r]/
const NUMBER = /^-?\d+(\.\d+)?$/

export type Cell = string | number | null

/** A table as RFC 4180 has it, which a spreadsheet opens without carrying anything out. */
export function writeCsv(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const lines = [head, ...rows].map((row) => row.map(quote).join(','))
  return `${BYTE_ORDER_MARK}${lines.join('\r\n')}\r\n`
}

function quote(cell: Cell): string {
  const text = cell === null ? '' : String(cell)
  const safe = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text
  return QUOTED.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
