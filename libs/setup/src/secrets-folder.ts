import { chmodSync, chownSync, existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { SERVICES, type ServiceName } from '@songnhap/contracts'
import { type Memory, openMemory } from './memory.ts'
import { natsConfiguration } from './nats-configuration.ts'
import { administratorOf, natsPasswords, rolePasswords } from './passwords.ts'
import { databaseUrl } from './prepare-database.ts'

const NATS_PORT = 4222
/** For the health check, which runs beside the server. */
const NATS_MONITOR = '127.0.0.1:8222'

/** Where an installation of several machines or containers keeps its servers. */
export interface Places {
  /** Host and port as the services see them. */
  readonly postgres: string
  readonly nats: string
  /** Folder of JetStream, as nats-server sees it. */
  readonly natsStore: string
  /** Whom the files are to belong to; needs root. */
  readonly owner?: number | undefined
}

/**
 * Draws all passwords once, and writes them out: below `folder`, one room for each who needs some,
 * so that each is given that room alone. Run again, it writes the same passwords, and the rights on
 * the bus as this version has them.
 */
export function writeSecrets(folder: string, places: Places): void {
  const memory = openPasswords(folder)
  const write = (room: string, name: string, text: string, mode = 0o400) =>
    place(makeRoom(folder, room, places.owner), name, text, mode, places.owner)
  // Read by an account of the image's own, whose number differs from image to image.
  write('postgres', 'password', memory.secret('postgres'), 0o444)
  const configuration = natsConfiguration({
    name: 'songnhap',
    listen: `0.0.0.0:${NATS_PORT}`,
    store: places.natsStore,
    syncAlways: true,
    monitor: NATS_MONITOR,
    passwordOf: natsPasswords(memory),
  })
  write('nats', 'nats-server.conf', configuration)
  for (const service of SERVICES) {
    write(service, 'settings.env', asLines(secretSettings(memory, service, places)))
  }
  // Last, when everything that is ever asked for has been drawn.
  if (places.owner !== undefined) chownSync(passwordsFile(folder), places.owner, places.owner)
}

/** The passwords that `writeSecrets` drew, for whoever is given their room. */
export function readSecrets(folder: string): {
  administrator: { login: string; password: string }
  superuserUrl: (postgres: string) => string
  rolePassword: (service: ServiceName) => string
} {
  if (!existsSync(passwordsFile(folder))) throw new Error(`${folder} has not been prepared`)
  const memory = openMemory(passwordsFile(folder))
  return {
    administrator: administratorOf(memory),
    superuserUrl: (postgres) => superuserUrl(memory, postgres),
    rolePassword: rolePasswords(memory),
  }
}

/** What a service reads from its environment and nobody else may know. */
export function secretSettings(
  memory: Pick<Memory, 'secret'>,
  service: ServiceName,
  { postgres, nats }: Pick<Places, 'postgres' | 'nats'>,
): Record<string, string> {
  const password = rolePasswords(memory)(service)
  return {
    DATABASE_URL: databaseUrl(superuserUrl(memory, postgres), { service, password }),
    NATS_URL: `nats://${service}:${natsPasswords(memory)(service)}@${nats}`,
    ...(service === 'gateway' && firstAdministrator(memory)),
  }
}

function firstAdministrator(memory: Pick<Memory, 'secret'>): Record<string, string> {
  const { login, password } = administratorOf(memory)
  return { FIRST_ADMINISTRATOR_LOGIN: login, FIRST_ADMINISTRATOR_PASSWORD: password }
}

function openPasswords(folder: string): Memory {
  makeRoom(folder, 'passwords', undefined)
  return openMemory(passwordsFile(folder))
}

function passwordsFile(folder: string): string {
  return join(folder, 'passwords', 'passwords.json')
}

function superuserUrl(memory: Pick<Memory, 'secret'>, postgres: string): string {
  return `postgres://postgres:${memory.secret('postgres')}@${postgres}/postgres`
}

function makeRoom(folder: string, room: string, owner: number | undefined): string {
  const path = join(folder, room)
  mkdirSync(path, { recursive: true, mode: 0o755 })
  if (owner !== undefined) chownSync(path, owner, owner)
  return path
}

/** Whole or not at all: somebody may be reading the one before. */
function place(
  room: string,
  name: string,
  text: string,
  mode: number,
  owner: number | undefined,
): void {
  const next = join(room, `${name}.next`)
  writeFileSync(next, text, { mode: 0o600, flush: true })
  chmodSync(next, mode)
  if (owner !== undefined) chownSync(next, owner, owner)
  renameSync(next, join(room, name))
}

function asLines(settings: Readonly<Record<string, string>>): string {
  return Object.entries(settings)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('')
}
