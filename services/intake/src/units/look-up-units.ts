import type { lookUpUnits as contract, ReplyOf, RequestOf } from '@songnhap/contracts'
import { type Kysely, sql } from 'kysely'
import type { DB } from '../schema.gen.ts'
import { type UnitKeys, unitKeys } from './unit-keys.ts'

/** What is said before the name of the unit whose office it is. */
const OFFICE = /^\s*(?:[uủ][yỷ] ban nhân dân|ubnd)\s+/iu
/** What follows is what the unit is in. Names have hyphens too: only before another kind of unit is it one. */
const WITHIN = /[,;]|(?:\s+[-–])?\s+(?=(?:huyện|quận|thị xã|thành phố|tỉnh|tp\.?|h\.|t\.)\s)/iu

interface State {
  readonly validFrom: string
  readonly validTo: string | null
}

/** In as many statements for many places as for one. */
export async function lookUpUnits(
  db: Kysely<DB>,
  { places }: RequestOf<typeof contract>,
): Promise<ReplyOf<typeof contract>> {
  const keys = places.map(({ place }) => keysOf(place))
  const { rows: states } = await sql<State>`
    select valid_from::text as "validFrom", valid_to::text as "validTo"
    from unit_state order by valid_from`.execute(db)
  const { rows } = await sql<{ isThere: boolean; hasType: boolean }>`
    select
      exists (select from unit_version u
        where u.bare_key = p.bare and (p.type is null or u.type = p.type)
          and u.valid_from <= p.last and (u.valid_to is null or u.valid_to > p.first)) as "isThere",
      exists (select from unit_version u
        where u.type = p.type
          and u.valid_from <= p.last and (u.valid_to is null or u.valid_to > p.first)) as "hasType"
    from unnest(
      ${keys.map(({ bare }) => bare)}::text[],
      ${keys.map(({ type }) => type ?? null)}::text[],
      ${places.map(({ first }) => first)}::date[],
      ${places.map(({ last }) => last)}::date[]
    ) with ordinality as p (bare, type, first, last, at)
    order by at`.execute(db)
  const known = rows.map(({ isThere, hasType }, at) => {
    if (isThere) return true
    const { first, last } = places[at] ?? { first: '', last: '' }
    // Of a list without communes, no commune could be said not to be there.
    return hasType && isCovered(states, first, last) ? false : null
  })
  return { known }
}

/** The unit itself: `xã Hoa Sơn` of `UBND xã Hoa Sơn, huyện Anh Sơn`. */
function keysOf(place: string): UnitKeys {
  const [unit = ''] = place.normalize('NFC').replace(OFFICE, '').split(WITHIN)
  return unitKeys(unit)
}

/** Whether it is known of every day from the first to the last which units there were. */
function isCovered(states: readonly State[], first: string, last: string): boolean {
  const [earliest] = states
  if (earliest === undefined || first < earliest.validFrom) return false
  return states.every(({ validTo }, at) => {
    const next = states[at + 1]?.validFrom
    return validTo === null || last < validTo || (next !== undefined && next <= first)
  })
}
