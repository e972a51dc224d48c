import type { BodyOf, FactContract } from '@songnhap/contracts'
import { checkStrictly } from '@songnhap/contracts/check'
import { type Kysely, sql } from 'kysely'

/** The bodies of all facts of one kind that a service has said, in the order of saying. */
export async function factsSaid<S, C extends FactContract>(
  db: Kysely<S>,
  contract: C,
): Promise<BodyOf<C>[]> {
  const check = checkStrictly(contract.kind, contract.body)
  const { rows } = await sql<{ body: unknown }>`
    select body from fact where kind = ${contract.kind} order by fact_id`.execute(db)
  return rows.map(({ body }) => check(body) as BodyOf<C>)
}
