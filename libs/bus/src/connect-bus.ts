import {
  type BodyOf,
  type PushContract,
  type ReplyOf,
  type RequestContract,
  type RequestOf,
  SERVICES,
  type ServiceName,
} from '@songnhap/contracts'
import { connect, type NatsConnection } from 'nats'
import type { Logger } from 'pino'
import { type Answer, type Answering, answerAll } from './answer.ts'
import { ask } from './ask.ts'
import { leniently, strictly } from './checks.ts'
import { isTooLarge } from './is-too-large.ts'
import { Line } from './line.ts'
import { type News, newsIn } from './news-in.ts'
import { inboxOf } from './permissions.ts'
import { subjectsOf } from './subjects.ts'

const RECONNECT_WAIT_MS = 250
const PING_INTERVAL_MS = 5_000
const PINGS_MISSED_MAX = 2

export interface Subscription {
  stop(): void
}

/** One process's place on the bus of one installation. */
export interface Bus {
  readonly namespace: string
  /** Asks the owner of the contract. Throws Problem: what was refused, or UNAVAILABLE. */
  ask<C extends RequestContract>(
    contract: C,
    request: RequestOf<C>,
    timeoutMs?: number,
  ): Promise<ReplyOf<C>>
  /** Answers requests, sharing the load with the other instances of the service. */
  answer(service: ServiceName, answers: readonly Answer[]): Promise<void>
  /** Says something to whoever listens at this address right now. What does not fit is logged. */
  push<C extends PushContract>(contract: C, address: string, body: BodyOf<C>): void
  onPush<C extends PushContract>(
    contract: C,
    address: string,
    hear: (body: BodyOf<C>) => void,
  ): Subscription
  /** Wakes whoever waits for this topic: a service's name for its ledger, or a word of its own. */
  poke(topic: string): void
  onPoke(topic: string, wake: () => void): Subscription
  /**
   * Hears what the services' facts are about as they pass by. A hint too: it keeps no position, and misses what
   * is said while the line is cut.
   */
  onNews(hear: (news: News) => void): Subscription
  isConnected(): boolean
  /** Stops hearing, lets answers under way leave, disconnects. */
  close(): Promise<void>
  /** For the other files of this folder. */
  readonly connection: NatsConnection
}

/** Waits for the server, and later reconnects for as long as the process lives. */
export async function connectBus(options: {
  url: string
  namespace: string
  name: string
  log: Logger
}): Promise<Bus> {
  const { namespace, log } = options
  const subjects = subjectsOf(namespace)
  const connection = await connect({
    ...addressOf(options.url),
    name: options.name,
    inboxPrefix: inboxOf(options.name),
    maxReconnectAttempts: -1,
    reconnectTimeWait: RECONNECT_WAIT_MS,
    waitOnFirstConnect: true,
    pingInterval: PING_INTERVAL_MS,
    maxPingOut: PINGS_MISSED_MAX,
  })
  const line = new Line()
  void watchStatus(connection, line, log)
  const answering: Answering[] = []

  return {
    namespace,
    connection,
    ask: (contract, request, timeoutMs) =>
      ask(connection, line, subjects.request(contract), contract, request, timeoutMs),
    async answer(service, answers) {
      answering.push(await answerAll(connection, namespace, service, answers, log))
    },
    push(contract, address, body) {
      const checked = strictly(contract.subject, contract.body)(body)
      hint(connection, subjects.push(contract, address), log, JSON.stringify(checked))
    },
    onPush(contract, address, hear) {
      const check = leniently(contract.subject, contract.body)
      return listen(connection, subjects.push(contract, address), log, (text) =>
        hear(check(JSON.parse(text)) as BodyOf<typeof contract>),
      )
    },
    poke: (topic) => hint(connection, subjects.poke(topic), log),
    onPoke: (topic, wake) => listen(connection, subjects.poke(topic), log, wake),
    onNews(hear) {
      const heard = SERVICES.map((producer) =>
        listen(connection, subjects.facts(producer), log, (text) => newsIn(text).forEach(hear)),
      )
      return {
        stop: () => {
          for (const one of heard) one.stop()
        },
      }
    },
    isConnected: () => line.isUp && !connection.isClosed(),
    async close() {
      if (connection.isClosed()) return
      // With the server away nothing can leave, and draining would wait until it is back.
      if (!line.isUp) return await connection.close()
      await Promise.allSettled(answering.map((one) => one.stop()))
      if (!connection.isClosed()) await connection.drain()
    },
  }
}

/**
 * Pushes and pokes are hints: one that cannot be given does not stop whoever gives it. After the
 * connection is closed for good there is nobody to hint to.
 */
function hint(connection: NatsConnection, subject: string, log: Logger, text = ''): void {
  if (connection.isClosed() || connection.isDraining()) return
  try {
    connection.publish(subject, text)
  } catch (err) {
    if (!isTooLarge(err)) throw err
    log.error({ err, subject }, 'a hint does not fit into a message')
  }
}

function listen(
  connection: NatsConnection,
  subject: string,
  log: Logger,
  hear: (text: string) => void,
): Subscription {
  const subscription = connection.subscribe(subject, {
    callback(error, message) {
      try {
        if (error !== null) throw error
        hear(message.string())
      } catch (err) {
        log.error({ err, subject }, 'a message could not be heard')
      }
    },
  })
  return { stop: () => subscription.unsubscribe() }
}

async function watchStatus(connection: NatsConnection, line: Line, log: Logger): Promise<void> {
  for await (const status of connection.status()) {
    if (status.type !== 'disconnect' && status.type !== 'reconnect') continue
    if (status.type === 'reconnect') line.isBack()
    else line.wasCut()
    log.warn({ status: status.type }, 'connection to the bus')
  }
}

/** The client wants user and password apart from the address. */
function addressOf(url: string): { servers: string; user?: string; pass?: string } {
  const { host, username, password } = new URL(url)
  if (username === '') return { servers: host }
  return { servers: host, user: decodeURIComponent(username), pass: decodeURIComponent(password) }
}
