const MEBIBYTE = 1024 ** 2

/** Beyond these a file is refused; every one keeps some buffer or loop from growing without end. */
export const FILE_BYTES_MAX: number = 2048 * MEBIBYTE
/** A workbook is a ZIP, which is read from memory. */
export const WORKBOOK_BYTES_MAX: number = 256 * MEBIBYTE
/** All parts of a workbook, unpacked; a sheet is read as a stream. */
export const UNPACKED_BYTES_MAX: number = 2048 * MEBIBYTE
/** Texts that cells share are the one part that has to be in memory as a whole. */
export const SHARED_TEXTS_BYTES_MAX: number = 256 * MEBIBYTE
export const ROWS_MAX = 5_000_000
export const COLUMNS_MAX = 1000
/** One row of a table; a quotation mark that is never closed would make the rest of the file one. */
export const ROW_CHARS_MAX = 1_000_000
