/**
 * `npm test`: every static check, then every test against one PostgreSQL and one nats-server of its
 * own. Arguments name test files; then only those run, without the checks.
 */
import { resolve } from 'node:path'
import { startTestServers } from '@songnhap/testkit'
import { runChecks } from './check.ts'
import { startProgress, wordsOf } from './progress.ts'
import { runTap } from './run-tap.ts'
import { stopSignal } from './stop-signal.ts'

/** Fewer in a full run means that tests were not found. */
const ASSERTIONS_MIN = 50

async function main(): Promise<void> {
  const files = process.argv.slice(2).map((file) => resolve(file))
  const report = startProgress()
  const stopping = stopSignal(report)
  const checks = files.length > 0 ? { passed: 0, failed: 0 } : await runChecks()
  const tests = stopping.aborted
    ? { passed: 0, failed: 1 }
    : await onServers(report, (environment) => runTap(files, environment, stopping))
  let failed = checks.failed + tests.failed
  if (files.length === 0 && tests.passed + tests.failed < ASSERTIONS_MIN) {
    console.log(`✗ fewer than ${ASSERTIONS_MIN} assertions: tests were not found`)
    failed++
  }
  console.log(`${checks.passed + tests.passed} passed, ${failed} failed`)
  process.exitCode = failed === 0 ? 0 : 1
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
