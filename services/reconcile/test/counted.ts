import type { Kysely } from 'kysely'
import { readScope } from '../src/accuracy/operator-scope.ts'
import { tallyOperators } from '../src/accuracy/operator-tally.ts'
import { selectOperatorCounts } from '../src/accuracy/select-operator-counts.ts'
import type { DB } from '../src/schema.gen.ts'

/** What was counted of each typist of a campaign, by id: also of those of whom no rate is told yet. */
export async function countedOf(db: Kysely<DB>, campaignId: string) {
  return await db.transaction().execute(async (trx) => {
    const scope = await readScope(trx, { campaignId })
    const tallies = tallyOperators(await selectOperatorCounts(trx, scope), scope.formOf)
    return [...tallies.values()]
      .map((tally) => ({
        ...tally,
        rowErrors: tally.left_out + tally.made_up + tally.slips,
      }))
      .toSorted((one, other) => (one.operatorId < other.operatorId ? -1 : 1))
  })
}
