import { join } from 'node:path'
import { SERVICES, type ServiceName } from '@songnhap/contracts'
import { allSettled } from './all-settled.ts'
import { type PreparedDatabase, prepareDatabase } from './prepare-database.ts'
import { type Servers, type ServersOptions, startServersIn } from './servers.ts'
import { type ManagedService, openService } from './service-process.ts'
import { openStateFolder, type StateFolder } from './state-folder.ts'

const NAMESPACE = 'songnhap'
const ADMINISTRATOR = 'quantri'
const GATEWAY_PORTS = [8080] as const

export interface InstallationOptions extends ServersOptions {
  /** More settings for a service, or other ones. */
  readonly environment?: Partial<Record<ServiceName, Readonly<Record<string, string>>>>
  /** Default: the one of the start before, else 8080, else any free one. */
  readonly gatewayPort?: number
  /** How many processes of a service; default 1. */
  readonly instances?: Partial<Record<ServiceName, number>>
}

/** A whole Song Nhập on this machine, serving. */
export interface Installation {
  readonly gatewayUrl: string
  readonly servers: Servers
  readonly services: Record<ServiceName, ManagedService[]>
  readonly administrator: { login: string; password: string }
  /** As superuser, database `songnhap`. */
  readonly databaseUrl: string
  readonly namespace: string
  /** The gateway first, then the other services, nats-server, PostgreSQL. */
  stop(): Promise<void>
}

/** Starts everything in order; what was started is stopped again when a later step fails. */
export async function startInstallation(options: InstallationOptions): Promise<Installation> {
  const state = await openStateFolder(options.folder)
  const stops: (() => Promise<void>)[] = [async () => state.release()]
  const stop = async () => {
    for (const next of stops.splice(0).reverse()) await next()
  }
  try {
    return await startEverything(state, options, stops, stop)
  } catch (error) {
    await stop()
    throw error
  }
}

async function startEverything(
  state: StateFolder,
  options: InstallationOptions,
  stops: (() => Promise<void>)[],
  stop: () => Promise<void>,
): Promise<Installation> {
  const { report } = options
  const port = options.gatewayPort ?? (await state.port('gateway', GATEWAY_PORTS))
  const gatewayUrl = `http://127.0.0.1:${port}`
  state.announce(gatewayUrl)

  report('starting PostgreSQL and nats-server')
  const servers = await startServersIn(state, options)
  stops.push(async () => {
    report('stopping nats-server and PostgreSQL')
    await servers.stop()
  })
  report('bringing the database up to date')
  const database = await prepareDatabase(state, servers.postgresUrl, report)

  const administrator = { login: ADMINISTRATOR, password: state.secret('administrator') }
  const services = await openServices(state, options, {
    servers,
    database,
    port,
    administrator,
  })
  const inner = SERVICES.filter((name) => name !== 'gateway')
  for (const names of [inner, ['gateway'] as const]) {
    report(`starting ${names.join(', ')}`)
    const processes = names.flatMap((name) => services[name])
    stops.push(async () => {
      report(`stopping ${names.join(', ')}`)
      await Promise.all(processes.map((process) => process.stop()))
    })
    await allSettled(processes.map((process) => process.start()))
  }
  return {
    gatewayUrl,
    servers,
    services,
    administrator,
    databaseUrl: database.url,
    namespace: NAMESPACE,
    stop,
  }
}

async function openServices(
  state: StateFolder,
  { environment = {}, instances = {}, report }: InstallationOptions,
  on: {
    servers: Servers
    database: PreparedDatabase
    port: number
    administrator: Installation['administrator']
  },
): Promise<Record<ServiceName, ManagedService[]>> {
  const services: Record<ServiceName, ManagedService[]> = {
    intake: [],
    entry: [],
    reconcile: [],
    gateway: [],
  }
  for (const name of SERVICES) {
    for (let number = 1; number <= (instances[name] ?? 1); number++) {
      const label = number === 1 ? name : `${name}-${number}`
      const port = number === 1 ? on.port : await state.port(label)
      const settings = {
        DATABASE_URL: on.database.urlOf(name),
        NATS_URL: on.servers.natsUrl,
        BUS_NAMESPACE: NAMESPACE,
        IMAGES_FOLDER: join(state.path, 'images'),
        LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'info',
        ...(name === 'gateway' ? gatewaySettings(port, on.administrator) : {}),
        ...environment[name],
      }
      services[name].push(openService(state, { name, label, environment: settings, report }))
    }
  }
  return services
}

function gatewaySettings(port: number, { login, password }: Installation['administrator']) {
  return {
    GATEWAY_HOST: '127.0.0.1',
    GATEWAY_PORT: String(port),
    FIRST_ADMINISTRATOR_LOGIN: login,
    FIRST_ADMINISTRATOR_PASSWORD: password,
  }
}
