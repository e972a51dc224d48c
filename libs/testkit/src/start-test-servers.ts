import { chooseServers } from './choose-servers.ts'
import { containerServers } from './container-servers.ts'
import { localServers } from './local-servers.ts'
import { namedServers } from './named-servers.ts'
import type { TestServers } from './server-provider.ts'

/** Real servers: named in the environment, else local programs, else containers. */
export async function startTestServers(report: (line: string) => void): Promise<TestServers> {
  const { env } = process
  const providers = [namedServers(env), localServers, containerServers(env)]
  return await chooseServers(providers, env['TEST_SERVERS'] || undefined, report)
}
