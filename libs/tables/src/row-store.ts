import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FileRow } from './read-csv.ts'

const WRITE_CHARS = 1 << 18
const READ_BYTES = 1 << 18
const PLACES_AT_FIRST = 1024

/**
 * Rows on disk instead of in memory, each found again by its number: 8 bytes of memory a row, however
 * long. The file has no name from the beginning, so nothing of it is left whatever happens.
 */
export class RowStore {
  readonly #file: number
  #places = new Float64Array(PLACES_AT_FIRST)
  #length = 0
  #end = 0
  #waiting: string[] = []
  #waitingChars = 0
  #window: Buffer = Buffer.alloc(0)
  #windowStart = 0

  constructor() {
    const folder = mkdtempSync(join(tmpdir(), 'songnhap-rows-'))
    this.#file = openSync(join(folder, 'rows'), 'wx+', 0o600)
    rmSync(folder, { recursive: true, force: true })
  }

  get length(): number {
    return this.#length
  }

  add(row: FileRow): void {
    const line = JSON.stringify([row.line, ...row.cells])
    if (this.#length === this.#places.length) this.#makeRoom()
    this.#places[this.#length] = this.#end
    this.#length += 1
    this.#end += Buffer.byteLength(line)
    this.#waiting.push(line)
    this.#waitingChars += line.length
    if (this.#waitingChars >= WRITE_CHARS) this.#flush()
  }

  /** The row of a number, from 0. */
  at(row: number): FileRow {
    if (row < 0 || row >= this.#length) throw new RangeError(`there is no row ${row}`)
    this.#flush()
    const start = this.#places[row] ?? 0
    const end = row + 1 < this.#length ? (this.#places[row + 1] ?? 0) : this.#end
    const [line, ...cells] = JSON.parse(this.#bytes(start, end).toString()) as [number, ...string[]]
    return { line, cells }
  }

  close(): void {
    closeSync(this.#file)
  }

  /** Most rows are read one after the other: a stretch of the file is kept at hand. */
  #bytes(start: number, end: number): Buffer {
    const inside = start >= this.#windowStart && end <= this.#windowStart + this.#window.length
    if (!inside) {
      this.#window = Buffer.alloc(Math.min(Math.max(READ_BYTES, end - start), this.#end - start))
      this.#windowStart = start
      readWhole(this.#file, this.#window, start)
    }
    return this.#window.subarray(start - this.#windowStart, end - this.#windowStart)
  }

  #flush(): void {
    if (this.#waitingChars === 0) return
    writeWhole(this.#file, Buffer.from(this.#waiting.join('')))
    this.#waiting = []
    this.#waitingChars = 0
  }

  #makeRoom(): void {
    const places = new Float64Array(2 * this.#places.length)
    places.set(this.#places)
    this.#places = places
  }
}

function writeWhole(file: number, bytes: Buffer): void {
  let done = 0
  while (done < bytes.length) done += writeSync(file, bytes, done)
}

function readWhole(file: number, bytes: Buffer, start: number): void {
  let done = 0
  while (done < bytes.length) {
    const read = readSync(file, bytes, done, bytes.length - done, start + done)
    if (read === 0) throw new Error('the row store is shorter than its rows')
    done += read
  }
}
