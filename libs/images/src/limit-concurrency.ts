import { Problem } from '@songnhap/contracts'
import pLimit from 'p-limit'

export type InTurn = <T>(task: () => Promise<T>) => Promise<T>

/** Runs so many tasks at once; others wait in order, and beyond `waitingMax` are refused. */
export function limitConcurrency(runningMax: number, waitingMax: number): InTurn {
  const limit = pLimit(runningMax)
  return async (task) => {
    if (limit.activeCount >= runningMax && limit.pendingCount >= waitingMax) {
      throw new Problem('UNAVAILABLE')
    }
    return await limit(task)
  }
}
