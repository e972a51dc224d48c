import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startServers } from '@songnhap/local'

/** Hands over a PostgreSQL: the one that the tests already run on, else one for this call only. */
export async function withPostgres<T>(use: (postgresUrl: string) => Promise<T>): Promise<T> {
  const given = process.env['TEST_POSTGRES_URL']
  if (given !== undefined) return await use(given)
  const folder = mkdtempSync(join(tmpdir(), 'songnhap-check-'))
  try {
    const servers = await startServers({ folder, durable: false, report: () => {} })
    try {
      return await use(servers.postgresUrl)
    } finally {
      await servers.stop()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
