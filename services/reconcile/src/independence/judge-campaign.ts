import type { Kysely } from 'kysely'
import type { DB } from '../schema.gen.ts'
import { type JudgedPairs, judgePairs } from './judge-pairs.ts'
import { loadPairs } from './load-pairs.ts'
import { pairKey, selectWaiting } from './select-waiting.ts'

/**
 * All pairs of the campaigns with this campaign's form. A page on which two people agree is settled at once, and one
 * on which they differ waits: while there is a backlog, honest pairs would seem to agree. So of whoever stands out
 * each waiting page counts as so many differences as a page of theirs has by expectation, and one at least.
 */
export async function judgeCampaign(db: Kysely<DB>, campaignId: string): Promise<JudgedPairs> {
  const loaded = await loadPairs(db, campaignId)
  const judged = judgePairs(loaded)
  const expected = new Map(
    judged.pairs.flatMap(({ campaignId, figures }) => {
      const members = figures.members.map(({ personId }) => personId)
      return figures.flagged ? [[pairKey({ campaignId, members }), figures.expected ?? 0]] : []
    }),
  )
  const suspects = loaded.pairs.filter((pair) => expected.has(pairKey(pair)))
  if (suspects.length === 0) return judged
  const waiting = await selectWaiting(db, suspects)
  if (waiting.size === 0) return judged
  const pairs = loaded.pairs.map((pair) => {
    const ofPage = Math.max(1, (expected.get(pairKey(pair)) ?? 0) / pair.pages)
    const more = Math.round((waiting.get(pairKey(pair)) ?? 0) * ofPage)
    return { ...pair, differing: Math.min(pair.differing + more, pair.fields) }
  })
  return judgePairs({ ...loaded, pairs })
}
