import type { Kysely } from 'kysely'
import type { DB } from '../schema.gen.ts'

/**
 * Which part of the rulings is drawn from now on. In the database, as pages are settled in many ways; nothing
 * is drawn before it is said.
 */
export async function setShare(db: Kysely<DB>, share: number): Promise<void> {
  await db.updateTable('recheck_draw').set({ share }).execute()
}
