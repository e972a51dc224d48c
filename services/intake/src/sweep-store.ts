import { type Errand, errand } from '@songnhap/database'
import type { ImageStore } from '@songnhap/images'
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import { forgetBytes, WANTED } from './bytes-of-file.ts'
import type { DB } from './schema.gen.ts'

const SWEEP_EVERY_MS = 3_600_000
const FILES_A_QUERY = 500

/**
 * Removes what nobody asks for any more: what was left half made by processes that were ended, and
 * files that were kept by a transaction that was then rolled back.
 */
export function sweepStore(db: Kysely<DB>, images: ImageStore, log: Logger): Errand {
  return errand('sweep the image store', SWEEP_EVERY_MS, log, async (leading) => {
    await images.sweep()
    let some: string[] = []
    for await (const sha256 of images.oldFiles()) {
      if (leading.aborted) return
      some.push(sha256)
      if (some.length < FILES_A_QUERY) continue
      await forgetUnwanted(db, images, some)
      some = []
    }
    await forgetUnwanted(db, images, some)
  })
}

/** Most are wanted, as what pages were made of; the others are looked at again under their lock. */
async function forgetUnwanted(
  db: Kysely<DB>,
  images: ImageStore,
  hashes: readonly string[],
): Promise<void> {
  const rows = await db
    .selectFrom('file')
    .select('sha256')
    .where('sha256', 'in', ['', ...hashes])
    .where('state', 'in', WANTED)
    .execute()
  const wanted = new Set(rows.map((row) => row.sha256))
  for (const sha256 of hashes) if (!wanted.has(sha256)) await forgetBytes(db, images, sha256)
}
