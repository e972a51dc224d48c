/** Real servers for tests, running. */
export interface TestServers {
  /** As superuser, database `postgres`. */
  readonly postgresUrl: string
  /** As operator, who sees everything; JetStream is on. */
  readonly natsUrl: string
  stop(): Promise<void>
}

/** One way to have them. */
export interface ServerProvider {
  /** What TEST_SERVERS calls it. */
  readonly name: string
  /** The servers, or why this way is closed here. What should have worked and did not is thrown. */
  start(report: (line: string) => void): Promise<TestServers | Closed>
}

interface Closed {
  readonly closedBecause: string
}
