/**
 * Seeded randomness: sfc32 (Chris Doty-Humphrey, PractRand), started from the seed and the keys of
 * a stream. Streams with different keys do not disturb each other, so a page needs no other page.
 */

const WARM_UP_STEPS = 12

/** The next number, from 0 up to but not including 1. */
export type Random = () => number

export function createRandom(seed: number, ...keys: readonly (number | string)[]): Random {
  let [a, b, c, d] = hashed(JSON.stringify([seed, ...keys]))
  const next = (): number => {
    const sum = (((a + b) | 0) + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + sum) | 0
    return (sum >>> 0) / 2 ** 32
  }
  for (let step = 0; step < WARM_UP_STEPS; step += 1) next()
  return next
}

export function between(random: Random, min: number, max: number): number {
  return min + random() * (max - min)
}

/** A whole number from `min` to `max`, both included. */
export function whole(random: Random, min: number, max: number): number {
  return min + Math.floor(random() * (max - min + 1))
}

export function chance(random: Random, probability: number): boolean {
  return random() < probability
}

export function pick<T>(random: Random, choices: readonly T[]): T {
  const choice = choices[Math.floor(random() * choices.length)]
  if (choice === undefined) throw new RangeError('Nothing to pick from.')
  return choice
}

/** Four words of state by FNV-1a, one pass for each with its own starting value. */
function hashed(text: string): [number, number, number, number] {
  const word = (start: number): number => {
    let hash = start
    for (let at = 0; at < text.length; at += 1) {
      hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
    }
    return hash
  }
  return [word(0x811c9dc5), word(0x2545f491), word(0x9e3779b9), word(0x6a09e667)]
}
