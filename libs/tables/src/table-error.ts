/** Where in a file something is wrong; both counted from 1, the column in characters. */
export interface FilePlace {
  readonly line: number
  readonly column: number
}

/** A file that is no table as it stands. Says what is wrong, where, and what to do; quotes no value. */
export class TableError extends Error {
  override name = 'TableError'

  constructor(file: string, what: string, place?: FilePlace) {
    const where = place === undefined ? '' : `, line ${place.line}, column ${place.column}`
    super(`${file}${where}: ${what}`)
  }
}
