import type { ServerProvider } from './server-provider.ts'

/** Servers that somebody else started, and stops: the test command, or whoever runs the tests. */
export function namedServers(environment: NodeJS.ProcessEnv): ServerProvider {
  return {
    name: 'urls',
    async start() {
      const { TEST_POSTGRES_URL: postgresUrl, TEST_NATS_URL: natsUrl } = environment
      if (postgresUrl === undefined || natsUrl === undefined) {
        return { closedBecause: 'set both TEST_POSTGRES_URL (a superuser) and TEST_NATS_URL' }
      }
      return { postgresUrl, natsUrl, stop: async () => {} }
    },
  }
}
