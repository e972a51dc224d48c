/**
 * `npm test`: every static check, then every test against one PostgreSQL and one nats-server of its
 * own. Arguments name test files; then only those run, without the checks. `--all` also runs the slow
 * ones, which a machine of 2 cores has no time for at each change.
 */
import { relative, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { startTestServers } from '@songnhap/testkit'
import { runChecks } from './check.ts'
import { startProgress, wordsOf } from './progress.ts'
import { ROOT } from './run-command.ts'
import { listTestFiles, runTap } from './run-tap.ts'
import { stopSignal } from './stop-signal.ts'

/** Fewer in a full run means that tests were not found. */
const ASSERTIONS_MIN = 50
/** For `--all`: those that take longest among what changes seldom. */
const SLOW = [
  'libs/bus/test/frozen-instance.test.ts',
  'libs/database/test/frozen-leader.test.ts',
  'libs/file-comparison/test/large-tables.test.ts',
  'libs/images/test/decoding.test.ts',
  'libs/images/test/images.test.ts',
  'services/intake/test/files.test.ts',
  'services/intake/test/reading.test.ts',
  'services/intake/test/sent-again.test.ts',
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
    : await onServers(report, async (environment) =>
        runTap(await chosen(files, values.all), environment, stopping),
      )
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

async function onServers<T>(
  report: (line: string) => void,
  use: (environment: Record<string, string>) => Promise<T>,
): Promise<T> {
  report('starting PostgreSQL and nats-server for the tests')
  const { postgresUrl, natsUrl, stop } = await startTestServers(report)
  try {
    // However these were started: the test files are to use them, not to start their own.
    const servers = { TEST_POSTGRES_URL: postgresUrl, TEST_NATS_URL: natsUrl }
    return await use({ TEST_SERVERS: 'urls', ...servers })
  } finally {
    await stop()
  }
}

await main().catch((error: unknown) => {
  console.error(wordsOf(error))
  console.log('0 passed, 1 failed')
  process.exitCode = 1
})
