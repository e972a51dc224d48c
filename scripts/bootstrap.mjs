// What every npm script begins with, on whatever Node the machine has: installs the packages when
// they are missing or not those of package-lock.json, then hands over to the Node 24 among them.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const NODE_MIN = 18
/** What each npm script runs. */
const SCRIPTS = {
  start: 'scripts/start.ts',
  demo: 'scripts/demo.ts',
  test: 'scripts/test.ts',
  check: 'scripts/check.ts',
  songnhap: 'cli/src/main.ts',
  bench: 'bench/src/main.ts',
  fuzz: 'scripts/fuzz.ts',
}
/** Outside node_modules, which `npm ci` removes first. */
const LOCK = join(ROOT, '.songnhap', 'installing')
/** These show the workplace in a browser, or measure it. */
const NEED_WORKPLACE = new Set(['start', 'demo', 'test', 'check', 'bench'])
/** What the workplace is built from; the lock file says with which versions of everything else. */
const WORKPLACE_SOURCES = [
  'package-lock.json',
  'web/index.html',
  'web/package.json',
  'web/vite.config.ts',
  'web/public',
  'web/src',
  'libs/audits/src',
  'libs/contracts/src',
  'libs/forms/src',
  'libs/comparators/src',
]
/** Beside what is built, so that it is built again when either is removed. */
const BUILT_FROM = join(ROOT, 'web', '.built-from')
const LOCK_WAIT_MS = 15 * 60_000
const LOCK_UNSIGNED_MS = 10_000
const LOOK_AGAIN_MS = 500
/** What Node has compiled, for the many processes of one start or one run of the tests. */
const COMPILED = join(ROOT, 'node_modules', '.cache', 'compiled')
const PROGRESS_MS = 10_000

async function main() {
  const [name, ...args] = process.argv.slice(2)
  if (Number.parseInt(process.versions.node, 10) < NODE_MIN) {
    throw new Error(`Node ${NODE_MIN} or newer is needed to begin with, this is ${process.version}`)
  }
  const script = SCRIPTS[name]
  if (script === undefined) {
    throw new Error(`say which script: ${Object.keys(SCRIPTS).join(', ')}`)
  }
  const needsWorkplace = () => NEED_WORKPLACE.has(name) && !isWorkplaceBuilt()
  if (!isInstalled() || needsWorkplace()) {
    await alone(async () => {
      if (!isInstalled()) await install()
      if (needsWorkplace()) await buildWorkplace()
    })
  }
  process.exitCode = await handOver(join(ROOT, script), args)
}

/** npm notes what it installed, at the very end: an interrupted run leaves no such note. */
function isInstalled() {
  const note = join(ROOT, 'node_modules', '.package-lock.json')
  if (!existsSync(note) || !existsSync(nodeProgram())) return false
  const { packages: wanted } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'))
  const { packages: found } = JSON.parse(readFileSync(note, 'utf8'))
  return Object.entries(wanted).every(([path, { version, optional, link }]) => {
    if (!path.startsWith('node_modules/')) return true
    // Those for other platforms are rightly missing.
    if (found[path] === undefined) return optional === true
    return link === true ? found[path].link === true : found[path].version === version
  })
}

function nodeProgram() {
  const file = process.platform === 'win32' ? 'node.exe' : 'node'
  return join(ROOT, 'node_modules', 'node', 'bin', file)
}

/** Two beginners at once: one does it, the other waits for it. */
async function alone(act) {
  await takeLock()
  try {
    await act()
  } finally {
    rmSync(LOCK, { recursive: true, force: true })
  }
}

async function takeLock() {
  const deadline = Date.now() + LOCK_WAIT_MS
  let told = false
  mkdirSync(dirname(LOCK), { recursive: true })
  for (;;) {
    try {
      mkdirSync(LOCK)
      writeFileSync(join(LOCK, 'pid'), String(process.pid))
      return
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
    if (isLockStale()) rmSync(LOCK, { recursive: true, force: true })
    else if (Date.now() > deadline) {
      throw new Error(`another process has been installing for long; if none is, remove ${LOCK}`)
    } else {
      if (!told) console.error('waiting for another process that is installing the packages')
      told = true
      await wait(LOOK_AGAIN_MS)
    }
  }
}

function isLockStale() {
  try {
    const pid = Number(readFileSync(join(LOCK, 'pid'), 'utf8'))
    if (pid > 0) return !isAlive(pid)
    return Date.now() - statSync(LOCK).mtimeMs > LOCK_UNSIGNED_MS
  } catch {
    const made = statSync(LOCK, { throwIfNoEntry: false })
    return made !== undefined && Date.now() - made.mtimeMs > LOCK_UNSIGNED_MS
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

async function install() {
  const began = Date.now()
  const seconds = () => Math.round((Date.now() - began) / 1000)
  console.error('installing the packages (npm ci); the first time this takes a minute or two')
  const progress = setInterval(
    () => console.error(`  still installing, ${seconds()} s`),
    PROGRESS_MS,
  )
  // Dev dependencies always: Node 24 is one of them.
  const args = ['ci', '--include=dev', '--include=optional', '--loglevel=error']
  // Under npm the running Node may be the one in node_modules, which is about to be removed.
  const { npm_execpath: npm, npm_node_execpath: node = process.execPath } = process.env
  const code = await run(...(npm?.endsWith('.js') ? [node, [npm, ...args]] : ['npm', args]), {
    cwd: ROOT,
    shell: process.platform === 'win32' && npm === undefined,
  }).finally(() => clearInterval(progress))
  if (code !== 0) throw new Error(`npm ci failed (code ${code}); its messages are above`)
  if (!existsSync(nodeProgram())) {
    throw new Error(
      'npm ci did not bring Node 24: are install scripts switched off (ignore-scripts)?',
    )
  }
  console.error(`packages installed in ${seconds()} s`)
}

function isWorkplaceBuilt() {
  const page = join(ROOT, 'web', 'dist', 'index.html')
  if (!existsSync(page) || !existsSync(BUILT_FROM)) return false
  return readFileSync(BUILT_FROM, 'utf8') === hashOf(WORKPLACE_SOURCES)
}

async function buildWorkplace() {
  console.error('building the workplace for browsers; a few seconds')
  const sources = hashOf(WORKPLACE_SOURCES)
  const args = [join(ROOT, 'node_modules/vite/bin/vite.js'), 'build', 'web', '--logLevel', 'warn']
  const code = await run(nodeProgram(), args, { cwd: ROOT })
  if (code !== 0) throw new Error(`vite build failed (code ${code}); its messages are above`)
  writeFileSync(BUILT_FROM, sources)
}

/** Of all files below the paths, with their names. */
function hashOf(paths) {
  const hash = createHash('sha256')
  for (const path of paths) {
    const whole = join(ROOT, path)
    const names = statSync(whole).isDirectory()
      ? readdirSync(whole, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
          .sort()
      : [whole]
    for (const name of names) hash.update(`${name.slice(ROOT.length)}\n`).update(readFileSync(name))
  }
  return hash.digest('hex')
}

/** Scripts find their files by themselves; paths in their arguments are meant from where one is. */
async function handOver(script, args) {
  return await run(nodeProgram(), [script, ...args], {
    cwd: process.env.INIT_CWD ?? process.cwd(),
    env: { NODE_COMPILE_CACHE: COMPILED, ...process.env },
  })
}

/** Runs to its end and gives its code. Signals are passed on, and its end is waited for. */
async function run(command, args, options) {
  const child = spawn(command, args, { stdio: 'inherit', ...options })
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  const passOn = (signal) => child.kill(signal)
  for (const signal of signals) process.on(signal, passOn)
  const orphaned = whenOrphaned(() => child.kill('SIGTERM'))
  try {
    return await new Promise((resolve, reject) => {
      child.once('error', reject)
      child.once('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal]))
    })
  } finally {
    clearInterval(orphaned)
    for (const signal of signals) process.off(signal, passOn)
  }
}

/** npm passes a SIGTERM on to the shell between us, and that shell may end without telling us. */
function whenOrphaned(act) {
  if (process.env.npm_lifecycle_event === undefined) return undefined
  const parent = process.ppid
  return setInterval(() => {
    if (process.ppid !== parent) act()
  }, LOOK_AGAIN_MS)
}

main().catch((error) => {
  console.error(`songnhap: ${error.message}`)
  process.exitCode = 1
})
