import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { fetchNatsServer } from './fetch-nats-server.ts'
import { programFile } from './program-file.ts'

const RUN_TIMEOUT_MS = 10_000
/** Before it, the crash of a process alone could lose a whole stream. */
const SAFE_VERSION = [2, 10, 23] as const

export interface NatsServerBinary {
  readonly file: string
  readonly version: readonly number[]
}

/** NATS_SERVER, else the one on the path, else one fetched before, else one fetched now. */
export async function findNatsServer(
  stateFolder: string,
  report: (line: string) => void,
): Promise<NatsServerBinary> {
  const named = process.env['NATS_SERVER'] || undefined
  const file =
    named ?? onPath() ?? (await fetchNatsServer([userCache(), join(stateFolder, 'cache')], report))
  const version = await versionOf(file)
  if (isOlder(version, SAFE_VERSION)) {
    report(`warning: ${file} is ${version.join('.')}, older than ${SAFE_VERSION.join('.')}`)
    report('its crash can lose a stream, which is then filled again from the ledgers')
  }
  return { file, version }
}

export function isOlder(version: readonly number[], than: readonly number[]): boolean {
  const at = than.findIndex((part, index) => version[index] !== part)
  return at !== -1 && (version[at] ?? 0) < (than[at] ?? 0)
}

function onPath(): string | undefined {
  const name = programFile('nats-server')
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  return folders.map((folder) => join(folder, name)).find((file) => existsSync(file))
}

function userCache(): string {
  return join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'songnhap')
}

async function versionOf(file: string): Promise<number[]> {
  const { stdout } = await promisify(execFile)(file, ['--version'], { timeout: RUN_TIMEOUT_MS })
  const [, ...parts] = /v?(\d+)\.(\d+)\.(\d+)/.exec(stdout) ?? []
  if (parts.length !== 3) throw new Error(`${file} is no nats-server`)
  return parts.map(Number)
}
