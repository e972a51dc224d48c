import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { Parser, type Result } from 'tap-parser'
import { ROOT, runCommand } from './run-command.ts'

const TAP = 'tap/dist/esm/run.mjs'
const QUIET_S = 15
const DIAGNOSIS_CHARS_MAX = 4_000

interface Counts {
  passed: number
  failed: number
}

/** Runs test files (all when none is named) and prints each as it ends, with what failed in it. */
export async function runTap(
  files: readonly string[],
  environment: Readonly<Record<string, string>>,
  stopping: AbortSignal,
): Promise<Counts> {
  const all = await listFiles(files)
  const child = spawn(
    process.execPath,
    [join(ROOT, 'node_modules', TAP), '--reporter=tap', ...files],
    {
      cwd: ROOT,
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  const end = () => child.kill('SIGTERM')
  stopping.addEventListener('abort', end)
  const counts: Counts = { passed: 0, failed: 0 }
  const parser = new Parser()
  countLeaves(parser, [], counts)
  const waiting = tellWhatIsWaitedFor(parser, all)
  child.stdout.pipe(parser)
  const [code] = await Promise.all([
    new Promise<number>((resolve, reject) => {
      child.once('error', reject)
      child.once('close', (status) => resolve(status ?? 1))
    }),
    new Promise((resolve) => parser.once('complete', resolve)),
  ])
  clearInterval(waiting)
  stopping.removeEventListener('abort', end)
  // Whatever went wrong outside of any assertion is still wrong.
  if (code !== 0 && counts.failed === 0) counts.failed++
  return counts
}

/** Of all test files, or of those named. */
export async function listFiles(files: readonly string[] = []): Promise<string[]> {
  const { output } = await runCommand(TAP, ['list', ...files])
  return output.split('\n').filter((line) => line.endsWith('.test.ts'))
}

/** tap reports files in their order, so the first one not reported is the one that takes long. */
function tellWhatIsWaitedFor(parser: Parser, files: string[]): NodeJS.Timeout {
  let since = Date.now()
  parser.on('assert', () => {
    files.shift()
    since = Date.now()
  })
  return setInterval(() => {
    const seconds = Math.round((Date.now() - since) / 1000)
    if (files[0] !== undefined && seconds >= QUIET_S) {
      console.log(`… ${files[0]}: still running, ${seconds} s; ${files.length} files to go`)
    }
  }, QUIET_S * 1000)
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
    if (path.length === 0) printFile(result, own)
  })
}

/** What a test wants to be known; the others are tap's own. */
function printComment(path: readonly string[], comment: string): void {
  const [, text] = /^\s*# (?!Subtest|time=|\{)(.+)/.exec(comment) ?? []
  if (path.length > 1 && text !== undefined) console.log(`  ${path[0]}: ${text}`)
}

function printFile({ ok, name, time }: Result, { passed, failed }: Counts): void {
  const seconds = time === null ? '' : `, ${(time / 1000).toFixed(1)} s`
  const failures = failed === 0 ? '' : `, ${failed} failed`
  console.log(`${ok ? '✓' : '✗'} ${name}: ${passed} passed${failures}${seconds}`)
}

function printFailure(path: readonly string[], diagnosis: unknown): void {
  console.log(`✗ ${path.join(' › ')}`)
  const text = JSON.stringify(diagnosis, null, 2)?.slice(0, DIAGNOSIS_CHARS_MAX)
  if (text !== undefined) console.log(text.replaceAll('\\n', '\n').replace(/^/gm, '    '))
}
