import { closeSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'

const WRITE_CHARS = 1 << 18

/** A file that is written piece by piece, in large pieces. */
export class PiecewiseFile {
  readonly #file: number
  #waiting: string[] = []
  #chars = 0

  constructor(path: string) {
    this.#file = openSync(path, 'wx', 0o600)
  }

  write(text: string): void {
    this.#waiting.push(text)
    this.#chars += text.length
    if (this.#chars >= WRITE_CHARS) this.#flush()
  }

  close(): void {
    try {
      this.#flush()
    } finally {
      closeSync(this.#file)
    }
  }

  #flush(): void {
    const bytes = Buffer.from(this.#waiting.join(''))
    for (let done = 0; done < bytes.length; ) done += writeSync(this.#file, bytes, done)
    this.#waiting = []
    this.#chars = 0
  }
}

/**
 * Files that appear together, and only when all of them are whole: written beside the folder, moved
 * into it at the end. Files of the same names that were there before are replaced.
 */
export class ResultFolder {
  readonly #folder: string
  readonly #partial: string
  readonly #files = new Map<string, PiecewiseFile>()

  constructor(folder: string) {
    this.#folder = folder
    this.#partial = `${folder.replace(/[\\/]+$/, '')}.partial-${process.pid}`
    rmSync(this.#partial, { recursive: true, force: true })
    mkdirSync(this.#partial, { recursive: true, mode: 0o700 })
  }

  open(name: string): PiecewiseFile {
    const file = new PiecewiseFile(join(this.#partial, name))
    this.#files.set(name, file)
    return file
  }

  /** Everything is written. */
  finish(): void {
    for (const file of this.#files.values()) file.close()
    mkdirSync(this.#folder, { recursive: true })
    for (const name of this.#files.keys()) {
      renameSync(join(this.#partial, name), join(this.#folder, name))
    }
    this.#files.clear()
    rmSync(this.#partial, { recursive: true, force: true })
  }

  /** Something failed: nothing of it stays. */
  discard(): void {
    for (const file of this.#files.values()) file.close()
    this.#files.clear()
    rmSync(this.#partial, { recursive: true, force: true })
  }
}
