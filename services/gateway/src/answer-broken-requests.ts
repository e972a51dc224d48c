/** What is wrong below or beside the routes is refused in the same form as everything else. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { Problem } from '@songnhap/contracts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { answerProblem } from './answer-problem.ts'
import { cutWhenLate } from './let-go-of-slow.ts'
import type { TypedServer } from './typed-server.ts'

/** How much of the time that headers have passes between two looks at them. */
const LOOK_EVERY = 1 / 4
/** The parser's code for more headers than Node takes. */
const HEADER_OVERFLOW = 'HPE_HEADER_OVERFLOW'
const LINE_GONE = 'ECONNRESET'

/** For the headers of a request, and for its whole body unless it is an upload. */
export interface RequestTimes {
  readonly headersMs: number
  readonly bodyMs: number
}

/** Settings of Node's server: who is slow to ask is let go. Hosts are looked at by `refuseOddRequests`. */
export function httpSettings({ headersMs }: RequestTimes) {
  return {
    headersTimeout: headersMs,
    connectionsCheckingInterval: headersMs * LOOK_EVERY,
    requireHostHeader: false,
  }
}

/** An address that cannot be decoded comes to no route, and to no hook. */
export function answerBadAddress({ bodyMs }: RequestTimes) {
  return (error: Error, request: FastifyRequest, reply: FastifyReply): void => {
    if (request.raw.headers.upgrade === undefined) cutWhenLate(request.raw, bodyMs)
    // Of a handshake Node has let the line go, and the websockets never hear of it.
    else reply.raw.once('finish', () => request.raw.socket.destroySoon())
    answerProblem(error, request, reply.header('cache-control', 'no-store'))
  }
}

/** What is no HTTP, or came too slowly. Of the request there is nothing but the line it came over. */
export function answerBrokenLine(error: NodeJS.ErrnoException, line: Duplex): void {
  if (error.code === LINE_GONE || !line.writable) {
    line.destroy()
    return
  }
  const problem = error.code === HEADER_OVERFLOW ? 'TOO_LARGE' : 'MALFORMED'
  refuseOnLine(line, new Problem(problem))
}

/** What Node and `ws` would answer by themselves, with a text or with nothing. */
export function refuseOddRequests(server: TypedServer): void {
  server.addHook('onRequest', async ({ raw }, reply) => {
    if (raw.httpVersionMinor === 0 || raw.headers.host !== undefined) return
    reply.header('cache-control', 'no-store')
    throw new Problem('MALFORMED')
  })
  server.server.on('checkExpectation', (_request: IncomingMessage, response: ServerResponse) => {
    const body = JSON.stringify(new Problem('MALFORMED').toBody())
    response.writeHead(400, { ...HEADERS, 'content-length': Buffer.byteLength(body) }).end(body)
  })
  endHandshakesBehindOthers(server)
  server.websocketServer.on('wsClientError', (_error, line: Duplex) =>
    refuseOnLine(line, new Problem('MALFORMED', ['no handshake of a websocket'])),
  )
}

/**
 * Behind a request that is not answered yet, Node hands the line over to the websockets, which cannot
 * take it and let it be: nobody would look at it again.
 */
function endHandshakesBehindOthers({ server }: TypedServer): void {
  const underWay = new WeakMap<Duplex, number>()
  const count = (line: Duplex, more: number) => underWay.set(line, (underWay.get(line) ?? 0) + more)
  server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    count(socket, 1)
    response.once('close', () => count(socket, -1))
  })
  server.prependListener('upgrade', (_request: IncomingMessage, line: Duplex) => {
    if ((underWay.get(line) ?? 0) > 0) line.destroy()
  })
}

const HEADERS = {
  'content-type': 'application/json',
  'cache-control': 'no-store',
  connection: 'close',
} as const

function refuseOnLine(line: Duplex, problem: Problem): void {
  const body = JSON.stringify(problem.toBody())
  const headers = { ...HEADERS, 'content-length': Buffer.byteLength(body) }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  line.once('finish', () => line.destroy())
  line.end(`HTTP/1.1 ${problem.status} Refused\r\n${lines.join('')}\r\n${body}`)
}
