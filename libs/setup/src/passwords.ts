/** By what names an installation remembers its passwords: the same on one machine and on many. */
import type { ServiceName } from '@songnhap/contracts'
import type { Memory } from './memory.ts'
import { NATS_OPERATOR, type NatsUser } from './nats-configuration.ts'

type Secrets = Pick<Memory, 'secret'>

const ADMINISTRATOR_LOGIN = 'quantri'

/** Of each service's role in the database. */
export function rolePasswords(memory: Secrets): (service: ServiceName) => string {
  return (service) => memory.secret(`role ${service}`)
}

export function natsPasswords(memory: Secrets): (user: NatsUser) => string {
  return (user) => memory.secret(user === NATS_OPERATOR ? 'nats' : `nats ${user}`)
}

export function administratorOf(memory: Secrets): { login: string; password: string } {
  return { login: ADMINISTRATOR_LOGIN, password: memory.secret('administrator') }
}
