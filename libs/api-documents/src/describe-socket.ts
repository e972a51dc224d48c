/** The websocket, as one channel of AsyncAPI with an operation for each kind of message. */
import { CLOSE, ClientMessage, PROTOCOL_VERSION, ServerMessage } from '@songnhap/contracts'
import { type Described, messageOf, operationOf, replyOn } from './async-api-parts.ts'
import { wordsAbout } from './describe.ts'
import type { Json, SchemaWriter } from './schema-writer.ts'

const CHANNEL = 'stream'
/** From the IANA registry, beside our own. */
const CLOSE_STANDARD = { TOO_LARGE: 1009, RESTARTING: 1012, TRY_AGAIN_LATER: 1013 } as const

type Member = (typeof ClientMessage.anyOf | typeof ServerMessage.anyOf)[number]

export function describeSocket(writer: SchemaWriter): Described {
  const fromClients = ClientMessage.anyOf
  const fromServer = ServerMessage.anyOf
  return {
    channels: {
      [CHANNEL]: {
        address: '/api/stream',
        description: `${wordsAbout('PROTOCOL_VERSION')}\n\n${wordsAbout('CLOSE')}`,
        servers: [{ $ref: '#/servers/gateway' }],
        messages: Object.fromEntries([
          ...fromClients.map((member) => messageEntry('ClientMessage', member, writer)),
          ...fromServer.map((member) => messageEntry('ServerMessage', member, writer)),
        ]),
        bindings: { ws: { method: 'GET' } },
        'x-protocol-version': PROTOCOL_VERSION,
        'x-close-codes': { ...CLOSE, ...CLOSE_STANDARD },
      },
    },
    operations: Object.fromEntries([
      ...fromClients.map((member) => operationEntry('receive', member)),
      ...fromServer.map((member) => operationEntry('send', member)),
    ]),
  }
}

function messageEntry(union: string, member: Member, writer: SchemaWriter): [string, Json] {
  const type = typeOf(member)
  const payload = writer.write(member, `${union}.${type}`)
  const rest = hasRef(member) ? { correlationId: { location: '$message.payload#/ref' } } : {}
  return [type, messageOf(type, undefined, payload, { 'x-contract': union, ...rest })]
}

function operationEntry(action: 'send' | 'receive', member: Member): [string, Json] {
  const type = typeOf(member)
  const answers = action === 'receive' ? answersTo(member) : []
  const rest = answers.length === 0 ? {} : { reply: replyOn(CHANNEL, answers) }
  return [`${CHANNEL}.${type}`, operationOf({ action, channel: CHANNEL, messages: [type], rest })]
}

/** What the protocol answers a client with (docs/spec/stream.md, W2, W4, W11, W18). */
function answersTo(member: Member): string[] {
  if (hasRef(member)) return ['ack', 'refusal']
  const type = typeOf(member)
  if (type === 'hello') return ['snapshot', 'refusal']
  return type === 'watch' ? ['watching', 'refusal'] : ['pong']
}

function hasRef(member: Member): boolean {
  return 'ref' in member.properties
}

function typeOf(member: Member): string {
  return member.properties.type.const
}
