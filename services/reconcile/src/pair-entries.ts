import type { TypedRecords } from '@songnhap/contracts'

export interface KeyedEntry {
  readonly entryId: string
  readonly pageId: string
  readonly personId: string
  /** Null: a spare reading, which takes no part. */
  readonly pass: 1 | 2 | null
  readonly records: TypedRecords
}

export interface EntryPair {
  readonly pageId: string
  /** In the order of the passes. */
  readonly entries: readonly [KeyedEntry, KeyedEntry]
}

/** The pages of which both passes are here, in the order in which they became complete. Pure. */
export function pairEntries(entries: readonly KeyedEntry[]): EntryPair[] {
  const halves = new Map<string, KeyedEntry>()
  const pairs: EntryPair[] = []
  for (const entry of entries) {
    const { pageId, pass } = entry
    if (pass === null) continue
    const other = halves.get(pageId)
    if (other === undefined) halves.set(pageId, entry)
    else if (other.pass !== pass) {
      pairs.push({ pageId, entries: pass === 2 ? [other, entry] : [entry, other] })
    }
  }
  return pairs
}
