import { createHash } from 'node:crypto'
import type {
  RenamedUnit,
  UnitCounts,
  UnitError,
  UnitRow,
  UnmatchedPredecessor,
} from '@songnhap/contracts'
import { uuidv7 } from 'uuidv7'
import { matchPredecessors, type Succession } from './match-predecessors.ts'
import { unitKeys } from './unit-keys.ts'
import { inOrderOfLevels } from './unit-rows.ts'

/** A version as it is stored, or is to be. */
export interface Version {
  readonly unitId: string
  readonly code: string
  readonly level: string
  readonly type: string | undefined
  readonly name: string
  readonly parentId: string | undefined
}

export interface Base {
  /** Valid on the day before. */
  readonly before: readonly Version[]
  /** Valid on the day itself, before anything is applied. */
  readonly now: readonly Version[]
  /** A state of this very day is loaded already. */
  readonly loaded: boolean
}

export interface Plan {
  readonly errors: readonly UnitError[]
  readonly opened: readonly Version[]
  readonly closed: readonly Version[]
  readonly successions: readonly Succession[]
  readonly unmatched: readonly UnmatchedPredecessor[]
  readonly renamed: readonly RenamedUnit[]
  readonly counts: UnitCounts
  readonly fingerprint: string
}

/**
 * What has to happen so that the units of a day are those of the rows. What is the same as the day
 * before, and in the same version of what it is in, goes on; everything else ends or begins.
 */
export function planUnits(rows: readonly UnitRow[], base: Base): Plan {
  const { ordered, errors } = inOrderOfLevels(rows)
  if (errors.length > 0) return withoutEffect(rows, errors)
  const { versions, opened } = settle(ordered, base.now)
  const kept = new Set([...versions.values()].map(({ unitId }) => unitId))
  const closed = base.now.filter(({ unitId }) => !kept.has(unitId))
  if (base.loaded && opened.length + closed.length > 0) {
    return withoutEffect(rows, differencesOf(rows, opened, closed))
  }
  const { successions, unmatched } = matchPredecessors(ordered, versions, base.before)
  const beforeByCode = new Map(base.before.map((version) => [version.code, version]))
  const changes = kindsOfChange(opened, versions, beforeByCode)
  const carried = carryOver(ordered, versions, base.before, successions)
  const all = [...successions, ...carried]
  const counts = {
    rows: rows.length,
    opened: opened.length,
    closed: closed.length,
    unchanged: rows.length - opened.length,
    ...changes.counts,
    successions: all.length,
    unmatched: unmatched.length,
  }
  const plan = {
    errors,
    opened,
    closed,
    successions: all,
    unmatched,
    renamed: changes.renamed,
    counts,
  }
  return { ...plan, fingerprint: fingerprintOf(plan, versions) }
}

/** For each row the version that goes on, or a new one. */
function settle(ordered: readonly UnitRow[], now: readonly Version[]) {
  const nowByCode = new Map(now.map((version) => [version.code, version]))
  const versions = new Map<string, Version>()
  const opened: Version[] = []
  for (const row of ordered) {
    const parentId = row.parentCode === undefined ? undefined : versions.get(row.parentCode)?.unitId
    const { code, level, name } = row
    const next = { code, level, name, type: typeOf(row), parentId }
    const old = nowByCode.get(code)
    if (old !== undefined && old.parentId === parentId && isSameUnit(old, next)) {
      versions.set(code, old)
    } else {
      const version = { unitId: uuidv7(), ...next }
      versions.set(code, version)
      opened.push(version)
    }
  }
  return { versions, opened }
}

/** What the name says goes before what a column says: lists have no type, or one of their own. */
function typeOf({ name, type }: UnitRow): string | undefined {
  return unitKeys(name).type ?? type
}

type Comparable = Pick<Version, 'level' | 'type' | 'name'>

/** Where only the place of a tone mark, blanks or capitals differ, it is the same name. */
function isSameUnit(one: Comparable, other: Comparable): boolean {
  return one.level === other.level && one.type === other.type && isSameName(one.name, other.name)
}

function isSameName(one: string, other: string): boolean {
  return one === other || unitKeys(one).name === unitKeys(other).name
}

function kindsOfChange(
  opened: readonly Version[],
  versions: ReadonlyMap<string, Version>,
  before: ReadonlyMap<string, Version>,
) {
  const codeById = new Map(
    [...before.values(), ...versions.values()].map(({ unitId, code }) => [unitId, code]),
  )
  const parentCode = ({ parentId }: Version) =>
    parentId === undefined ? undefined : codeById.get(parentId)
  const counts = { renamed: 0, moved: 0, carried: 0 }
  const renamed: RenamedUnit[] = []
  for (const version of opened) {
    const old = before.get(version.code)
    if (old === undefined) continue
    if (!isSameName(old.name, version.name)) {
      counts.renamed += 1
      renamed.push({ code: version.code, before: old.name, after: version.name })
    } else if (parentCode(old) !== parentCode(version)) counts.moved += 1
    else if (isSameUnit(old, version)) counts.carried += 1
  }
  return { counts, renamed }
}

/** The same code, name and code of what it is in: the unit went on while that became another version. */
function carryOver(
  ordered: readonly UnitRow[],
  versions: ReadonlyMap<string, Version>,
  before: readonly Version[],
  known: readonly Succession[],
): Succession[] {
  const byCode = new Map(before.map((version) => [version.code, version]))
  const byId = new Map(before.map((version) => [version.unitId, version]))
  const told = new Set(known.map(({ fromId, toId }) => `${fromId} ${toId}`))
  return ordered.flatMap(({ code, parentCode }): Succession[] => {
    const [from, to] = [byCode.get(code), versions.get(code)]
    if (from === undefined || to === undefined || from.unitId === to.unitId) return []
    const above = from.parentId === undefined ? undefined : byId.get(from.parentId)?.code
    const isCarried = above === parentCode && isSameUnit(from, to)
    if (!isCarried || told.has(`${from.unitId} ${to.unitId}`)) return []
    return [{ fromId: from.unitId, toId: to.unitId, part: 'whole' }]
  })
}

/** A day's units never change once they are loaded. */
function differencesOf(
  rows: readonly UnitRow[],
  opened: readonly Version[],
  closed: readonly Version[],
): UnitError[] {
  const lines = new Map(rows.map(({ code, line }) => [code, line]))
  const message = 'the units of this day are loaded already, and there this one is otherwise'
  const gone = closed.filter(({ code }) => !lines.has(code))
  return [
    ...opened.map(({ code }) => ({ line: lines.get(code) ?? 0, column: 'code', message })),
    ...gone.map(({ code }) => ({
      line: 0,
      column: 'code',
      message: `the units of this day are loaded already, and ${code} among them`,
    })),
  ].slice(0, 100)
}

function withoutEffect(rows: readonly UnitRow[], errors: readonly UnitError[]): Plan {
  const counts: UnitCounts = {
    rows: rows.length,
    opened: 0,
    closed: 0,
    unchanged: 0,
    renamed: 0,
    moved: 0,
    carried: 0,
    successions: 0,
    unmatched: 0,
  }
  const nothing = { errors, opened: [], closed: [], successions: [], unmatched: [], renamed: [] }
  const fingerprint = createHash('sha256').update(JSON.stringify(errors)).digest('hex')
  return { ...nothing, counts, fingerprint }
}

/** New versions have a new id in each plan, so they are named by their codes. */
function fingerprintOf(
  plan: Pick<Plan, 'opened' | 'closed' | 'successions' | 'counts'>,
  versions: ReadonlyMap<string, Version>,
): string {
  const isNew = new Map(plan.opened.map(({ unitId, code }) => [unitId, `new ${code}`]))
  const nameOf = (unitId: string | undefined) =>
    unitId === undefined ? null : (isNew.get(unitId) ?? unitId)
  const all = [...versions.values()].map((version) => [
    nameOf(version.unitId),
    version.name,
    version.type ?? null,
    nameOf(version.parentId),
  ])
  const successions = plan.successions.map(({ fromId, toId, part }) => [fromId, nameOf(toId), part])
  const closed = plan.closed.map(({ unitId }) => unitId).toSorted()
  const text = JSON.stringify([plan.counts, all, closed, successions])
  return createHash('sha256').update(text).digest('hex')
}
