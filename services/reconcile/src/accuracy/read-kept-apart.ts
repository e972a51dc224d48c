import { type Count, total } from '@songnhap/database'
import { sql, type Transaction } from 'kysely'
import type { DB } from '../schema.gen.ts'
import type { KeptApart } from './operator-figures.ts'
import type { Scope } from './operator-scope.ts'

const NONE = { judged: 0, wrong: 0 }

/** By person: what audits found of agreed fields, and what was keyed of known-answer pages. */
export async function readKeptApart(
  trx: Transaction<DB>,
  { campaignIds, from, to }: Pick<Scope, 'campaignIds' | 'from' | 'to'>,
  counts: readonly Required<Count>[],
): Promise<(operatorId: string) => KeptApart> {
  // What was settled anew was not known after all.
  const { rows } = await sql<KeptApart['known'] & { personId: string }>`
    select person_id as "personId", sum(judged)::int as judged, sum(wrong)::int as wrong
    from known_answer a
    where campaign_id = any (${campaignIds}::uuid[])
      and (${from}::date is null or day >= ${from}::date)
      and (${to}::date is null or day <= ${to}::date)
      and not exists (
        select from known_page_end e where e.page_id = a.page_id and e.reason = 'settled-anew')
    group by person_id`.execute(trx)
  const known = new Map(rows.map(({ personId, ...sums }) => [personId, sums]))
  const audited = Map.groupBy(
    counts.filter(({ measure }) => measure.startsWith('audited-agreed')),
    ({ subject }) => subject,
  )
  return (operatorId) => {
    const own = audited.get(operatorId) ?? []
    const agreed = {
      judged: total(own, 'audited-agreed'),
      wrong: total(own, 'audited-agreed-wrong'),
    }
    return { agreed, known: known.get(operatorId) ?? NONE }
  }
}
