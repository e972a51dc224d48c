import type { UnitRow, UnmatchedPredecessor } from '@songnhap/contracts'
import type { Version } from './plan-units.ts'
import { type NamedPredecessor, readMadeFrom } from './read-made-from.ts'
import { unitKeys } from './unit-keys.ts'

export interface Succession {
  readonly fromId: string
  readonly toId: string
  readonly part: 'whole' | 'part'
}

type Reason = UnmatchedPredecessor['reason']
interface Found {
  readonly from: Version
  readonly part: 'whole' | 'part'
}
interface Missed {
  readonly words: string
  readonly reason: Reason
}

const WORDS_LENGTH_MAX = 300

/**
 * Of which units of the day before each unit was made: by codes where the file has them, else by the
 * names in its words, within what the unit above it was made of. Names must be the same to the tone
 * mark; what is not there, or there twice, is told and never guessed.
 */
export function matchPredecessors(
  ordered: readonly UnitRow[],
  versions: ReadonlyMap<string, Version>,
  before: readonly Version[],
): { successions: Succession[]; unmatched: UnmatchedPredecessor[] } {
  const gazetteer = new Gazetteer(before)
  const successions = new Map<string, Succession>()
  const unmatched: UnmatchedPredecessor[] = []
  /** By code of a unit of the day: the units of the day before that it was made of, or is. */
  const madeOf = new Map<string, readonly Version[]>()
  for (const row of ordered) {
    const version = versions.get(row.code)
    if (version === undefined) continue
    const within = row.parentCode === undefined ? undefined : (madeOf.get(row.parentCode) ?? [])
    const { found, missed } = predecessorsOf(row, gazetteer, within)
    const goesOn = gazetteer.byId.get(version.unitId)
    madeOf.set(row.code, [...found.map(({ from }) => from), ...(goesOn ? [goesOn] : [])])
    for (const { from, part } of found) {
      if (from.unitId === version.unitId) continue
      const succession = { fromId: from.unitId, toId: version.unitId, part }
      successions.set(`${from.unitId} ${version.unitId}`, succession)
    }
    for (const { words, reason } of missed) {
      const told = [...words].slice(0, WORDS_LENGTH_MAX).join('')
      unmatched.push({ line: row.line, code: row.code, words: told, reason })
    }
  }
  return { successions: [...successions.values()], unmatched }
}

function predecessorsOf(
  { code, level, name, madeFrom, predecessorCodes }: UnitRow,
  gazetteer: Gazetteer,
  within: readonly Version[] | undefined,
): { found: Found[]; missed: Missed[] } {
  if (predecessorCodes !== undefined) {
    const found = predecessorCodes.flatMap((one) => gazetteer.byCode.get(one) ?? [])
    const missed = predecessorCodes.filter((one) => !gazetteer.byCode.has(one))
    return {
      found: found.map((from) => ({ from, part: 'whole' })),
      missed: missed.map((words) => ({ words, reason: 'not-found' })),
    }
  }
  if (madeFrom === undefined) return { found: [], missed: [] }
  if (within?.length === 0) {
    return { found: [], missed: [{ words: madeFrom, reason: 'parent-unmatched' }] }
  }
  const { kept, named, rest } = readMadeFrom(madeFrom)
  const found: Found[] = []
  const missed: Missed[] = rest === '' ? [] : [{ words: rest, reason: 'not-understood' }]
  if (kept) {
    const alike = gazetteer.find(level, name, within)
    // Kept under its code as well: that tells two of the same name apart.
    const one = alike.find((version) => version.code === code) ?? onlyOf(alike)
    if (one === undefined) missed.push({ words: madeFrom, reason: reasonOf(alike) })
    else found.push({ from: one, part: 'whole' })
  }
  for (const one of named) {
    const alike = gazetteer.find(level, one.name, within).filter((it) => gazetteer.isIn(it, one))
    const from = onlyOf(alike)
    if (from === undefined) missed.push({ words: one.words, reason: reasonOf(alike) })
    else found.push({ from, part: one.part })
  }
  return { found, missed }
}

function onlyOf(versions: readonly Version[]): Version | undefined {
  return versions.length === 1 ? versions[0] : undefined
}

function reasonOf(alike: readonly Version[]): Reason {
  return alike.length === 0 ? 'not-found' : 'several'
}

/** The units of one day, to be found by name within others. */
class Gazetteer {
  readonly byId: ReadonlyMap<string, Version>
  readonly byCode: ReadonlyMap<string, Version>
  readonly #byName = new Map<string, Version[]>()

  constructor(versions: readonly Version[]) {
    this.byId = new Map(versions.map((version) => [version.unitId, version]))
    this.byCode = new Map(versions.map((version) => [version.code, version]))
    for (const version of versions) {
      const key = keyOf(version.level, version.name)
      const alike = this.#byName.get(key)
      if (alike === undefined) this.#byName.set(key, [version])
      else alike.push(version)
    }
  }

  /** All of a level with this name, somewhere in one of `within`. */
  find(level: string, name: string, within: readonly Version[] | undefined): Version[] {
    const alike = this.#byName.get(keyOf(level, name)) ?? []
    if (within === undefined) return alike
    const above = new Set(within.map(({ unitId }) => unitId))
    return alike.filter((version) => this.#aboveOf(version).some((one) => above.has(one.unitId)))
  }

  /** Whether the words put it into a unit, and it is there. */
  isIn(version: Version, { within }: NamedPredecessor): boolean {
    if (within === undefined) return true
    const wanted = unitKeys(within).name
    return this.#aboveOf(version).some(({ name }) => unitKeys(name).name === wanted)
  }

  #aboveOf({ parentId }: Version): Version[] {
    const parent = parentId === undefined ? undefined : this.byId.get(parentId)
    return parent === undefined ? [] : [parent, ...this.#aboveOf(parent)]
  }
}

function keyOf(level: string, name: string): string {
  return `${level}\0${unitKeys(name).name}`
}
