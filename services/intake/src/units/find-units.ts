import { fitIntoReply } from '@songnhap/bus'
import type { findUnits as contract, ReplyOf, RequestOf, UnitVersion } from '@songnhap/contracts'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { DB } from '../schema.gen.ts'
import { unitKeys } from './unit-keys.ts'

const FOUND_MAX = 100

/** Units with this name, and apart from them those whose names differ in marks only. */
export async function findUnits(
  db: Kysely<DB>,
  request: RequestOf<typeof contract>,
): Promise<ReplyOf<typeof contract>> {
  const keys = unitKeys(request.name)
  const isExact =
    keys.type === undefined
      ? sql<boolean>`bare_key = ${keys.bare}`
      : sql<boolean>`name_key = ${keys.name}`
  const matches = await select(db, request, isExact)
  const isNear = sql<boolean>`folded_key = ${keys.folded} and not (${isExact})`
  const suggestions = await select(db, request, isNear)
  const exact = fitIntoReply(matches.slice(0, FOUND_MAX))
  const near = fitIntoReply(suggestions.slice(0, FOUND_MAX))
  return {
    matches: exact.fitting,
    suggestions: exact.more ? [] : near.fitting,
    more: exact.more || near.more || matches.length > FOUND_MAX || suggestions.length > FOUND_MAX,
  }
}

type Found = { [Key in keyof UnitVersion]: UnitVersion[Key] | null }

async function select(
  db: Kysely<DB>,
  { on, level }: RequestOf<typeof contract>,
  condition: RawBuilder<boolean>,
): Promise<UnitVersion[]> {
  const { rows } = await sql<Found>`
    select unit_id as "unitId", code, level, type, name, valid_from::text as "validFrom",
      valid_to::text as "validTo",
      (with recursive above as (
        select parent_id, name, 0 as depth from unit_version where unit_id = u.parent_id
        union all
        select p.parent_id, p.name, depth + 1 from above
        join unit_version p on p.unit_id = above.parent_id where depth < 10
      ) select coalesce(json_agg(name order by depth), '[]') from above) as within,
      ${related('from_id', 'to_id')} as predecessors,
      ${related('to_id', 'from_id')} as successors
    from unit_version u
    where ${condition}
      and (${on ?? null}::date is null or (valid_from <= ${on ?? null}::date
        and (valid_to is null or valid_to > ${on ?? null}::date)))
      and (${level ?? null}::text is null or level = ${level ?? null}::text)
    order by valid_from, code
    limit ${FOUND_MAX + 1}`.execute(db)
  return rows.map(withoutNulls)
}

function related(theirs: 'from_id' | 'to_id', ours: 'from_id' | 'to_id'): RawBuilder<unknown> {
  return sql`(
    select coalesce(json_agg(json_strip_nulls(json_build_object('unitId', r.unit_id,
      'code', r.code, 'name', r.name, 'validFrom', r.valid_from::text,
      'validTo', r.valid_to::text, 'part', s.part)) order by r.code), '[]')
    from unit_succession s join unit_version r on r.unit_id = s.${sql.ref(theirs)}
    where s.${sql.ref(ours)} = u.unit_id)`
}

function withoutNulls(row: Found): UnitVersion {
  return Object.fromEntries(
    Object.entries(row).filter(([, value]) => value !== null),
  ) as unknown as UnitVersion
}
