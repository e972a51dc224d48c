import { readFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'

const LOOK_EVERY_MS = 100

export interface Memory {
  /** Pages that processes share count in each of them. */
  readonly residentBytes: number
  /** Each shared page is divided among those that share it: what they take of the machine. */
  readonly proportionalBytes: number
}

const NOTHING: Memory = { residentBytes: 0, proportionalBytes: 0 }

/** Reads the memory of a process and of all below it from /proc until stopped; gives the peak of each. */
export function watchMemory(pid: number): { stop(): Promise<Memory> } {
  let peak = NOTHING
  let stopped = false
  const watching = (async () => {
    while (!stopped) {
      peak = join(peak, await readMemory(pid), Math.max)
      await wait(LOOK_EVERY_MS)
    }
  })()
  return {
    async stop() {
      stopped = true
      await watching
      return peak
    },
  }
}

async function readMemory(pid: number): Promise<Memory> {
  const below = await readIfAlive(`/proc/${pid}/task/${pid}/children`)
  const rollup = await readIfAlive(`/proc/${pid}/smaps_rollup`)
  const bytesOf = (what: string) =>
    1024 * Number(new RegExp(`^${what}:\\s+(\\d+)`, 'm').exec(rollup)?.[1] ?? 0)
  let all: Memory = { residentBytes: bytesOf('Rss'), proportionalBytes: bytesOf('Pss') }
  for (const child of below.split(' ').filter((word) => word !== '')) {
    all = join(all, await readMemory(Number(child)), (one, other) => one + other)
  }
  return all
}

function join(one: Memory, other: Memory, by: (one: number, other: number) => number): Memory {
  return {
    residentBytes: by(one.residentBytes, other.residentBytes),
    proportionalBytes: by(one.proportionalBytes, other.proportionalBytes),
  }
}

/** A process may end at any moment; then it takes nothing. */
async function readIfAlive(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch {
    return ''
  }
}
