import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import multipart from '@fastify/multipart'
import rateLimit from '@fastify/rate-limit'
import websocket from '@fastify/websocket'
import type { Bus } from '@songnhap/bus'
import { Problem } from '@songnhap/contracts'
import type { ImageStore } from '@songnhap/images'
import { type FastifyBaseLogger, fastify, LogController } from 'fastify'
import type { Kysely } from 'kysely'
import { guardRoutes } from './admission.ts'
import {
  answerBadAddress,
  answerBrokenLine,
  httpSettings,
  type RequestTimes,
  refuseOddRequests,
} from './answer-broken-requests.ts'
import { answerProblem } from './answer-problem.ts'
import { compileSerializer, compileValidator } from './contract-compilers.ts'
import { letGoOfSlow } from './let-go-of-slow.ts'
import { logRequests } from './log-requests.ts'
import type { PartedUploads } from './parted-uploads.ts'
import { recordRoutes } from './record-routes.ts'
import { addAccountRoutes } from './routes/accounts.ts'
import { addApiDocumentRoutes } from './routes/api-documents.ts'
import { addAssignmentRoutes } from './routes/assignments.ts'
import { addAuditRoutes } from './routes/audits.ts'
import { addCampaignRoutes } from './routes/campaigns.ts'
import { addDeadLetterRoutes } from './routes/dead-letters.ts'
import { addFormRoutes } from './routes/forms.ts'
import { addHealthRoute } from './routes/health.ts'
import { addIndependenceRoutes } from './routes/independence.ts'
import { addKnownPageRoutes } from './routes/known-pages.ts'
import { addListRoutes } from './routes/lists.ts'
import { addOperatorRoutes } from './routes/operators.ts'
import { addOverviewRoutes } from './routes/overview.ts'
import { addPartedUploadRoutes } from './routes/parted-uploads.ts'
import { addRecheckRoutes } from './routes/rechecks.ts'
import { addReturnedRoutes } from './routes/returned.ts'
import { addSessionRoutes } from './routes/session.ts'
import { addStreamRoute } from './routes/stream.ts'
import { addSupervisionRoutes } from './routes/supervision.ts'
import { addThirdEntryRoutes } from './routes/third-entries.ts'
import { addUnitRoutes } from './routes/units.ts'
import { addUploadRoutes } from './routes/uploads.ts'
import type { DB } from './schema.gen.ts'
import { serveFiles } from './serve-files.ts'
import { openSessions, type Sessions } from './sessions.ts'
import { createChanges } from './stream/changes.ts'
import { createOpenSockets, type OpenSockets } from './stream/open-sockets.ts'
import type { StreamTimes } from './stream/socket-session.ts'
import type { TypedServer } from './typed-server.ts'

/** A page of 60 records with long values; the same on both roads. */
const MESSAGE_BYTES_MAX = 512 * 1024
/** Without a byte either way: a slow line may be silent for minutes in the middle of an upload. */
const IDLE_MAX_MS = 600_000

export interface GatewayParts {
  readonly db: Kysely<DB>
  readonly bus: Bus
  readonly images: ImageStore
  readonly uploads: PartedUploads
  readonly log: FastifyBaseLogger
  /** Web origins that may change something here. */
  readonly origins: readonly string[]
  readonly trustedProxies: readonly string[]
  readonly sessionHours: number
  /** From one address in a minute. */
  readonly signInAttemptsMax: number
  readonly requestTimes: RequestTimes
  readonly streamTimes: StreamTimes
}

/** The whole door, not yet listening. Closing it closes its websockets, and waits for requests. */
export async function buildServer(parts: GatewayParts): Promise<TypedServer> {
  const { db, bus, log, requestTimes } = parts
  const server: TypedServer = fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: MESSAGE_BYTES_MAX,
    connectionTimeout: IDLE_MAX_MS,
    // While it stops, what still comes in is answered like anything else.
    return503OnClosing: false,
    exposeHeadRoutes: false,
    frameworkErrors: answerBadAddress(requestTimes),
    clientErrorHandler: answerBrokenLine,
    http: httpSettings(requestTimes),
    trustProxy: parts.trustedProxies.length > 0 ? [...parts.trustedProxies] : false,
  })
  const sessions = openSessions(db, parts.sessionHours)
  const sockets = createOpenSockets({
    bus,
    sessions,
    log: server.log,
    times: parts.streamTimes,
    changes: createChanges(bus, parts.streamTimes.hintMs),
  })

  server.setValidatorCompiler(compileValidator)
  server.setSerializerCompiler(compileSerializer)
  server.setErrorHandler(answerProblem)
  server.setNotFoundHandler(() => {
    throw new Problem('NOT_FOUND')
  })
  logRequests(server)
  await registerPlugins(server, sockets)
  letGoOfSlow(server, requestTimes.bodyMs)
  refuseOddRequests(server)
  guardRoutes(server, sessions, parts.origins)
  await serveFiles(server)
  const routes = recordRoutes(server)
  addRoutes(server, parts, sessions, sockets)
  addApiDocumentRoutes(server, routes)
  await server.ready()
  return server
}

async function registerPlugins(server: TypedServer, sockets: OpenSockets): Promise<void> {
  await server.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'blob:'],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        workerSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
  })
  await server.register(cookie)
  await server.register(multipart)
  await server.register(rateLimit, {
    global: false,
    errorResponseBuilder: () => new Problem('TOO_MANY_ATTEMPTS'),
  })
  await server.register(websocket, {
    options: { maxPayload: MESSAGE_BYTES_MAX, perMessageDeflate: false },
    // A line that broke, or said too much: `ws` closes it by itself, with the code for that.
    errorHandler: (err, _socket, request) => request.log.info({ err }, 'a websocket failed'),
    preClose: () => sockets.closeAll(),
  })
}

function addRoutes(
  server: TypedServer,
  { db, bus, images, uploads, signInAttemptsMax }: GatewayParts,
  sessions: Sessions,
  sockets: OpenSockets,
): void {
  addSessionRoutes(server, db, sessions, signInAttemptsMax)
  addAccountRoutes(server, db, bus)
  addHealthRoute(server, bus)
  addCampaignRoutes(server, bus)
  addFormRoutes(server, bus)
  addListRoutes(server, bus)
  addUnitRoutes(server, bus)
  addUploadRoutes(server, bus, images)
  addPartedUploadRoutes(server, uploads, bus, images)
  addSupervisionRoutes(server, db, bus)
  addOperatorRoutes(server, db, bus, images)
  addAuditRoutes(server, db, bus)
  addKnownPageRoutes(server, db, bus, images)
  addRecheckRoutes(server, db, bus)
  addThirdEntryRoutes(server, bus)
  addIndependenceRoutes(server, db, bus)
  addOverviewRoutes(server, db, bus)
  addReturnedRoutes(server, { db, bus, images, uploads })
  addDeadLetterRoutes(server, bus)
  addAssignmentRoutes(server, bus, images)
  addStreamRoute(server, sockets)
}
