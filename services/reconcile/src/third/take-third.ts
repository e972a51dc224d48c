import type { Change } from '@songnhap/database'
import { draw } from '../compare-entries.ts'
import { loadPageCase } from '../load-page-case.ts'
import { askWhatIsOpen } from '../page-case.ts'
import { keyOf } from '../place.ts'
import type { DB } from '../schema.gen.ts'
import { storeSteps } from '../store-steps.ts'
import { doubtMajorities } from './doubt-majorities.ts'

/**
 * What a third person keyed of a page is kept: two who agree settle a field, and an arbiter is asked the rest. What he
 * or she keyed of that on which two had agreed says nothing of what third entries of differences cost.
 */
export async function takeThird(
  change: Change<DB>,
  pageId: string,
  arbitrationOpened: () => void,
): Promise<void> {
  const read = await loadPageCase(change.trx, pageId)
  const isDoubted = await doubtMajorities(change.trx, read)
  const before = isDoubted ? await loadPageCase(change.trx, pageId) : read
  const { thirds, agreedAsked } = before.compared
  const open = before.state.kind === 'open' ? before.state.open : []
  const undecided = open.filter(
    ({ place, agreed = false }) => !agreed && thirds?.has(keyOf(place)) === true,
  )
  const scope = before.campaignId
  change.count([
    { scope, measure: 'third-keyed', amount: (thirds?.size ?? 0) - (agreedAsked?.size ?? 0) },
    { scope, measure: 'third-no-majority', amount: undecided.length },
  ])
  const after = askWhatIsOpen(before, draw)
  await storeSteps(change, [{ before, after }], arbitrationOpened)
}
