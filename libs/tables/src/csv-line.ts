const NEEDS_QUOTES = /[",\r\n]/
/** A spreadsheet takes what begins so for a formula, and carries it out. */
const LOOKS_LIKE_FORMULA = /^[=+\-@\t\r]/

/** One line of CSV (RFC 4180), values as they are. */
export function csvLine(values: readonly string[]): string {
  return `${values.map(quoted).join(',')}\r\n`
}

/** The same for a spreadsheet: what it would carry out gets an apostrophe in front. */
export function spreadsheetLine(values: readonly string[]): string {
  return csvLine(values.map((value) => (LOOKS_LIKE_FORMULA.test(value) ? `'${value}` : value)))
}

function quoted(value: string): string {
  return NEEDS_QUOTES.test(value) ? `"${value.replaceAll('"', '""')}"` : value
}
