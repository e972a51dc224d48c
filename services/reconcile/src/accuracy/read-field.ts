import {
  type readField as contract,
  Problem,
  type ReplyOf,
  type RequestOf,
} from '@songnhap/contracts'
import type { Kysely } from 'kysely'
import type { DB } from '../schema.gen.ts'
import { scopeOfField } from './confusion-counts.ts'
import { fieldsOfAll } from './narrow-tally.ts'
import { fieldFigures, fieldOfAll } from './operator-figures.ts'
import { readScope } from './operator-scope.ts'
import { readBasis } from './read-basis.ts'
import { selectConfusions } from './select-confusions.ts'

const TYPISTS_MAX = 1_000

/** One field over all typists of a campaign, or of a form. */
export async function readField(
  db: Kysely<DB>,
  { field, ...asked }: RequestOf<typeof contract>,
): Promise<ReplyOf<typeof contract>> {
  return await db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (trx) => {
      const scope = await readScope(trx, asked)
      const { operators, rates, cutOff } = await readBasis(trx, scope, { field })
      const tallies = [...operators.values()]
      const [whole] = fieldsOfAll(tallies)
      if (whole === undefined) throw new Problem('NOT_FOUND')
      const scopes = scope.campaignIds.map((campaignId) => scopeOfField(campaignId, field))
      const typists = tallies
        .flatMap(({ operatorId, fields: [own] }) => {
          if (own === undefined) return []
          const { judged, unjudged, rate, ratio } = fieldFigures(own, rates, cutOff)
          return [{ operatorId, judged, unjudged, rate, ratio }]
        })
        .toSorted((one, other) => other.judged - one.judged)
        .slice(0, TYPISTS_MAX)
        .toSorted((one, other) => (one.operatorId < other.operatorId ? -1 : 1))
      return {
        ...cutOff,
        ...fieldOfAll(whole, cutOff),
        typists,
        confusions: await selectConfusions(trx, scopes, scope.campaignIds),
      }
    })
}
