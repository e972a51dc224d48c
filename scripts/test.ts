/**
 * `npm test`: every static check, then every test against one PostgreSQL and one nats-server of its
 * own. Arguments name test files; then only those run, without the checks. `--all` also runs the slow
 * ones, which a machine of 2 cores has no time for at each change.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { BinaryMissing, prepareStateFolder } from '@songnhap/local'
import { DATABASES_FROM_TEMPLATES, PREPARED_STATE, startTestServers } from '@songnhap/testkit'
import { runChecks } from './check.ts'
import { startProgress, wordsOf } from './progress.ts'
import { ROOT } from './run-command.ts'
import { listTestFiles, runTap } from './run-tap.ts'
import { stopSignal } from './stop-signal.ts'

/** Fewer in a full run means that tests were not found. */
const ASSERTIONS_MIN = 50
/** For `--all`: those that take longest among what changes seldom. */
const SLOW = [
  'libs/file-comparison/test/large-tables.test.ts',
  'libs/images/test/decoding.test.ts',
  'libs/images/test/images.test.ts',
  'services/intake/test/files.test.ts',
  'test/archives.test.ts',
  'test/blindness-times.test.ts',
  'test/instances.test.ts',
  'test/start.test.ts',
]

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { all: { type: 'boolean', default: false } },
    allowPositionals: true,
  })
  const files = positionals.map((file) => relative(ROOT, resolve(file)))
  const report = startProgress()
  const stopping = stopSignal(report)
  const checks = files.length > 0 ? { passed: 0, failed: 0 } : await runChecks()
  const tests = stopping.aborted
    ? { passed: 0, failed: 1 }
    : await runTests(await chosen(files, values.all), report, stopping)
  let failed = checks.failed + tests.failed
  if (files.length === 0 && tests.passed + tests.failed < ASSERTIONS_MIN) {
    console.log(`✗ fewer than ${ASSERTIONS_MIN} assertions: tests were not found`)
    failed++
  }
  console.log(`${checks.passed + tests.passed} passed, ${failed} failed`)
  process.exitCode = failed === 0 ? 0 : 1
}

async function chosen(files: readonly string[], all: boolean): Promise<readonly string[]> {
  if (files.length > 0) return files
  if (all) return await listTestFiles()
  console.log(`left out, and run by npm test -- --all: ${SLOW.join(', ')}`)
  return (await listTestFiles()).filter((file) => !SLOW.includes(file))
}

async function runTests(
  files: readonly string[],
  report: (line: string) => void,
  stopping: AbortSignal,
): Promise<{ passed: number; failed: number }> {
  report('starting PostgreSQL and nats-server for the tests')
  const { postgresUrl, natsUrl, stop } = await startTestServers(report)
  const state = await mkdtemp(join(tmpdir(), 'songnhap-prepared-'))
  try {
    const areMany = files.filter((file) => file.startsWith('test/')).length > 1
    return await runTap(
      files,
      {
        // However these were started: the test files are to use them, not to start their own.
        TEST_SERVERS: 'urls',
        TEST_POSTGRES_URL: postgresUrl,
        TEST_NATS_URL: natsUrl,
        [DATABASES_FROM_TEMPLATES]: process.env['TEST_POSTGRES_URL'] === undefined ? '1' : '',
        [PREPARED_STATE]: areMany && (await prepare(state)) ? state : '',
      },
      stopping,
    )
  } finally {
    await rm(state, { recursive: true, force: true })
    await stop()
  }
}

/** What installations of tests begin with; without it each of them makes its own. */
async function prepare(state: string): Promise<boolean> {
  try {
    return await prepareStateFolder(state, () => {})
  } catch (error) {
    if (error instanceof BinaryMissing) return false
    throw error
  }
}

await main().catch((error: unknown) => {
  console.error(wordsOf(error))
  console.log('0 passed, 1 failed')
  process.exitCode = 1
})
