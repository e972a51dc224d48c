/** What is wrong below or beside the routes is refused in the same form as everything else. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { Problem } from '@songnhap/contracts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { answerProblem } from './answer-problem.ts'
import type { TypedServer } from './typed-server.ts'

const HEADERS_WITHIN_MS = 20_000
const LOOK_EVERY_MS = 5_000
/** The parser's code for more headers than Node takes. */
const HEADER_OVERFLOW = 'HPE_HEADER_OVERFLOW'
const LINE_GONE = 'ECONNRESET'

/** Settings of Node's server: who is slow to ask is let go. Hosts are looked at by `refuseOddRequests`. */
export const HTTP_SETTINGS = {
  headersTimeout: HEADERS_WITHIN_MS,
  connectionsCheckingInterval: LOOK_EVERY_MS,
  requireHostHeader: false,
} as const

/** An address that cannot be decoded comes to no route, and to no hook. */
export function answerBadAddress(error: Error, request: FastifyRequest, reply: FastifyReply): void {
  // Of a handshake Node has let the line go, and the websockets never hear of it.
  if (request.raw.headers.upgrade !== undefined) {
    reply.raw.once('finish', () => request.raw.socket.destroySoon())
  }
  answerProblem(error, request, reply.header('cache-control', 'no-store'))
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
export function refuseOddRequests(server: TypedServer, bodyWithinMs: number): void {
  server.addHook('onRequest', async ({ raw }, reply) => {
    if (raw.httpVersionMinor === 0 || raw.headers.host !== undefined) return
    reply.header('cache-control', 'no-store')
    throw new Problem('MALFORMED')
  })
  server.addHook('preParsing', async ({ raw, headers }) => {
    // An upload takes as long as it takes; while it stands still, the idle line is cut.
    if (headers['content-type']?.startsWith('multipart/') !== true) letGoOfSlow(raw, bodyWithinMs)
  })
  server.server.on('checkExpectation', (_request: IncomingMessage, response: ServerResponse) => {
    const body = JSON.stringify(new Problem('MALFORMED').toBody())
    response.writeHead(400, { ...HEADERS, 'content-length': Buffer.byteLength(body) }).end(body)
  })
  server.websocketServer.on('wsClientError', (_error, line: Duplex) =>
    refuseOnLine(line, new Problem('MALFORMED', ['no handshake of a websocket'])),
  )
}

/** A request that is whole is let alone, however long its answer takes. */
function letGoOfSlow(request: IncomingMessage, withinMs: number): void {
  if (request.complete) return
  const late = setTimeout(() => {
    if (!request.complete) request.destroy()
  }, withinMs).unref()
  request.once('close', () => clearTimeout(late))
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
