/** A thousand people on the gateway's websockets, and as many on a server that only echoes. */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { type Assignment, openStream } from '@songnhap/client'
import type { TypedRecords } from '@songnhap/contracts'
import { WebSocket } from 'ws'
import type { Admitted } from './admit-people.ts'

const ECHO_SERVER = fileURLToPath(new URL('./echo-server.ts', import.meta.url))
const CONNECTING_AT_ONCE = 20
const ANSWER_WITHIN_MS = 20_000

/** Somebody with a connection: hands in, and hears of the next page. One thing at a time. */
export interface Connected {
  handIn(): Promise<void>
  close(): void
}

export async function connectTypists(
  people: readonly Admitted[],
  records: TypedRecords,
): Promise<Connected[]> {
  return await fewAtOnce(people, async (person) => {
    let came = Promise.withResolvers<Assignment>()
    const hello = { work: 'typing', capacity: 1 } as const
    const stream = await openStream(person, person.gatewayUrl, hello, (assignment) =>
      came.resolve(assignment),
    )
    const [first] = stream.snapshot.assignments
    if (first === undefined) throw new Error('there is no page for a typist')
    let page: Assignment = first
    return {
      close: () => stream.close(),
      async handIn() {
        came = Promise.withResolvers()
        const entryId = crypto.randomUUID()
        const { pageId, leaseToken } = page
        await stream.order({ type: 'submit', entryId, pageId, leaseToken, records })
        page = await within(came.promise)
      },
    }
  })
}

/** Memory is read from `environment`'s file; `text` is what is sent and comes back. */
export async function startEcho(environment: Record<string, string>) {
  const child = fork(ECHO_SERVER, { env: { ...process.env, ...environment } })
  const [{ port }] = (await once(child, 'message')) as [{ port: number }]
  return {
    pid: child.pid ?? 0,
    connect: (count: number, text: string) =>
      fewAtOnce(
        Array.from({ length: count }, (_, index) => index),
        () => connectEcho(port, text),
      ),
    async stop() {
      const ended = once(child, 'exit')
      child.disconnect()
      await ended
    },
  }
}

async function connectEcho(port: number, text: string): Promise<Connected> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/`)
  await once(socket, 'open')
  let came = Promise.withResolvers<void>()
  socket.on('message', (data) => {
    JSON.parse(String(data))
    came.resolve()
  })
  return {
    close: () => socket.close(),
    async handIn() {
      came = Promise.withResolvers()
      socket.send(text)
      await within(came.promise)
    },
  }
}

async function fewAtOnce<T, R>(items: readonly T[], make: (item: T) => Promise<R>): Promise<R[]> {
  const made: R[] = []
  const queue = items.values()
  const carry = async () => {
    for (const item of queue) made.push(await make(item))
  }
  await Promise.all(Array.from({ length: CONNECTING_AT_ONCE }, carry))
  return made
}

async function within<T>(answer: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Error('no answer in time')), ANSWER_WITHIN_MS)
  try {
    return await Promise.race([answer, late.promise])
  } finally {
    clearTimeout(timer)
  }
}
