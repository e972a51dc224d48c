/** What travels over NATS, as channels and operations of AsyncAPI. */
import { covers, NAMESPACE, permissionsOf, subjectsOf } from '@songnhap/bus'
import {
  type FactContract,
  LedgerLine,
  type PushContract,
  type RequestContract,
  SERVICES,
  type ServiceName,
} from '@songnhap/contracts'
import { type Channel, type Described, messageOf, operationOf, replyOn } from './async-api-parts.ts'
import { wordsAbout } from './describe.ts'
import { findContracts, type Named } from './find-contracts.ts'
import type { Json, SchemaWriter } from './schema-writer.ts'

const JSON_LINES = 'application/x-ndjson'
const NAMESPACE_WORDS = 'The installation: BUS_NAMESPACE of its services.'

const subjects = subjectsOf(NAMESPACE)

/** Facts, requests with their replies, pushes and pokes. */
export function describeBus(writer: SchemaWriter): Described {
  const { facts, requests, pushes } = findContracts()
  const described = [
    ...SERVICES.map((producer) => factsOf(producer, facts, writer)),
    ...requests.map((request) => requestOf(request, writer)),
    ...pushes.map((push) => pushOf(push, writer)),
    ...SERVICES.flatMap(pokesOf),
  ]
  return {
    channels: Object.assign({}, ...described.map(({ channels }) => channels)),
    operations: Object.assign({}, ...described.map(({ operations }) => operations)),
  }
}

/** One subject a producer; the kinds of its facts are the messages. */
function factsOf(
  producer: ServiceName,
  all: readonly Named<FactContract>[],
  writer: SchemaWriter,
): Described {
  const facts = all.filter(({ contract }) => contract.producer === producer)
  if (facts.length === 0) return { channels: {}, operations: {} }
  const channel = `fact.${producer}`
  const stream = subjects.stream(producer)
  const followers = SERVICES.filter((service) =>
    maySay(service, `$JS.API.CONSUMER.MSG.NEXT.${stream}.${service}`),
  )
  const words = `What happened at ${producer}, in the order of its ledger. A message is up to 16 lines.`
  return {
    channels: {
      [channel]: channelOf(subjects.facts(producer), words, {
        messages: Object.fromEntries(facts.map((fact) => [fact.contract.kind, line(fact, writer)])),
        'x-stream': inAnyNamespace(stream),
        'x-followers': followers,
      }),
    },
    operations: {
      [channel]: operationOf({
        action: 'send',
        channel,
        summary: `${producer} says what happened.`,
        rest: { 'x-speakers': [producer] },
      }),
    },
  }
}

function line({ name, contract }: Named<FactContract>, writer: SchemaWriter): Json {
  const envelope = writer.write(LedgerLine, 'LedgerLine')
  const payload = {
    description: 'One line of the message.',
    allOf: [envelope],
    properties: {
      kind: { const: contract.kind },
      body: writer.write(contract.body, `${name}.body`),
    },
  }
  return messageOf(contract.kind, wordsAbout(name), payload, {
    contentType: JSON_LINES,
    'x-contract': name,
  })
}

function requestOf({ name, contract }: Named<RequestContract>, writer: SchemaWriter): Described {
  const subject = subjects.request(contract)
  const { owner } = contract
  const channel = `ask.${owner}.${contract.subject}`
  const answers = `answer.${owner}.${contract.subject}`
  const request = writer.write(contract.request, `${name}.request`)
  const reply = writer.write(contract.reply, `${name}.reply`)
  return {
    channels: {
      [channel]: channelOf(subject, wordsAbout(name), {
        messages: {
          request: messageOf(contract.subject, wordsAbout(name), request, { 'x-contract': name }),
        },
      }),
      [answers]: {
        address: null,
        description: 'The reply subject that the question names.',
        servers: [{ $ref: '#/servers/bus' }],
        messages: {
          reply: messageOf(`${contract.subject}.reply`, undefined, reply),
          problem: { $ref: '#/components/messages/problem' },
        },
      },
    },
    operations: {
      [channel]: operationOf({
        action: 'receive',
        channel,
        summary: wordsAbout(name),
        rest: {
          bindings: { nats: { queue: owner } },
          reply: replyOn(answers, ['reply', 'problem']),
          'x-owner': owner,
          'x-askers': SERVICES.filter((service) => maySay(service, subject)),
        },
      }),
    },
  }
}

function pushOf({ name, contract }: Named<PushContract>, writer: SchemaWriter): Described {
  const channel = `push.${contract.subject}`
  const subject = subjects.push(contract, '{address}')
  const body = writer.write(contract.body, `${name}.body`)
  const message = messageOf(contract.subject, wordsAbout(name), body, { 'x-contract': name })
  return {
    channels: {
      [channel]: channelOf(
        subject,
        'A hint to whoever listens at that moment; nothing relies on it.',
        { messages: { push: message } },
        { address: { description: 'The id of the person whom it concerns.' } },
      ),
    },
    operations: {
      [channel]: operationOf({
        action: 'send',
        channel,
        summary: wordsAbout(name),
        rest: {
          'x-speakers': SERVICES.filter((service) => maySay(service, subject)),
          'x-hearers': SERVICES.filter((service) => mayHear(service, subject)),
        },
      }),
    },
  }
}

/** Empty messages by which the instances of one service wake each other, for any or for one duty. */
function pokesOf(service: ServiceName): Described[] {
  const words = `Instances of ${service} wake each other: there is something to look at`
  const duty = { duty: { description: 'What is to be done, by a word of the service.' } }
  return [
    pokeOf(`poke.${service}`, subjects.poke(service), `${words}.`),
    pokeOf(
      `poke.${service}.duty`,
      subjects.poke(`${service}.{duty}`),
      `${words}, of one kind.`,
      duty,
    ),
  ]
}

function pokeOf(channel: string, subject: string, words: string, parameters: Json = {}): Described {
  const message = messageOf('poke', words, { type: 'null' })
  const speakers = SERVICES.filter((one) => maySay(one, subject))
  return {
    channels: { [channel]: channelOf(subject, words, { messages: { poke: message } }, parameters) },
    operations: {
      [channel]: operationOf({ action: 'send', channel, rest: { 'x-speakers': speakers } }),
    },
  }
}

function channelOf(
  subject: string,
  description: string | undefined,
  rest: Json & Pick<Channel, 'messages'>,
  parameters: Json = {},
): Channel {
  return {
    address: inAnyNamespace(subject),
    ...(description === undefined ? {} : { description }),
    servers: [{ $ref: '#/servers/bus' }],
    parameters: {
      namespace: { description: NAMESPACE_WORDS, default: NAMESPACE },
      ...parameters,
    },
    ...rest,
  }
}

function inAnyNamespace(name: string): string {
  return name.replace(NAMESPACE, '{namespace}')
}

function maySay(service: ServiceName, subject: string): boolean {
  return permissionsOf(NAMESPACE, service).publish.some((allowed) => covers(allowed, subject))
}

function mayHear(service: ServiceName, subject: string): boolean {
  return permissionsOf(NAMESPACE, service).subscribe.some((allowed) => covers(allowed, subject))
}
