/**
 * `npm run plant-leaks`: does the blindness suite see? Plants each leak in a copy of the code, alone,
 * runs the test that must fail, and prints what failed in it. Names of leaks as arguments: only those.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { globSync } from 'node:fs'
import {
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { LEAKS, type Leak, plant } from './leaks.ts'
import { ROOT } from './run-command.ts'
import { stopSignal } from './stop-signal.ts'

const TEST_TIMEOUT_SECONDS = '600'
const SHOWN_LINES_MAX = 24
const LINE_CHARS_MAX = 200
const FAILED = /^ *not ok /
const NOT_COPIED = new Set(['.git', 'node_modules', '.songnhap', '.tap'])
const OURS = '@songnhap'

async function main(): Promise<void> {
  const names = process.argv.slice(2)
  const leaks = LEAKS.filter(({ name }) => names.length === 0 || names.includes(name))
  if (leaks.length === 0) throw new Error(`no such leak; there are: ${namesOf(LEAKS)}`)
  const stopping = stopSignal(console.log)
  const seen: Leak[] = []
  for (const leak of leaks) {
    if (stopping.aborted) break
    console.log(`\n${leak.name} (${leak.idea}): ${leak.test}`)
    if (await isSeen(leak, stopping)) seen.push(leak)
  }
  console.log(`\n${seen.length} of ${leaks.length} planted leaks were seen: ${namesOf(seen)}`)
  process.exitCode = seen.length === leaks.length ? 0 : 1
}

function namesOf(leaks: readonly Leak[]): string {
  return leaks.map(({ name }) => name).join(', ')
}

async function isSeen(leak: Leak, stopping: AbortSignal): Promise<boolean> {
  const copy = await mkdtemp(join(tmpdir(), 'songnhap-leak-'))
  try {
    await copyCode(copy)
    for (const edit of leak.edits) {
      const file = join(copy, edit.file)
      await writeFile(file, plant(await readFile(file, 'utf8'), edit))
    }
    const output = await runTest(copy, leak.test, stopping)
    return printFailure(output, leak.assertion)
  } finally {
    await rm(copy, { recursive: true, force: true })
  }
}

/** The code as it lies here; libraries by links, but our own workspaces from the copy. */
async function copyCode(copy: string): Promise<void> {
  await cp(ROOT, copy, {
    recursive: true,
    filter: (source) => !NOT_COPIED.has(basename(source)),
  })
  const libraries = join(copy, 'node_modules')
  await mkdir(join(libraries, OURS), { recursive: true })
  for (const name of await readdir(join(ROOT, 'node_modules'))) {
    if (name !== OURS) await symlink(join(ROOT, 'node_modules', name), join(libraries, name))
  }
  for (const name of await readdir(join(ROOT, 'node_modules', OURS))) {
    // These lead from where they lie to a workspace beside them, and so they do in the copy.
    const target = await readlink(join(ROOT, 'node_modules', OURS, name))
    await symlink(target, join(libraries, OURS, name))
  }
  for (const own of globSync('{libs,services}/*/node_modules', { cwd: ROOT })) {
    await symlink(join(ROOT, own), join(copy, own))
  }
}

/** What the test printed, up to its first failure. */
async function runTest(copy: string, test: string, stopping: AbortSignal): Promise<string> {
  const child = spawn(process.execPath, [test], {
    cwd: copy,
    env: { ...process.env, TAP_BAIL: '1', TAP_TIMEOUT: TEST_TIMEOUT_SECONDS },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const end = () => child.kill('SIGTERM')
  stopping.addEventListener('abort', end)
  const ended = once(child, 'close')
  const output = await text(child.stdout)
  await ended
  stopping.removeEventListener('abort', end)
  return output
}

/** Whether it was the assertion that we mean: a copy that does not even start sees nothing. */
function printFailure(output: string, assertion: string): boolean {
  const lines = output.split('\n').filter((line) => line.trim() !== '')
  const place = lines.findIndex((line) => FAILED.test(line) && line.includes(assertion))
  const isSeen = place >= 0
  const shown = isSeen ? lines.slice(place, place + SHOWN_LINES_MAX) : lines.slice(-SHOWN_LINES_MAX)
  console.log(isSeen ? '✓ seen:' : '✗ not seen:')
  for (const line of shown) console.log(`  ${line.slice(0, LINE_CHARS_MAX)}`)
  return isSeen
}

await main()
