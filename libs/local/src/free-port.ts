import { createServer } from 'node:net'

/**
 * Below the range that operating systems draw from for outgoing connections: a client that keeps
 * trying to reach a stopped server could otherwise be given that server's port as its own.
 */
const PORT_MIN = 20_000
const PORT_MAX = 30_000
const TRIES_MAX = 100

/** The first of the wished ports that is free on the loopback, else one drawn at random. */
export async function freePort(wished: readonly number[] = []): Promise<number> {
  for (const port of wished) if (await isFree(port)) return port
  for (let tries = 0; tries < TRIES_MAX; tries++) {
    const port = PORT_MIN + Math.floor(Math.random() * (PORT_MAX - PORT_MIN))
    if (await isFree(port)) return port
  }
  throw new Error(`no free port found between ${PORT_MIN} and ${PORT_MAX}`)
}

/** Whether a server of ours could listen there now. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      server.close(() => resolve(true))
    })
  })
}
