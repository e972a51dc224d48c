import type { KeyingProgress } from '@songnhap/contracts'
import { readCounts, total } from '@songnhap/database'
import type { Kysely } from 'kysely'
import type { DB } from './schema.gen.ts'

export async function readProgress(db: Kysely<DB>, campaignId: string): Promise<KeyingProgress> {
  const counts = await readCounts(db, campaignId)
  return {
    pages: total(counts, 'pages'),
    entries: total(counts, 'entries'),
    spareReadings: total(counts, 'spares'),
    repeatedSubmissions: total(counts, 'repeats'),
    expiredLeases: total(counts, 'expired'),
    skips: total(counts, 'skips'),
    readingsWanted: total(counts, 'wanted'),
  }
}
