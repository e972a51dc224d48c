import { join } from 'node:path'
import type { ServiceName } from '@songnhap/contracts'
import { allSettled } from './all-settled.ts'
import type { ManagedServer } from './managed-process.ts'
import { type NatsServer, openNatsServer } from './nats-server.ts'
import { openPostgres } from './postgres.ts'
import { openStateFolder, type StateFolder } from './state-folder.ts'
import { stopLeftovers } from './stop-leftovers.ts'

/** The servers that everything stands on, alive. */
export interface Servers {
  /** As superuser, database `postgres`. */
  readonly postgresUrl: string
  /** As operator, who sees everything. */
  readonly natsUrl: string
  /** As one service, with its own subjects only. */
  natsUrlOf(service: ServiceName): string
  readonly postgres: ManagedServer
  readonly nats: NatsServer['server']
  stop(): Promise<void>
}

export interface ServersOptions {
  /** Everything is kept here; made where missing. */
  readonly folder: string
  /** Hears each step, as a line. */
  readonly report: (line: string) => void
  /** False only for tests: a power cut may then cost data, a killed process not. Default: true. */
  readonly durable?: boolean
}

/** Starts PostgreSQL and nats-server; throws StateFolderInUse when they run already. */
export async function startServers(options: ServersOptions): Promise<Servers> {
  const state = await openStateFolder(options.folder)
  try {
    const servers = await startServersIn(state, options)
    state.announce(`PostgreSQL at ${new URL(servers.postgresUrl).host}`)
    return {
      ...servers,
      async stop() {
        await servers.stop()
        state.release()
      },
    }
  } catch (error) {
    state.release()
    throw error
  }
}

/** The same in a state folder that is claimed already. */
export async function startServersIn(
  state: StateFolder,
  { report, durable = true }: Omit<ServersOptions, 'folder'>,
): Promise<Servers> {
  await stopLeftovers(join(state.path, 'run'), report)
  const [postgres, nats] = await allSettled([
    openPostgres(state, durable, report),
    openNatsServer(state, durable, report),
  ])
  const stop = async () => {
    await nats.server.stop()
    await postgres.server.stop()
  }
  try {
    await allSettled([postgres.server.start(), nats.server.start()])
  } catch (error) {
    await stop()
    throw error
  }
  return {
    postgresUrl: postgres.url,
    natsUrl: nats.url,
    natsUrlOf: nats.urlOf,
    postgres: postgres.server,
    nats: nats.server,
    stop,
  }
}
