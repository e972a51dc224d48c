import { ProblemBody, SESSION_COOKIE } from '@songnhap/contracts'
import { messageOf } from './async-api-parts.ts'
import { describeBus } from './describe-bus.ts'
import { describeSocket } from './describe-socket.ts'
import { API_VERSION, LICENSE, TITLE } from './document-info.ts'
import { type Json, schemaWriter } from './schema-writer.ts'

const WORDS = `What travels between the services of Song Nhập over NATS, and between the gateway and the
browsers of people at work over a websocket. All subjects begin with the installation's namespace. A question is
answered, on the subject that it names for that, by its reply or by a problem; a problem has the header
Nats-Service-Error-Code. Producers are strict and consumers lenient: look past fields that you do not know.`

/** AsyncAPI 3: every fact, request, push and poke of the bus, every message of the websocket. */
export function asyncApiDocument(): Json {
  const writer = schemaWriter()
  const bus = describeBus(writer)
  const socket = describeSocket(writer)
  return {
    asyncapi: '3.1.0',
    info: {
      title: `${TITLE}: messages`,
      version: API_VERSION,
      description: WORDS.replaceAll('\n', ' '),
      license: LICENSE,
    },
    defaultContentType: 'application/json',
    servers: {
      bus: {
        host: 'localhost:4222',
        protocol: 'nats',
        description:
          'One server or a cluster; each service has its own user (libs/bus permissions).',
        security: [{ $ref: '#/components/securitySchemes/busUser' }],
      },
      gateway: {
        host: 'localhost:8080',
        protocol: 'ws',
        description: 'The only door for people. wss behind a proxy.',
        security: [{ $ref: '#/components/securitySchemes/session' }],
      },
    },
    channels: { ...bus.channels, ...socket.channels },
    operations: { ...bus.operations, ...socket.operations },
    components: {
      schemas: writer.named,
      messages: { problem: problemMessage(writer.write(ProblemBody, 'ProblemBody')) },
      securitySchemes: {
        busUser: { type: 'userPassword', description: 'As in NATS_URL of each service.' },
        session: {
          type: 'httpApiKey',
          in: 'cookie',
          name: SESSION_COOKIE,
          description: 'Set by POST /api/session. Also an Origin of this installation is needed.',
        },
      },
    },
  }
}

function problemMessage(payload: Json): Json {
  const headers = {
    type: 'object',
    required: ['Nats-Service-Error-Code', 'Nats-Service-Error'],
    properties: {
      'Nats-Service-Error-Code': { type: 'string', description: 'The HTTP status of the problem.' },
      'Nats-Service-Error': { type: 'string', description: 'The code of the problem.' },
    },
  }
  return messageOf('problem', 'Why a question was not answered.', payload, { headers })
}
