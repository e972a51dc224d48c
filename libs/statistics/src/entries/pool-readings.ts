import { textPosterior } from './text-posterior.ts'

/** What somebody read in an open text; the person by number, from 0. */
export interface PersonReading {
  readonly person: number
  readonly value: string
}

export interface PooledReadings {
  /** For each thing, how probable each of its readings is. */
  readonly posteriors: readonly ReadonlyMap<string, number>[]
  /** By person. */
  readonly errors: readonly number[]
}

/** The chance of one particular wrong value: wrong readings of handwriting are many. */
const COLLISION = 0.1
/** What is known of somebody beforehand weighs as much as ten fields, one of them wrong. */
const [WRONG_BEFORE, JUDGED_BEFORE] = [1, 10]
const STEPS_MAX = 200
const CHANGE_MIN = 1e-9

/**
 * The method of Dawid and Skene where what is read is open text and no table of confusions can be filled:
 * each person has one error rate, and a wrong value is any (`textPosterior`). Starts from the shares of
 * votes; ends when no error rate changes by 1e-9. Assumes independent errors.
 */
export function poolReadings(things: readonly (readonly PersonReading[])[]): PooledReadings {
  const people = countPeople(things)
  let posteriors = things.map(sharesOf)
  let errors = errorsOf(things, posteriors, people)
  for (let step = 0; step < STEPS_MAX; step += 1) {
    const before = errors
    posteriors = things.map((readings) => {
      const known = readings.map(({ person, value }) => ({ value, error: before[person] ?? 0.5 }))
      return new Map(textPosterior(known, COLLISION).values)
    })
    errors = errorsOf(things, posteriors, people)
    if (errors.every((error, at) => Math.abs(error - (before[at] ?? 0)) < CHANGE_MIN)) break
  }
  return { posteriors, errors }
}

function countPeople(things: readonly (readonly PersonReading[])[]): number {
  let people = 0
  for (const readings of things) {
    for (const { person } of readings) people = Math.max(people, person + 1)
  }
  return people
}

function sharesOf(readings: readonly PersonReading[]): Map<string, number> {
  const shares = new Map<string, number>()
  for (const { value } of readings) {
    shares.set(value, (shares.get(value) ?? 0) + 1 / readings.length)
  }
  return shares
}

function errorsOf(
  things: readonly (readonly PersonReading[])[],
  posteriors: readonly ReadonlyMap<string, number>[],
  people: number,
): number[] {
  const wrong = new Array<number>(people).fill(WRONG_BEFORE)
  const judged = new Array<number>(people).fill(JUDGED_BEFORE)
  for (const [at, readings] of things.entries()) {
    for (const { person, value } of readings) {
      wrong[person] = (wrong[person] ?? 0) + 1 - (posteriors[at]?.get(value) ?? 0)
      judged[person] = (judged[person] ?? 0) + 1
    }
  }
  return wrong.map((count, person) => count / (judged[person] ?? 1))
}
