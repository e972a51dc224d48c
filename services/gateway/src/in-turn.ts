import { Problem } from '@songnhap/contracts'

export type InTurn = <T>(task: () => Promise<T>) => Promise<T>

/** Runs `runningMax` tasks at once; others wait in order, and beyond `waitingMax` are refused. */
export function inTurn(runningMax: number, waitingMax: number): InTurn {
  const waiting: (() => void)[] = []
  let running = 0

  return async (task) => {
    if (running < runningMax) running += 1
    else if (waiting.length < waitingMax) await new Promise<void>((start) => waiting.push(start))
    else throw new Problem('UNAVAILABLE')

    try {
      return await task()
    } finally {
      // The next one takes over the place, so that nobody who comes now can be faster.
      const startNext = waiting.shift()
      if (startNext === undefined) running -= 1
      else startNext()
    }
  }
}
