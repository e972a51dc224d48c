/** What keying a page costs the hands. Counts only: no text is kept. */
import type { Effort } from '@songnhap/contracts'

/** Whoever does nothing for so long has a break; reading a hard line takes less. */
const BREAK_MS = 30_000
/**
 * Input methods on Windows write a letter anew by erasing what stands there and sending the new one, faster than any
 * hand: that is one key, and nothing was erased.
 */
const BY_MACHINE_MS = 25
const LONG_LETTERS = 6
const FEW_KEYS_SHARE = 0.3
const QUICK_MS_A_LETTER = 40
/** As the contract has it: an entry must never be refused for what it cost. */
const MS_MAX = 86_400_000
const KEYS_MAX = 1_000_000
const GRAPHEMES = new Intl.Segmenter('vi', { granularity: 'grapheme' })

export interface Edit {
  readonly record: string
  readonly field: string
  readonly before: string
  readonly after: string
  readonly isPaste: boolean
}

interface Cell {
  ms: number
  keys: number
  inserted: number
  deleted: number
  pastes: number
}
/** A reading that will be sent: what stands in its field, if it was typed there. */
export interface Kept {
  readonly record: string
  readonly field: string
  readonly typed: string | undefined
}

export class EffortMeter {
  readonly #cells = new Map<string, Map<string, Cell>>()
  #keys = 0
  #erased = 0
  #last: number
  /** The last edits took letters away, one right after the other. */
  #tookAway: { readonly at: number; readonly cell: Cell; readonly times: number } | undefined

  constructor(now: number) {
    this.#last = now
  }

  /** Somebody is at work in this field: time up to now is its. */
  touch(record: string, field: string, now: number): void {
    const passed = now - this.#last
    this.#last = now
    // A clock that was set back says nothing.
    if (passed > 0 && passed <= BREAK_MS) this.#cell(record, field).ms += passed
  }

  edit({ record, field, before, after, isPaste }: Edit, now: number): void {
    this.touch(record, field, now)
    const cell = this.#cell(record, field)
    const { inserted, deleted } = difference(before, after)
    cell.inserted += inserted
    cell.deleted += deleted
    if (isPaste) cell.pastes += 1
    const run = this.#runBefore(cell, now)
    if (inserted === 0 && deleted > 0) {
      this.#count(cell, 1, 1)
      this.#tookAway = { at: now, cell, times: run + 1 }
    } else {
      // Taken away by the input method: with this letter they are one key, and nobody erased anything.
      this.#count(cell, 1 - run, -run)
      this.#tookAway = undefined
    }
  }

  /** How often letters were taken away just now, faster than any hand. */
  #runBefore(cell: Cell, now: number): number {
    const run = this.#tookAway
    return run?.cell === cell && now - run.at <= BY_MACHINE_MS ? run.times : 0
  }

  #count(cell: Cell, keys: number, erased: number): void {
    cell.keys += keys
    this.#keys += keys
    this.#erased += erased
  }

  /** Of the readings that are sent, in their order. */
  effortOf(kept: readonly Kept[]): Effort {
    const told = kept.map(({ record, field, typed }) => {
      const cell = this.#cells.get(record)?.get(field) ?? newCell()
      return { record, field, typed, cell }
    })
    const sumsBy = (name: 'record' | 'field') => {
      const sums = new Map<string, Cell>()
      for (const one of told) sums.set(one[name], added(sums.get(one[name]) ?? newCell(), one.cell))
      return sums
    }
    const long = told.filter(({ typed }) => lettersOf(typed ?? '') >= LONG_LETTERS)
    return {
      gapsMs: [...sumsBy('record').values()].map(({ ms }) => within(ms, MS_MAX)),
      keys: within(this.#keys, KEYS_MAX),
      erased: within(this.#erased, KEYS_MAX),
      fields: Object.fromEntries(
        [...sumsBy('field')].map(([field, { ms, inserted, deleted, pastes }]) => [
          field,
          {
            ms: within(ms, MS_MAX),
            inserted: within(inserted, KEYS_MAX),
            deleted: within(deleted, KEYS_MAX),
            pastes: within(pastes, KEYS_MAX),
          },
        ]),
      ),
      hands: {
        long: long.length,
        pasted: long.filter(isPasted).length,
        hurried: long.filter((one) => !isPasted(one) && isHurried(one)).length,
      },
    }
  }

  #cell(record: string, field: string): Cell {
    const fields = this.#cells.get(record) ?? new Map<string, Cell>()
    this.#cells.set(record, fields)
    const cell = fields.get(field) ?? newCell()
    fields.set(field, cell)
    return cell
  }
}

interface Told {
  readonly typed: string | undefined
  readonly cell: Cell
}

function isPasted({ typed = '', cell }: Told): boolean {
  return cell.pastes > 0 && cell.keys < FEW_KEYS_SHARE * lettersOf(typed)
}

function isHurried({ typed = '', cell }: Told): boolean {
  return cell.ms < QUICK_MS_A_LETTER * lettersOf(typed)
}

function newCell(): Cell {
  return { ms: 0, keys: 0, inserted: 0, deleted: 0, pastes: 0 }
}

function added(one: Cell, other: Cell): Cell {
  return {
    ms: one.ms + other.ms,
    keys: one.keys + other.keys,
    inserted: one.inserted + other.inserted,
    deleted: one.deleted + other.deleted,
    pastes: one.pastes + other.pastes,
  }
}

function within(amount: number, most: number): number {
  return Math.min(most, Math.round(amount))
}

function lettersOf(text: string): number {
  return [...GRAPHEMES.segment(text)].length
}

/** Letters between what both begin and what both end with. */
function difference(before: string, after: string) {
  const [one, other] = [before, after].map((text) =>
    [...GRAPHEMES.segment(text)].map(({ segment }) => segment),
  ) as [string[], string[]]
  const shorter = Math.min(one.length, other.length)
  let start = 0
  while (start < shorter && one[start] === other[start]) start += 1
  let end = 0
  while (end < shorter - start && one.at(-1 - end) === other.at(-1 - end)) end += 1
  return { inserted: other.length - start - end, deleted: one.length - start - end }
}
