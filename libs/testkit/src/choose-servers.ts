import type { ServerProvider, TestServers } from './server-provider.ts'

/**
 * The first of the ways that is open, in their order, or the one that is forced. With none it
 * throws, and says of each why: tests without servers fail, they are never skipped.
 */
export async function chooseServers(
  providers: readonly ServerProvider[],
  forced: string | undefined,
  report: (line: string) => void,
): Promise<TestServers> {
  const names = providers.map(({ name }) => name).join(', ')
  const allowed = providers.filter(({ name }) => forced === undefined || name === forced)
  if (allowed.length === 0) throw new Error(`TEST_SERVERS is one of ${names}, not "${forced}"`)

  const closed: string[] = []
  for (const provider of allowed) {
    const outcome = await provider.start(report)
    if (!('closedBecause' in outcome)) return outcome
    closed.push(`  ${provider.name}: ${outcome.closedBecause.replaceAll('\n', '\n    ')}`)
  }
  throw new Error(
    `there are no servers for the tests; any one of these is enough:\n${closed.join('\n')}`,
  )
}
