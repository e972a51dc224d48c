import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

const TELLER = new URL('./tell-memory.ts', import.meta.url).href
const LOOK_EVERY_MS = 20
const LOOKS_MAX = 500

/** Environment for a Node process whose memory will be read; `name` names its file in the folder. */
export function measuredEnvironment(folder: string, name: string): Record<string, string> {
  return {
    NODE_OPTIONS: `--expose-gc --import=${TELLER}`,
    BENCH_MEMORY_FILE: join(folder, name),
  }
}

/** Resident bytes of such a process, its garbage collected. */
export async function readMemory(folder: string, name: string, pid: number): Promise<number> {
  const file = join(folder, name)
  rmSync(file, { force: true })
  process.kill(pid, 'SIGWINCH')
  for (let looks = 0; looks < LOOKS_MAX; looks += 1) {
    await wait(LOOK_EVERY_MS)
    const bytes = Number(readIfThere(file))
    if (bytes > 0) return bytes
  }
  throw new Error(`${name} does not tell its memory`)
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    // Not written yet; how often is looked is bounded.
    return ''
  }
}
