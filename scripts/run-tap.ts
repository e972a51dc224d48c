import { type ChildProcess, spawn } from 'node:child_process'
import { glob } from 'node:fs/promises'
import { type FinalResults, Parser, type Result } from 'tap-parser'
import { ROOT } from './run-command.ts'

const TEST_FILES = ['test/*.test.ts', '*/test/**/*.test.ts', '{libs,services}/*/test/**/*.test.ts']
const LONGEST = ['test/', 'services/']
/** Much of the time tests wait for servers and browsers, so that a third one finds room on two cores. */
const JOBS = 3
const QUIET_S = 15
const FILE_TIMEOUT_S = 240
/** For a file that cannot even say that its time is over. */
const KILL_AFTER_S = 20
const DIAGNOSIS_CHARS_MAX = 4_000

interface Counts {
  passed: number
  failed: number
}

/**
 * Runs test files, some at a time in their order, and prints each as it ends, with what failed in it.
 * By ourselves: tap's own runner sorts by name, so that a long file begins when nothing else is left.
 */
export async function runTap(
  files: readonly string[],
  environment: Readonly<Record<string, string>>,
  stopping: AbortSignal,
): Promise<Counts> {
  const waiting = [...files]
  const running = new Set<string>()
  const counts: Counts = { passed: 0, failed: 0 }
  let lastEnd = performance.now()
  const telling = setInterval(() => {
    const seconds = Math.round((performance.now() - lastEnd) / 1000)
    if (seconds < QUIET_S) return
    console.log(`… ${seconds} s: ${[...running].join(', ')}; ${waiting.length} files to go`)
  }, QUIET_S * 1000)
  const work = async () => {
    for (let file = next(); file !== undefined; file = next()) {
      running.add(file)
      const own = await runTestFile(file, environment, stopping)
      running.delete(file)
      lastEnd = performance.now()
      counts.passed += own.passed
      counts.failed += own.failed
    }
  }
  const next = () => (stopping.aborted ? undefined : waiting.shift())
  await Promise.all(Array.from({ length: JOBS }, work))
  clearInterval(telling)
  if (waiting.length > 0) counts.failed++
  return counts
}

/** Every test file; first those of whole installations, then of services: they take longest. */
export async function listTestFiles(): Promise<string[]> {
  const files = new Set<string>()
  for await (const file of glob(TEST_FILES, { cwd: ROOT, exclude: ['**/node_modules/**'] })) {
    files.add(file)
  }
  const rank = (file: string) => {
    const place = LONGEST.findIndex((folder) => file.startsWith(folder))
    return place === -1 ? LONGEST.length : place
  }
  return [...files].sort().sort((a, b) => rank(a) - rank(b))
}

async function runTestFile(
  file: string,
  environment: Readonly<Record<string, string>>,
  stopping: AbortSignal,
): Promise<Counts> {
  const began = performance.now()
  const child = spawn(process.execPath, [file], {
    cwd: ROOT,
    env: { ...process.env, ...environment, TAP: '1', TAP_TIMEOUT: String(FILE_TIMEOUT_S) },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const end = () => child.kill('SIGTERM')
  stopping.addEventListener('abort', end)
  const overdue = setTimeout(() => child.kill('SIGKILL'), (FILE_TIMEOUT_S + KILL_AFTER_S) * 1000)
  const own: Counts = { passed: 0, failed: 0 }
  const parser = new Parser()
  countLeaves(parser, [file], own)
  child.stdout.pipe(parser)
  const [code, results] = await Promise.all([codeOf(child), resultsOf(parser)])
  clearTimeout(overdue)
  stopping.removeEventListener('abort', end)
  // Whatever went wrong outside of any assertion is still wrong, and so is a file that has none.
  const isWrong = code !== 0 || !results.ok || own.passed === 0
  if (isWrong && own.failed === 0) {
    own.failed++
    console.log(`✗ ${file} ended with code ${code}`)
  }
  printFile(file, own, (performance.now() - began) / 1000)
  return own
}

function codeOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (status) => resolve(status ?? 1))
  })
}

function resultsOf(parser: Parser): Promise<FinalResults> {
  return new Promise((resolve) => parser.once('complete', resolve))
}

/** A test with subtests is no assertion of its own, unless it fails although none of them did. */
function countLeaves(parser: Parser, path: readonly string[], counts: Counts): void {
  const open: Counts[] = []
  parser.on('comment', (comment: string) => printComment(path, comment))
  parser.on('child', (child: Parser) => {
    const own: Counts = { passed: 0, failed: 0 }
    open.push(own)
    countLeaves(child, [...path, child.name], own)
  })
  parser.on('assert', (result: Result) => {
    const { ok, name, diag } = result
    const inside = open.shift()
    const own = inside ?? { passed: ok ? 1 : 0, failed: 0 }
    if (!ok && own.failed === 0) {
      own.failed++
      printFailure([...path, name], diag)
    }
    counts.passed += own.passed
    counts.failed += own.failed
  })
}

/** What a test wants to be known; the others are tap's own. */
function printComment(path: readonly string[], comment: string): void {
  const [, text] = /^\s*# (?!Subtest|time=|\{)(.+)/.exec(comment) ?? []
  if (path.length > 1 && text !== undefined) console.log(`  ${path[0]}: ${text}`)
}

function printFile(file: string, { passed, failed }: Counts, seconds: number): void {
  const failures = failed === 0 ? '' : `, ${failed} failed`
  console.log(
    `${failed === 0 ? '✓' : '✗'} ${file}: ${passed} passed${failures}, ${seconds.toFixed(1)} s`,
  )
}

function printFailure(path: readonly string[], diagnosis: unknown): void {
  console.log(`✗ ${path.join(' › ')}`)
  const text = JSON.stringify(diagnosis, null, 2)?.slice(0, DIAGNOSIS_CHARS_MAX)
  if (text !== undefined) console.log(text.replaceAll('\\n', '\n').replace(/^/gm, '    '))
}
