/**
 * Facts on JetStream: one stream a producer, one message a run of ledger lines, one line a row of
 * text. The stream is the fast road only; positions decide what is applied.
 */
import { LedgerLine, ledgerRequests, type ServiceName } from '@songnhap/contracts'
import { checkLeniently } from '@songnhap/contracts/check'
import {
  AckPolicy,
  type Consumer,
  type ConsumerConfig,
  DeliverPolicy,
  DiscardPolicy,
  type JsMsg,
  nanos,
  RetentionPolicy,
  StorageType,
} from 'nats'
import type { Bus } from './connect-bus.ts'
import { subjectsOf } from './subjects.ts'

const PUBLISH_TIMEOUT_MS = 5_000
const DUPLICATE_WINDOW_MS = 120_000
/** How long the fast road remembers. Whoever was away longer asks the producer. */
const STREAM_AGE_MAX_MS = 7 * 24 * 3_600_000
const STREAM_BYTES_MAX = 1024 ** 3
const ACK_WAIT_MS = 30_000
const DELIVERIES_MAX = 20
const BACKOFF_MS = [1_000, 5_000, 15_000, ACK_WAIT_MS] as const
const NEXT_GRACE_MS = 1_000
/** What is handed over at once: no more is pulled when there is this much. */
const LINES_ENOUGH = 64
const BYTES_ENOUGH = 1024 ** 2
const MESSAGES_A_PULL_MAX = 4
const PULL_MS = 1_000

const checkLine = checkLeniently('a ledger line', LedgerLine)

/** Publishes a producer's ledger; makes its stream anew when the server has lost it. */
export function factPublisher(bus: Bus, producer: ServiceName) {
  const subjects = subjectsOf(bus.namespace)
  const stream = bus.connection.jetstream()
  let ensured = false
  return {
    async publish(lines: readonly string[], first: number, last: number): Promise<void> {
      if (!ensured) await ensureStream(bus, producer)
      ensured = false
      await stream.publish(subjects.facts(producer), lines.join('\n'), {
        // Names the whole run: the same first line in a longer run is another message.
        msgID: `${producer}:${first}-${last}`,
        timeout: PUBLISH_TIMEOUT_MS,
      })
      ensured = true
    },
    onPoke(wake: () => void): () => void {
      const subscription = bus.onPoke(producer, wake)
      return () => subscription.stop()
    },
  }
}

/** Reads other services' ledgers: from the stream, or by asking the producer. */
export function factSource(bus: Bus, reader: ServiceName) {
  return {
    read: (producer: ServiceName) => openReader(bus, producer, reader),
    async head(producer: ServiceName): Promise<number> {
      return (await bus.ask(ledgerRequests(producer).head, {})).position
    },
    async get(producer: ServiceName, from: number, to: number): Promise<LedgerLine[]> {
      return (await bus.ask(ledgerRequests(producer).get, { from, to })).lines
    },
  }
}

function openReader(bus: Bus, producer: ServiceName, reader: ServiceName) {
  let consumer: Consumer | undefined
  const unreadable: unknown[] = []

  /** Those behind the first that the server has already: they are not waited for. */
  async function gatherBehind(current: Consumer, messages: JsMsg[], lines: LedgerLine[]) {
    let bytes = 0
    for (;;) {
      const pending = messages.at(-1)?.info.pending ?? 0
      if (pending === 0 || lines.length >= LINES_ENOUGH || bytes >= BYTES_ENOUGH) return
      const more = await pullWithin(current, Math.min(pending, MESSAGES_A_PULL_MAX))
      if (more.length === 0) return
      for (const message of more) {
        messages.push(message)
        bytes += message.data.length
        try {
          lines.push(...readOnce(message))
        } catch (error) {
          // It loses only itself; the next call tells of it.
          unreadable.push(error)
        }
      }
    }
  }

  return {
    async next(timeoutMs: number): Promise<{ lines: LedgerLine[]; ack(): void } | null> {
      if (unreadable.length > 0) throw unreadable.shift()
      const current = consumer ?? (await ensureConsumer(bus, producer, reader))
      // An error or a silence may mean that the server lost it: it is made anew before the next wait.
      consumer = undefined
      const message = await nextWithin(current, timeoutMs)
      if (message === null) return null
      consumer = current
      const lines = readOnce(message)
      const messages = [message]
      await gatherBehind(current, messages, lines)
      return {
        lines,
        ack: () => {
          for (const one of messages) one.ack()
        },
      }
    },
    async close(): Promise<void> {
      consumer = undefined
    },
  }
}

/** The client's own timer stops while it is disconnected; this one does not. */
async function nextWithin(consumer: Consumer, timeoutMs: number): Promise<JsMsg | null> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), timeoutMs + NEXT_GRACE_MS)
  })
  try {
    return await Promise.race([consumer.next({ expires: timeoutMs }), late])
  } finally {
    clearTimeout(timer)
  }
}

async function pullWithin(consumer: Consumer, count: number): Promise<JsMsg[]> {
  const coming = await consumer.fetch({ max_messages: count, expires: PULL_MS })
  const timer = setTimeout(() => coming.stop(), PULL_MS + NEXT_GRACE_MS)
  const messages: JsMsg[] = []
  try {
    for await (const message of coming) messages.push(message)
  } finally {
    clearTimeout(timer)
  }
  return messages
}

/** What cannot be read will not be readable the next time either. */
function readOnce(message: JsMsg): LedgerLine[] {
  try {
    return linesOf(message)
  } catch (error) {
    message.term()
    throw error
  }
}

function linesOf(message: JsMsg): LedgerLine[] {
  return message
    .string()
    .split('\n')
    .map((line) => checkLine(JSON.parse(line)))
}

async function ensureStream(bus: Bus, producer: ServiceName): Promise<void> {
  const subjects = subjectsOf(bus.namespace)
  const manager = await bus.connection.jetstreamManager()
  await manager.streams.add({
    name: subjects.stream(producer),
    subjects: [subjects.facts(producer)],
    storage: StorageType.File,
    retention: RetentionPolicy.Limits,
    discard: DiscardPolicy.Old,
    max_age: nanos(STREAM_AGE_MAX_MS),
    max_bytes: STREAM_BYTES_MAX,
    duplicate_window: nanos(DUPLICATE_WINDOW_MS),
  })
}

async function ensureConsumer(
  bus: Bus,
  producer: ServiceName,
  reader: ServiceName,
): Promise<Consumer> {
  await ensureStream(bus, producer)
  const stream = subjectsOf(bus.namespace).stream(producer)
  const durable: Partial<ConsumerConfig> = {
    durable_name: reader,
    ack_policy: AckPolicy.Explicit,
    deliver_policy: DeliverPolicy.All,
    ack_wait: nanos(ACK_WAIT_MS),
    max_deliver: DELIVERIES_MAX,
    backoff: BACKOFF_MS.map(nanos),
  }
  const manager = await bus.connection.jetstreamManager()
  await manager.consumers.add(stream, durable)
  return bus.connection.jetstream().consumers.get(stream, reader)
}
