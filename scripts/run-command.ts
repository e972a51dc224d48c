import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const OUTPUT_CHARS_MAX = 1_000_000

/** The root of the repository, where every command runs. */
export const ROOT: string = fileURLToPath(new URL('..', import.meta.url))

/** How a command ended, with what it printed to either stream. */
export interface Ended {
  readonly code: number
  readonly output: string
}

/** Runs a program of `node_modules/.bin` (a script of it: no shell, the same on every system). */
export function runCommand(
  script: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  return runFile(`node_modules/${script}`, args, environment)
}

/** Runs a file of the repository with the Node that runs this one. */
export async function runFile(
  file: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const child = spawn(process.execPath, [`${ROOT}/${file}`, ...args], {
    cwd: ROOT,
    env: { ...process.env, ...environment, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const hear = (chunk: Buffer) => {
    if (output.length < OUTPUT_CHARS_MAX) output += chunk.toString()
  }
  child.stdout.on('data', hear)
  child.stderr.on('data', hear)
  return await new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ code: code ?? 1, output }))
  })
}
