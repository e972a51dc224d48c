import { fitIntoReply } from '@songnhap/bus'
import type { readOperators as contract, ReplyOf, RequestOf } from '@songnhap/contracts'
import type { Kysely } from 'kysely'
import type { DB } from '../schema.gen.ts'
import { arbitersOf } from './arbiter-figures.ts'
import { fieldsOfAll, isNarrow } from './narrow-tally.ts'
import { fieldOfAll, figuresOf, ranked } from './operator-figures.ts'
import { readScope } from './operator-scope.ts'
import { readBasis } from './read-basis.ts'
import { selectTrends } from './select-trends.ts'

/** All people of a campaign, or of a form, as one moment saw them. */
export async function readOperators(
  db: Kysely<DB>,
  { after, field, class: fieldClass, ...asked }: RequestOf<typeof contract>,
): Promise<ReplyOf<typeof contract>> {
  return await db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (trx) => {
      const scope = await readScope(trx, asked)
      const narrow = { field, class: fieldClass }
      const basis = await readBasis(trx, scope, narrow)
      // A trend is over pages, which are keyed whole.
      const drawn = isNarrow(narrow) ? [] : [...basis.operators.keys()]
      const trends = await selectTrends(trx, scope, drawn, basis)
      const typists = [...basis.operators.values()].map((tally) =>
        figuresOf(tally, basis, trends.get(tally.operatorId) ?? null),
      )
      const { fitting, more } = fitIntoReply(
        ranked(typists)
          .toSorted((one, other) => (one.operatorId < other.operatorId ? -1 : 1))
          .filter(({ operatorId }) => after === undefined || operatorId > after),
      )
      const isFirst = after === undefined
      const arbiters = isFirst ? arbitersOf(basis.counts, basis.cutOff) : []
      const fields = isFirst ? fieldsOfAll([...basis.operators.values()]) : []
      const told = fields.map((one) => fieldOfAll(one, basis.cutOff))
      return { ...basis.told, typists: fitting, fields: told, arbiters, more }
    })
}
