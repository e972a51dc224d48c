import type { BodyOf, entrySubmitted } from '@songnhap/contracts'
import type { Change } from '@songnhap/database'
import { draw } from './compare-entries.ts'
import { loadPageCase } from './load-page-case.ts'
import { advance, type PageCase } from './page-case.ts'
import type { DB } from './schema.gen.ts'
import { type Step, storeSteps } from './store-steps.ts'

type Entry = BodyOf<typeof entrySubmitted>

/**
 * Compares pages once more whose wanted readings have come, all that were wanted at one time: nobody
 * is shown a page that somebody else still has to key.
 */
export async function takeWanted(
  change: Change<DB>,
  entries: readonly Entry[],
  arbitrationOpened: () => void,
): Promise<void> {
  const steps: Step[] = []
  for (const [pageId, come] of Map.groupBy(entries, (entry) => entry.pageId)) {
    const before = await loadPageCase(change.trx, pageId)
    for (const entry of come) checkWanted(before, entry)
    if (before.state.kind === 'changed') steps.push({ before, after: advance(before, draw) })
  }
  if (steps.length > 0) await storeSteps(change, steps, arbitrationOpened)
}

function checkWanted({ wanted }: PageCase, { pass, turn, places, records }: Entry): void {
  const want = wanted.find((one) => one.pass === pass && one.turn === turn)
  if (want === undefined) throw new Error('a reading that nobody wanted')
  const asWanted =
    want.only === null
      ? places === undefined
      : want.only.places.join() === places?.join() && records.length === want.only.rows.length
  if (!asWanted) throw new Error('a reading of other records than were wanted')
}
