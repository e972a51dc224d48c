import { execFile } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { BinaryMissing } from './binary-missing.ts'

/** The release whose nats-server is new enough and still runs on the libc of the one before. */
const RELEASE = 'trixie'
const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg'
const SOURCES = '/etc/apt'
const COMMAND_TIMEOUT_MS = 300_000

const HOW_TO_INSTALL = `nats-server is not on the path and cannot be fetched here. Install it:
  Debian, Ubuntu:  sudo apt-get install nats-server
  macOS:           brew install nats-server
  Windows:         choco install nats-server
or set NATS_SERVER to the file. Then start again.`

/**
 * Takes nats-server out of Debian's package, without root and without installing it, into the first
 * of the folders that can be written. One that is there already is taken as it is.
 */
export async function fetchNatsServer(
  caches: readonly string[],
  report: (line: string) => void,
): Promise<string> {
  const kept = caches.map((cache) => join(cache, 'nats-server')).find((file) => existsSync(file))
  if (kept !== undefined) return kept
  const mirror = debianMirror()
  const cache = caches.find(canWrite)
  if (mirror === undefined || cache === undefined) throw new BinaryMissing(HOW_TO_INSTALL)

  report(`nats-server is not on the path: fetching Debian's package into ${cache}`)
  const work = mkdtempSync(join(cache, 'fetching-'))
  try {
    await download(work, mirror)
    const file = join(cache, 'nats-server')
    renameSync(join(work, 'root/usr/sbin/nats-server'), file)
    return file
  } catch (cause) {
    throw new BinaryMissing(HOW_TO_INSTALL, { cause })
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

function canWrite(cache: string): boolean {
  try {
    mkdirSync(cache, { recursive: true })
    rmSync(mkdtempSync(join(cache, 'try-')), { recursive: true })
    return true
  } catch {
    return false
  }
}

/** The mirror that this machine itself uses, from either of apt's two formats. */
function debianMirror(): string | undefined {
  if (process.platform !== 'linux' || !existsSync(KEYRING)) return undefined
  const lists = join(SOURCES, 'sources.list.d')
  const files = [
    join(SOURCES, 'sources.list'),
    ...(existsSync(lists) ? readdirSync(lists).map((name) => join(lists, name)) : []),
  ].filter((file) => /\.(list|sources)$/.test(file) && existsSync(file))
  const addresses = files.flatMap((file) => [
    ...readFileSync(file, 'utf8').matchAll(
      /^(?:URIs:|deb\s+(?:\[[^\]]*\]\s+)?)\s*(\S+\/debian\/?|mirror\+file:\S*debian\.list)(?=\s|$)/gm,
    ),
  ])
  return addresses[0]?.[1]
}

/** With lists and cache of our own, so that nothing of the machine's is touched. */
async function download(work: string, mirror: string): Promise<void> {
  for (const room of ['lists/partial', 'cache/archives/partial', 'root']) {
    mkdirSync(join(work, room), { recursive: true })
  }
  const sources = join(work, 'sources.list')
  writeFileSync(sources, `deb [signed-by=${KEYRING}] ${mirror} ${RELEASE} main\n`)
  const options = [
    `Dir::Etc::SourceList=${sources}`,
    'Dir::Etc::SourceParts=/dev/null',
    `Dir::State::Lists=${work}/lists`,
    `Dir::Cache=${work}/cache`,
    'Acquire::Languages=none',
    'Acquire::Retries=3',
    'APT::Sandbox::User=',
  ].flatMap((option) => ['-o', option])
  const run = (command: string, args: string[]) =>
    promisify(execFile)(command, args, { cwd: work, timeout: COMMAND_TIMEOUT_MS })
  await run('apt-get', ['-qq', ...options, 'update'])
  await run('apt-get', ['-qq', ...options, 'download', 'nats-server'])
  const archive = readdirSync(work).find((name) => name.endsWith('.deb'))
  if (archive === undefined) throw new Error('apt-get left no package')
  await run('dpkg-deb', ['-x', archive, 'root'])
}
