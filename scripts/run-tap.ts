import { spawn } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Parser, type Result } from 'tap-parser'
import { ROOT, runCommand } from './run-command.ts'

const TAP = 'node_modules/tap/dist/esm/run.mjs'
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
  await buildOnce()
  const child = spawn(process.execPath, [join(ROOT, TAP), '--reporter=tap', ...files], {
    cwd: ROOT,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const end = () => child.kill('SIGTERM')
  stopping.addEventListener('abort', end)
  const counts: Counts = { passed: 0, failed: 0 }
  const parser = new Parser()
  countLeaves(parser, [], counts)
  child.stdout.pipe(parser)
  const [code] = await Promise.all([
    new Promise<number>((resolve, reject) => {
      child.once('error', reject)
      child.once('close', (status) => resolve(status ?? 1))
    }),
    new Promise((resolve) => parser.once('complete', resolve)),
  ])
  stopping.removeEventListener('abort', end)
  // Whatever went wrong outside of any assertion is still wrong.
  if (code !== 0 && counts.failed === 0) counts.failed++
  return counts
}

/**
 * tap with our choice of plugins is put together inside node_modules; the first run after an
 * installation would fail. The mark goes with node_modules, and names the settings it was made of.
 */
async function buildOnce(): Promise<void> {
  const mark = join(ROOT, 'node_modules', '.tap-built-with')
  const settings = readFileSync(join(ROOT, '.taprc'), 'utf8')
  if (existsSync(mark) && readFileSync(mark, 'utf8') === settings) return
  const { code, output } = await runCommand('tap/dist/esm/run.mjs', ['build'])
  if (code !== 0) throw new Error(`tap build failed:\n${output}`)
  writeFileSync(mark, settings)
}

/** A test with subtests is no assertion of its own, unless it fails although none of them did. */
function countLeaves(parser: Parser, path: readonly string[], counts: Counts): void {
  const open: Counts[] = []
  parser.on('child', (child: Parser) => {
    const own: Counts = { passed: 0, failed: 0 }
    open.push(own)
    countLeaves(child, [...path, child.name], own)
  })
  parser.on('assert', (result: Result) => {
    const inside = open.shift()
    if (inside === undefined) {
      if (result.ok) counts.passed++
      else counts.failed++
    } else {
      if (!result.ok && inside.failed === 0) inside.failed++
      counts.passed += inside.passed
      counts.failed += inside.failed
    }
    if (!result.ok && (inside === undefined || inside.failed === 1)) {
      printFailure([...path, result.name], result.diag)
    }
    if (path.length === 0) printFile(result, inside ?? { passed: 0, failed: 0 })
  })
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
