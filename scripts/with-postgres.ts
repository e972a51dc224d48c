import { startTestServers } from '@songnhap/testkit'

/** Hands over a PostgreSQL: the one that the tests already run on, else one for this call only. */
export async function withPostgres<T>(use: (postgresUrl: string) => Promise<T>): Promise<T> {
  const servers = await startTestServers(() => {})
  try {
    return await use(servers.postgresUrl)
  } finally {
    await servers.stop()
  }
}
