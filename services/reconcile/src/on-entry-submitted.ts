import { type BodyOf, entrySubmitted } from '@songnhap/contracts'
import { type Change, type FactHandler, NotYet, on } from '@songnhap/database'
import { compareEntries } from './compare-entries.ts'
import type { DB } from './schema.gen.ts'

/**
 * Keeps the reading and, when it is the second of its page, compares the two. Whatever the order in
 * which entries come: the lock on the page's row makes the later of two see the earlier.
 */
export function onEntrySubmitted(arbitrationOpened: () => void): FactHandler<DB> {
  return on<DB, typeof entrySubmitted>(entrySubmitted, async (change, entry) => {
    await lockPage(change, entry.pageId)
    await storeReading(change, entry)
    if (entry.pass !== null) await compareEntries(change, entry.pageId, arbitrationOpened)
  })
}

async function lockPage({ trx }: Change<DB>, pageId: string): Promise<void> {
  const page = await trx
    .selectFrom('page')
    .select('page_id')
    .where('page_id', '=', pageId)
    .forUpdate()
    .executeTakeFirst()
  // Entry heard of the page from intake; this service may hear of it a moment later.
  if (page === undefined) throw new NotYet('intake has not said this page yet')
}

async function storeReading(
  { trx }: Change<DB>,
  entry: BodyOf<typeof entrySubmitted>,
): Promise<void> {
  await trx
    .insertInto('reading')
    .values({
      entry_id: entry.entryId,
      page_id: entry.pageId,
      person_id: entry.personId,
      pass: entry.pass,
      records: JSON.stringify(entry.records),
    })
    .execute()
  const people = new Set([entry.personId, ...entry.seenBy])
  await trx
    .insertInto('seen')
    .values([...people].map((person_id) => ({ page_id: entry.pageId, person_id })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
