/**
 * What this browser remembers of files that were sent, so that the same folder chosen again goes on where it
 * stopped. A file is known by a hash of who, which book, name, size and time: nothing readable is kept.
 */
export interface UploadNote {
  /** Where the parts go; on our own host. */
  readonly url?: string
  /** The file that it has become. */
  readonly fileId?: string
  /** That file was there before, with the same bytes. */
  readonly isSame?: boolean
  readonly at: number
}

const PREFIX = 'songnhap.upload.'
const NOTES_MAX = 5_000
const KEPT_MS = 30 * 24 * 3_600_000

export async function noteKey(parts: readonly (string | number)[]): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(parts))
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return (
    PREFIX + [...hash.subarray(0, 16)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  )
}

export function readNote(key: string): UploadNote | undefined {
  const text = localStorage.getItem(key)
  return text === null ? undefined : (JSON.parse(text) as UploadNote)
}

export function writeNote(key: string, note: Omit<UploadNote, 'at'>): void {
  localStorage.setItem(key, JSON.stringify({ ...note, at: Date.now() }))
}

/** Old ones go, and the oldest of too many. */
export function sweepNotes(): void {
  const keys = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX))
  const notes = keys
    .map((key) => ({ key, at: readNote(key)?.at ?? 0 }))
    .sort((one, other) => other.at - one.at)
  for (const [index, { key, at }] of notes.entries()) {
    if (index >= NOTES_MAX || Date.now() - at > KEPT_MS) localStorage.removeItem(key)
  }
}
