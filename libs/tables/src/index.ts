export { UnknownEncoding } from './detect-encoding.ts'
export { openTable, type Table, type TableOptions } from './open-table.ts'
export type { FileRow } from './read-csv.ts'
export { type FilePlace, TableError } from './table-error.ts'
