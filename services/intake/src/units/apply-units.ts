import { createHash } from 'node:crypto'
import { fitIntoReply } from '@songnhap/bus'
import {
  type applyUnitImport as applyContract,
  Problem,
  type planUnitImport as planContract,
  type ReplyOf,
  type RequestOf,
  type UnitCounts,
  type UnitRow,
} from '@songnhap/contracts'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { DB } from '../schema.gen.ts'
import { type Plan, planUnits, type Version } from './plan-units.ts'
import { type BaseOfDay, readBase } from './read-base.ts'
import { findImport, lockImport, type StagedImport } from './stage-units.ts'
import { unitKeys } from './unit-keys.ts'

const UNMATCHED_A_CALL_MAX = 1_000
const RENAMED_TOLD_MAX = 20
const ERRORS_TOLD_MAX = 50
/** Far below what a statement may bring; the server's memory is for others too. */
const ROWS_A_STATEMENT = 2_000

/** What applying would do; what it did can be read from its reply only. */
export async function planUnitImport(
  db: Kysely<DB>,
  { importId, after = 0 }: RequestOf<typeof planContract>,
): Promise<ReplyOf<typeof planContract>> {
  const staged = await findImport(db, importId)
  const { plan, previous } = await makePlan(db, staged)
  const left = plan.unmatched.slice(after, after + UNMATCHED_A_CALL_MAX)
  const { fitting } = fitIntoReply(left)
  return {
    applied: staged.applied !== null,
    ...(previous === undefined ? {} : { previous }),
    errors: [...plan.errors],
    counts: plan.counts,
    renamed: plan.renamed.slice(0, RENAMED_TOLD_MAX),
    unmatched: fitting,
    more: after + fitting.length < plan.unmatched.length,
    fingerprint: plan.fingerprint,
  }
}

/** All of it or nothing, and once. */
export async function applyUnitImport(
  db: Kysely<DB>,
  { importId, fingerprint }: RequestOf<typeof applyContract>,
): Promise<ReplyOf<typeof applyContract>> {
  return await db.transaction().execute(async (trx) => {
    await lockImport(trx, importId)
    const staged = await findImport(trx, importId)
    // Written below, by us.
    if (staged.applied !== null) return { counts: staged.applied as UnitCounts }
    await sql`lock table unit_state in exclusive mode`.execute(trx)
    const { plan, validTo } = await makePlan(trx, staged)
    if (plan.errors.length > 0) throw new Problem('UNITS_INVALID', inShort(plan))
    if (plan.fingerprint !== fingerprint) throw new Problem('UNITS_CHANGED')
    await closeVersions(trx, plan.closed, staged.validFrom)
    for (const some of inParts(plan.opened)) await insertVersions(trx, some, staged, validTo)
    for (const some of inParts(plan.successions)) await insertSuccessions(trx, some)
    await keepState(trx, staged, validTo)
    await finish(trx, importId, plan.counts)
    return { counts: plan.counts }
  })
}

async function makePlan(
  db: Kysely<DB>,
  staged: StagedImport,
): Promise<{ plan: Plan } & Pick<BaseOfDay, 'validTo' | 'previous'>> {
  const { rows } = await sql<{ unit: UnitRow }>`
    select unit from unit_import_row where import_id = ${staged.importId} order by line`.execute(db)
  const base = await readBase(db, staged)
  const units = rows.map(({ unit }) => unit)
  const plan = planUnits(units, base)
  const errors = units.length === 0 ? [EMPTY] : base.errors
  const { validTo, previous } = base
  if (errors.length === 0) return { plan, validTo, previous }
  const fingerprint = createHash('sha256').update(JSON.stringify(errors)).digest('hex')
  return { plan: { ...plan, errors, fingerprint }, validTo, previous }
}

/** Else it would end all that there is. */
const EMPTY = { line: 0, column: 'code', message: 'there is no unit in it' }

/** Lines and columns; the details of a refusal quote nothing. */
function inShort({ errors }: Plan): string[] {
  return errors.slice(0, ERRORS_TOLD_MAX).map(({ line, column }) => `line ${line}, ${column}`)
}

function* inParts<T>(all: readonly T[]): Generator<readonly T[]> {
  for (let from = 0; from < all.length; from += ROWS_A_STATEMENT) {
    yield all.slice(from, from + ROWS_A_STATEMENT)
  }
}

async function closeVersions(
  trx: Transaction<DB>,
  closed: readonly Version[],
  day: string,
): Promise<void> {
  const ids = closed.map(({ unitId }) => unitId)
  await sql`
    update unit_version set valid_to = ${day}::date
    where unit_id = any(${ids}::uuid[]) and valid_to is null`.execute(trx)
}

/** Those above stand before those in them. */
async function insertVersions(
  trx: Transaction<DB>,
  versions: readonly Version[],
  { validFrom }: StagedImport,
  validTo: string | undefined,
): Promise<void> {
  const keys = versions.map(({ name }) => unitKeys(name))
  await sql`
    insert into unit_version (unit_id, code, level, type, name, name_key, bare_key, folded_key,
      parent_id, valid_from, valid_to)
    select unit_id, code, level, type, name, name_key, bare_key, folded_key, parent_id,
      ${validFrom}::date, ${validTo ?? null}::date
    from unnest(
      ${versions.map(({ unitId }) => unitId)}::uuid[], ${versions.map(({ code }) => code)}::text[],
      ${versions.map(({ level }) => level)}::text[],
      ${versions.map(({ type }) => type ?? null)}::text[],
      ${versions.map(({ name }) => name)}::text[], ${keys.map(({ name }) => name)}::text[],
      ${keys.map(({ bare }) => bare)}::text[], ${keys.map(({ folded }) => folded)}::text[],
      ${versions.map(({ parentId }) => parentId ?? null)}::uuid[]
    ) as v (unit_id, code, level, type, name, name_key, bare_key, folded_key, parent_id)`.execute(
    trx,
  )
}

async function insertSuccessions(
  trx: Transaction<DB>,
  successions: Plan['successions'],
): Promise<void> {
  await sql`
    insert into unit_succession (from_id, to_id, part)
    select * from unnest(
      ${successions.map(({ fromId }) => fromId)}::uuid[],
      ${successions.map(({ toId }) => toId)}::uuid[],
      ${successions.map(({ part }) => part)}::text[])
    on conflict do nothing`.execute(trx)
}

async function keepState(
  trx: Transaction<DB>,
  { validFrom, source }: StagedImport,
  validTo: string | undefined,
): Promise<void> {
  await sql`
    insert into unit_state (valid_from, valid_to, source)
    values (${validFrom}::date, ${validTo ?? null}::date, ${source})
    on conflict do nothing`.execute(trx)
}

async function finish(trx: Transaction<DB>, importId: string, counts: UnitCounts): Promise<void> {
  await trx.deleteFrom('unit_import_row').where('import_id', '=', importId).execute()
  await trx
    .updateTable('unit_import')
    .set({ applied: JSON.stringify(counts) })
    .where('import_id', '=', importId)
    .execute()
}
