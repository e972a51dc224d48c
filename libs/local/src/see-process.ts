import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import { readPowerShellLine, readProcFiles, readPsLine, type SeenProcess } from './seen-process.ts'

const LOOK_TIMEOUT_MS = 10_000
const LOOK_AGAIN_MS = 25

/** Undefined when there is no such process. */
export async function seeProcess(pid: number): Promise<SeenProcess | undefined> {
  if (!Number.isSafeInteger(pid) || pid <= 0) return undefined
  if (process.platform === 'linux') return await readProc(pid)
  return process.platform === 'win32' ? await askPowerShell(pid) : await askPs(pid)
}

/** True when it is gone, or a zombie, in time. */
export async function waitUntilGone(pid: number, waitMaxMs: number): Promise<boolean> {
  const deadline = Date.now() + waitMaxMs
  for (;;) {
    const seen = await seeProcess(pid)
    if (seen === undefined || seen.zombie) return true
    if (Date.now() > deadline) return false
    await wait(LOOK_AGAIN_MS)
  }
}

async function readProc(pid: number): Promise<SeenProcess | undefined> {
  const [stat, commandLine] = await Promise.all([
    readIfThere(`/proc/${pid}/stat`),
    readIfThere(`/proc/${pid}/cmdline`),
  ])
  if (stat === undefined || commandLine === undefined) return undefined
  return readProcFiles(stat, commandLine)
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (isCode(error, 'ENOENT') || isCode(error, 'ESRCH')) return undefined
    throw error
  }
}

/** True for an error of the system with this code. */
export function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}

async function askPs(pid: number): Promise<SeenProcess | undefined> {
  return readPsLine(await run('ps', ['-ww', '-o', 'stat=,lstart=,command=', '-p', String(pid)]))
}

async function askPowerShell(pid: number): Promise<SeenProcess | undefined> {
  const script = [
    `$p = Get-CimInstance Win32_Process -Filter 'ProcessId=${pid}'`,
    'if ($p) { "$($p.CreationDate.Ticks) $($p.CommandLine)" }',
  ]
  return readPowerShellLine(await run('powershell', ['-NoProfile', '-Command', script.join('; ')]))
}

/** What the command printed; nothing when it failed, which is how `ps` says "no such process". */
async function run(command: string, args: string[]): Promise<string> {
  return await promisify(execFile)(command, args, { timeout: LOOK_TIMEOUT_MS }).then(
    ({ stdout }) => stdout,
    () => '',
  )
}
