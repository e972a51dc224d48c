import { once } from 'node:events'
import { Agent, type IncomingMessage, request } from 'node:http'
import { performance } from 'node:perf_hooks'
import { buffer } from 'node:stream/consumers'

const ANSWER_WITHIN_MS = 30_000

export interface Asking {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

export interface Answer {
  readonly status: number
  /** Names and values in turn, as they came over the line. */
  readonly rawHeaders: readonly string[]
  readonly body: Buffer
  /** By the clock on the wall. */
  readonly askedAt: number
  readonly tookMs: number
}

/** Each place of its own, so that connections are reused in the same way in both worlds. */
const agents = new Map<string, Agent>()

/** Below `fetch`, which hides the order and spelling of headers and adds some of its own. */
export async function exchange(gatewayUrl: string, asking: Asking): Promise<Answer> {
  const agent = agents.get(gatewayUrl) ?? new Agent({ keepAlive: true, maxSockets: 1 })
  agents.set(gatewayUrl, agent)
  const { method, path, headers, body = '' } = asking
  const { hostname, port } = new URL(gatewayUrl)
  const askedAt = Date.now()
  const began = performance.now()
  // The path goes out as it is: a URL object would tidy up the ones that mean to leave the folder.
  const sent = request({
    agent,
    hostname,
    port,
    method,
    path,
    headers: body === '' ? headers : { ...headers, 'content-length': Buffer.byteLength(body) },
    timeout: ANSWER_WITHIN_MS,
  })
  sent.on('timeout', () => sent.destroy(new Error(`${method} ${path} was not answered`)))
  sent.end(body)
  const [response] = (await once(sent, 'response')) as [IncomingMessage]
  const bytes = await buffer(response)
  return {
    status: response.statusCode ?? 0,
    rawHeaders: response.rawHeaders,
    body: bytes,
    askedAt,
    tookMs: performance.now() - began,
  }
}

/** Connections that idle would keep the test running. */
export function closeConnections(): void {
  for (const agent of agents.values()) agent.destroy()
  agents.clear()
}
