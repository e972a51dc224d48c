import { SERVICES } from '@songnhap/contracts'
import { openDatabase, verifyLedger } from '@songnhap/database'
import { UsageError } from './usage-error.ts'

/** Walks every ledger from its first line. A single changed character anywhere is found. */
export async function verifyLedgers(url: string | undefined): Promise<number> {
  if (url === undefined) throw new UsageError('--database or DATABASE_URL is missing')
  let sound = true
  for (const service of SERVICES) {
    const db = openDatabase<unknown>(url, service, undefined, 1)
    try {
      const result = await verifyLedger(db)
      sound &&= result.sound
      process.stdout.write(
        result.sound
          ? `${service}: ${result.positions} facts, chain sound\n`
          : `${service}: BROKEN at position ${result.position}\n`,
      )
    } finally {
      await db.destroy()
    }
  }
  return sound ? 0 : 1
}
