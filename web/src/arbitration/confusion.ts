import { differingLetters } from '@songnhap/comparators'
import type { Question } from '@songnhap/contracts'

/** One pair of letters that two readings have in each other's place. */
export interface Confusion {
  /** The same whichever reading is shown first. */
  readonly key: string
  readonly first: string
  readonly second: string
}

/** Undefined where there are three readings, or two that differ in more than one place or not by letters at all. */
export function confusionOf({ kind, readings, third }: Question): Confusion | undefined {
  const [a, b] = readings
  if (third !== undefined) return undefined
  if (kind !== 'field' || a === null || b === null || a.mark !== b.mark) return undefined
  const { first, second } = differingLetters(a.value, b.value)
  const [x, y] = [first[0], second[0]]
  if (first.length !== 1 || x === undefined || y === undefined) return undefined
  const letters = [a.value.slice(x.start, x.end), b.value.slice(y.start, y.end)] as const
  const key = letters.map((text) => text.normalize('NFC').toLowerCase()).toSorted()
  return { key: JSON.stringify(key), first: letters[0], second: letters[1] }
}
