import { fitIntoReply } from '@songnhap/bus'
import type { readOperators as contract, ReplyOf, RequestOf } from '@songnhap/contracts'
import type { Kysely } from 'kysely'
import type { DB } from '../schema.gen.ts'
import { arbitersOf } from './arbiter-figures.ts'
import { figuresOf, ranked } from './operator-figures.ts'
import { readScope } from './operator-scope.ts'
import { readBasis } from './read-basis.ts'
import { selectTrends } from './select-trends.ts'

/** All people of a campaign, or of a form, as one moment saw them. */
export async function readOperators(
  db: Kysely<DB>,
  { after, ...asked }: RequestOf<typeof contract>,
): Promise<ReplyOf<typeof contract>> {
  return await db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (trx) => {
      const scope = await readScope(trx, asked)
      const basis = await readBasis(trx, scope)
      const trends = await selectTrends(trx, scope, [...basis.operators.keys()], basis.rates)
      const typists = [...basis.operators.values()].map((tally) =>
        figuresOf(tally, basis, trends.get(tally.operatorId) ?? null),
      )
      const { fitting, more } = fitIntoReply(
        ranked(typists)
          .toSorted((one, other) => (one.operatorId < other.operatorId ? -1 : 1))
          .filter(({ operatorId }) => after === undefined || operatorId > after),
      )
      const arbiters = after === undefined ? arbitersOf(basis.counts, basis.cutOff) : []
      return { ...basis.told, typists: fitting, arbiters, more }
    })
}
