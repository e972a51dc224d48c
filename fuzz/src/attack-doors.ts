import type { Door } from './door.ts'

/** Inputs under way at a time. */
const LANES = 96
const RUNS_OF_TURN = 200
const TURN_RUNS_MIN = 10
const TELL_EVERY_MS = 10_000

/** Attacks all doors at the same time, in turns; a door that failed is left alone from then on. */
export async function attackDoors(
  doors: readonly Door[],
  inputs: number,
  seed: number,
  report: (line: string) => void,
  stop?: AbortSignal,
) {
  const counts = new Map<string, Map<string, number>>()
  const complaints = new Map<Door, string>()
  const turns = planTurns(doors, inputs, seed)
  const next = turns.values()
  let done = 0
  const tell = setInterval(() => report(`${done} of ${inputs} inputs`), TELL_EVERY_MS)
  const work = async () => {
    for (const { door, seed: seedOfTurn, runs } of next) {
      if (stop?.aborted === true || complaints.has(door)) continue
      const codes = counts.get(door.name) ?? new Map<string, number>()
      counts.set(door.name, codes)
      const complaint = await door.attack(seedOfTurn, runs, (code) => {
        codes.set(code, (codes.get(code) ?? 0) + 1)
      })
      done += runs
      if (complaint !== undefined) {
        complaints.set(door, complaint)
        report(complaint)
      }
    }
  }
  try {
    await Promise.all(Array.from({ length: LANES }, work))
  } finally {
    clearInterval(tell)
  }
  return { inputs: done, counts, complaints: [...complaints.values()] }
}

interface Turn {
  readonly door: Door
  readonly seed: number
  readonly runs: number
}

/** Every door by its weight, in small turns, so that all are under attack all the time. */
function planTurns(doors: readonly Door[], inputs: number, seed: number): Turn[] {
  const weights = doors.reduce((sum, door) => sum + door.weight, 0)
  const turns = doors.flatMap((door, index) => {
    const share = Math.max(1, Math.round((inputs * door.weight) / weights))
    const runs = Math.min(RUNS_OF_TURN, Math.max(TURN_RUNS_MIN, Math.ceil(share / LANES)))
    const count = Math.ceil(share / runs)
    return Array.from({ length: count }, (_, turn) => ({
      at: (turn + 0.5) / count,
      turn: { door, seed: seed + index * 1_000_003 + turn, runs },
    }))
  })
  return turns.toSorted((a, b) => a.at - b.at).map(({ turn }) => turn)
}
