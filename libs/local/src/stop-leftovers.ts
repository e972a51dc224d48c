import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { seeProcess, waitUntilGone } from './see-process.ts'

const STOP_WAIT_MS = 20_000
const KILL_WAIT_MS = 10_000

/**
 * Stops what a parent that was killed left running, as noted in the folder of pid files. A note
 * whose pid now belongs to some other process is only thrown away.
 */
export async function stopLeftovers(
  runFolder: string,
  report: (line: string) => void,
): Promise<void> {
  const files = readdirSync(runFolder).filter((name) => name.endsWith('.json'))
  await Promise.all(
    files.map(async (name) => {
      const file = join(runFolder, name)
      const note = readNote(file)
      const seen = note === undefined ? undefined : await seeProcess(note.pid)
      if (note !== undefined && seen?.identity === note.identity && !seen.zombie) {
        report(`stopping ${name.slice(0, -'.json'.length)}, left running by an earlier start`)
        await stopByPid(note.pid)
      }
      rmSync(file, { force: true })
    }),
  )
}

/** SIGINT: PostgreSQL rolls back what is open and ends at once; the others simply stop. */
export async function stopByPid(pid: number): Promise<void> {
  process.kill(pid, 'SIGINT')
  if (await waitUntilGone(pid, STOP_WAIT_MS)) return
  process.kill(pid, 'SIGKILL')
  if (!(await waitUntilGone(pid, KILL_WAIT_MS))) throw new Error(`process ${pid} cannot be stopped`)
}

function readNote(file: string): { pid: number; identity: string } | undefined {
  try {
    const note: unknown = JSON.parse(readFileSync(file, 'utf8'))
    if (typeof note !== 'object' || note === null) return undefined
    const { pid, identity } = { pid: undefined, identity: undefined, ...note }
    return typeof pid === 'number' && typeof identity === 'string' ? { pid, identity } : undefined
  } catch (error) {
    // Half written by a parent that was killed in the middle.
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
