import type { listUnitStates as contract, ReplyOf } from '@songnhap/contracts'
import { type Kysely, sql } from 'kysely'
import type { DB } from '../schema.gen.ts'

type State = ReplyOf<typeof contract>['states'][number]
const STATES_MAX = 1_000

export async function listUnitStates(db: Kysely<DB>): Promise<ReplyOf<typeof contract>> {
  const { rows } = await sql<Omit<State, 'validTo'> & { validTo: string | null }>`
    select s.valid_from::text as "validFrom", s.valid_to::text as "validTo", source,
      (select coalesce(json_agg(json_build_object('level', level, 'count', count)
          order by top desc, count), '[]')
        from (select level, count(*) as count, bool_or(parent_id is null) as top from unit_version u
          where u.valid_from <= s.valid_from and (u.valid_to is null or u.valid_to > s.valid_from)
          group by level) as by_level) as units,
      (select count(*) from unit_succession join unit_version f on f.unit_id = from_id
        join unit_version t on t.unit_id = to_id
        where s.valid_from = greatest(t.valid_from, coalesce(f.valid_to, t.valid_from)))
        as successions
    from unit_state s order by s.valid_from limit ${STATES_MAX}`.execute(db)
  return {
    states: rows.map(({ validTo, ...state }) => ({
      ...state,
      ...(validTo === null ? {} : { validTo }),
    })),
  }
}
