import type { TestServers } from './server-provider.ts'
import { startTestServers } from './start-test-servers.ts'

/** What the testkit needs of a tap test: where to hang the tearing down. */
export interface Teardown {
  teardown(end: () => unknown): void
}

let started: Promise<TestServers> | undefined

/** The servers of this test file: those of the test command, which starts them once for all files. */
export async function testServers(t: Teardown): Promise<TestServers> {
  started ??= startForThisFile(t)
  return await started
}

async function startForThisFile(t: Teardown): Promise<TestServers> {
  const servers = await startTestServers(() => {})
  t.teardown(async () => {
    started = undefined
    await servers.stop()
  })
  return servers
}
