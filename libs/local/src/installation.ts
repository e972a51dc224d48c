import { join } from 'node:path'
import { NAMESPACE } from '@songnhap/bus'
import type { ServiceName } from '@songnhap/contracts'
import { administratorOf, databaseUrl, prepareDatabase, rolePasswords } from '@songnhap/setup'
import { allSettled } from './all-settled.ts'
import { isFree } from './free-port.ts'
import { type Servers, type ServersOptions, startServersIn } from './servers.ts'
import { type ManagedService, openService } from './service-process.ts'
import { openStateFolder, type StateFolder } from './state-folder.ts'

const PORT_TRIES_MAX = 5

export interface InstallationOptions extends ServersOptions {
  /** More settings for a service, or other ones. */
  readonly environment?: Partial<Record<ServiceName, Readonly<Record<string, string>>>>
  /** Default: the one of the start before, else one wished for, else any free one. */
  readonly gatewayPort?: number
  /** Default: none, since whoever stops a gateway for a while may find a well-known port taken. */
  readonly wishedGatewayPorts?: readonly number[]
  /** How many processes of a service; default 1. */
  readonly instances?: Partial<Record<ServiceName, number>>
}

/** A whole Song Nhập on this machine, serving. */
export interface Installation {
  readonly gatewayUrl: string
  /** Of every instance, `gatewayUrl` first. */
  readonly gatewayUrls: readonly string[]
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
  await refuseTakenPort(options.gatewayPort)
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

/** Before anything is started: nobody should wait for PostgreSQL to learn that a number is taken. */
async function refuseTakenPort(port: number | undefined): Promise<void> {
  if (port === undefined || (await isFree(port))) return
  throw new Error(`port ${port} is taken; choose another one, or none and a free one is found`)
}

interface Ground {
  readonly servers: Servers
  readonly administrator: Installation['administrator']
}

async function startEverything(
  state: StateFolder,
  options: InstallationOptions,
  stops: (() => Promise<void>)[],
  stop: () => Promise<void>,
): Promise<Installation> {
  const { report } = options
  report('starting PostgreSQL and nats-server')
  const servers = await startServersIn(state, options)
  stops.push(async () => {
    report('stopping nats-server and PostgreSQL')
    await servers.stop()
  })
  report('bringing the database up to date')
  await prepareDatabase(servers.postgresUrl, rolePasswords(state), report)
  const administrator = administratorOf(state)
  const ground = { servers, administrator }

  report('starting intake, entry, reconcile')
  const inner = {
    intake: openInstances(state, options, ground, 'intake'),
    entry: openInstances(state, options, ground, 'entry'),
    reconcile: openInstances(state, options, ground, 'reconcile'),
  }
  const processes = Object.values(inner).flat()
  stops.push(async () => {
    report('stopping intake, entry, reconcile')
    await Promise.all(processes.map((process) => process.stop()))
  })
  await allSettled(processes.map((process) => process.start()))

  report('starting gateway')
  const { gateway, gatewayUrl, gatewayUrls } = await startGateways(state, options, ground, stops)
  state.announce(gatewayUrl)
  return {
    gatewayUrl,
    gatewayUrls,
    servers,
    services: { ...inner, gateway },
    administrator,
    databaseUrl: databaseUrl(servers.postgresUrl),
    namespace: NAMESPACE,
    stop,
  }
}

/** A port that was free a moment ago may be taken by the time it is listened on: then another one. */
async function startGateways(
  state: StateFolder,
  options: InstallationOptions,
  ground: Ground,
  stops: (() => Promise<void>)[],
): Promise<Pick<Installation, 'gatewayUrl' | 'gatewayUrls'> & { gateway: ManagedService[] }> {
  for (let tries = 1; ; tries++) {
    const port = options.gatewayPort ?? (await state.port('gateway', options.wishedGatewayPorts))
    const others = await Promise.all(
      Array.from({ length: (options.instances?.gateway ?? 1) - 1 }, (_, index) =>
        state.port(labelOf('gateway', index + 2)),
      ),
    )
    const ports = [port, ...others]
    const gateway = openInstances(state, options, ground, 'gateway', ports)
    const stop = () => Promise.all(gateway.map((process) => process.stop()))
    try {
      await allSettled(gateway.map((process) => process.start()))
    } catch (error) {
      await stop()
      const taken = options.gatewayPort === undefined && !(await isFree(port))
      if (!taken || tries >= PORT_TRIES_MAX) throw error
      continue
    }
    stops.push(async () => {
      options.report('stopping gateway')
      await stop()
    })
    return { gateway, gatewayUrl: urlOf(port), gatewayUrls: ports.map(urlOf) }
  }
}

function urlOf(port: number): string {
  return `http://127.0.0.1:${port}`
}

/** All instances of one service; `ports` only for those that listen. */
function openInstances(
  state: StateFolder,
  { environment = {}, instances = {}, report }: InstallationOptions,
  { servers, administrator }: Ground,
  name: ServiceName,
  ports: readonly number[] = [],
): ManagedService[] {
  const role = { service: name, password: rolePasswords(state)(name) }
  return Array.from({ length: instances[name] ?? 1 }, (_, index) => {
    const port = ports[index]
    const settings = {
      DATABASE_URL: databaseUrl(servers.postgresUrl, role),
      NATS_URL: servers.natsUrlOf(name),
      BUS_NAMESPACE: NAMESPACE,
      IMAGES_FOLDER: join(state.path, 'images'),
      LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'info',
      ...(port === undefined ? {} : gatewaySettings(port, administrator)),
      ...environment[name],
    }
    const label = labelOf(name, index + 1)
    return openService(state, { name, label, environment: settings, report })
  })
}

function labelOf(name: ServiceName, number: number): string {
  return number === 1 ? name : `${name}-${number}`
}

function gatewaySettings(port: number, { login, password }: Installation['administrator']) {
  return {
    GATEWAY_HOST: '127.0.0.1',
    GATEWAY_PORT: String(port),
    FIRST_ADMINISTRATOR_LOGIN: login,
    FIRST_ADMINISTRATOR_PASSWORD: password,
  }
}
