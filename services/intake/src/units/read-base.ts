import type { UnitError } from '@songnhap/contracts'
import { type Kysely, sql } from 'kysely'
import type { DB } from '../schema.gen.ts'
import type { Base, Version } from './plan-units.ts'
import type { StagedImport } from './stage-units.ts'

export interface BaseOfDay extends Base {
  /** Why no units of this day can be imported. */
  readonly errors: readonly UnitError[]
  /** The day on which what begins now ends. */
  readonly validTo: string | undefined
  /** The state before this day. */
  readonly previous: string | undefined
}

/** What is there on the day of an import and the day before. */
export async function readBase(db: Kysely<DB>, staged: StagedImport): Promise<BaseOfDay> {
  const { validFrom: day } = staged
  const { rows: states } = await sql<State>`
    select valid_from::text as "validFrom", valid_to::text as "validTo"
    from unit_state order by valid_from`.execute(db)
  const before = await versionsOn(
    db,
    sql<boolean>`valid_from < ${day}::date
    and (valid_to is null or valid_to >= ${day}::date)`,
  )
  const now = await versionsOn(
    db,
    sql<boolean>`valid_from <= ${day}::date
    and (valid_to is null or valid_to > ${day}::date)`,
  )
  const loaded = states.some(({ validFrom }) => validFrom === day)
  const previous = states.findLast(({ validFrom }) => validFrom < day)?.validFrom
  return { before, now, loaded, previous, ...placeOf(staged, states, loaded) }
}

interface State {
  readonly validFrom: string
  readonly validTo: string | null
}

/**
 * States come in after the last one or before the first one. One in between would have to cut versions
 * in two that others may refer to already.
 */
function placeOf(
  { validFrom: day, validTo }: StagedImport,
  states: readonly State[],
  loaded: boolean,
): Pick<BaseOfDay, 'errors' | 'validTo'> {
  const refuse = (column: string, message: string) => ({
    errors: [{ line: 0, column, message }],
    validTo,
  })
  const [first, last] = [states[0], states.at(-1)]
  if (first === undefined || last === undefined || loaded) return { errors: [], validTo }
  if (day > last.validFrom) {
    const until = last.validTo
    return until === null || until <= day
      ? { errors: [], validTo }
      : refuse(
          'valid-from',
          `the units of ${last.validFrom} hold until ${until}: take that day or a later one`,
        )
  }
  if (day > first.validFrom) {
    return refuse(
      'valid-from',
      `units of ${first.validFrom} to ${last.validFrom} are loaded: a state goes before or after these`,
    )
  }
  return validTo !== undefined && validTo > first.validFrom
    ? refuse('valid-to', `units of ${first.validFrom} are loaded: take that day or an earlier one`)
    : { errors: [], validTo: validTo ?? first.validFrom }
}

async function versionsOn(
  db: Kysely<DB>,
  condition: ReturnType<typeof sql<boolean>>,
): Promise<Version[]> {
  const rows = await db
    .selectFrom('unit_version')
    .select(['unit_id', 'code', 'level', 'type', 'name', 'parent_id'])
    .where(condition)
    .execute()
  return rows.map((row) => ({
    unitId: row.unit_id,
    code: row.code,
    level: row.level,
    type: row.type ?? undefined,
    name: row.name,
    parentId: row.parent_id ?? undefined,
  }))
}
