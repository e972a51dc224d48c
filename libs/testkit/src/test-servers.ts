import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Servers, startServers } from '@songnhap/local'

/** What the testkit needs of a tap test: where to hang the tearing down. */
export interface Teardown {
  teardown(end: () => unknown): void
}

export interface TestServers {
  readonly postgresUrl: string
  readonly natsUrl: string
}

let started: Promise<Servers> | undefined

/**
 * Real servers: those named in the environment (the test command starts them once for all files),
 * else started for this file alone. Without either the test fails; it is never skipped.
 */
export async function testServers(t: Teardown): Promise<TestServers> {
  const { TEST_POSTGRES_URL: postgresUrl, TEST_NATS_URL: natsUrl } = process.env
  if (postgresUrl !== undefined && natsUrl !== undefined) return { postgresUrl, natsUrl }
  started ??= startForThisFile(t)
  return await started
}

async function startForThisFile(t: Teardown): Promise<Servers> {
  const folder = await mkdtemp(join(tmpdir(), 'songnhap-test-'))
  const servers = await startServers({ folder, durable: false, report: () => {} })
  t.teardown(async () => {
    started = undefined
    await servers.stop()
    await rm(folder, { recursive: true, force: true })
  })
  return servers
}
