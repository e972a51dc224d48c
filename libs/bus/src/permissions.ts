import { assignmentOffered, SERVICES, type ServiceName } from '@songnhap/contracts'
import { subjectsOf } from './subjects.ts'

/** Whose facts each service applies; `follows` in its main.ts. */
const FOLLOWS: Record<ServiceName, readonly ServiceName[]> = {
  intake: [],
  entry: ['intake', 'reconcile'],
  reconcile: ['intake', 'entry'],
  gateway: [],
}

/** Who offers work to people. */
const OFFERING: readonly ServiceName[] = ['entry', 'reconcile']

export interface Permissions {
  readonly publish: readonly string[]
  readonly subscribe: readonly string[]
}

/**
 * What one service may say and hear on the server: its own subjects, the questions it has to ask,
 * and of JetStream its own stream and the streams it follows. Everything else the server refuses.
 * Answers go where the question says (`allow_responses`).
 */
export function permissionsOf(namespace: string, service: ServiceName): Permissions {
  const subjects = subjectsOf(namespace)
  const followed = FOLLOWS[service]
  const asked =
    service === 'gateway' ? SERVICES.map((name) => `${name}.>`) : factQuestions(followed)
  const offers = OFFERING.includes(service) ? [subjects.push(assignmentOffered, '*')] : []
  return {
    publish: [
      ...asked.map((question) => `${namespace}.ask.${question}`),
      ...offers,
      subjects.poke(service),
      subjects.poke(`${service}.>`),
      subjects.facts(service),
      '$JS.API.INFO',
      ...[service, ...followed].flatMap((name) => ensuring(subjects.stream(name))),
      ...followed.flatMap((name) => consuming(subjects.stream(name), service)),
    ],
    subscribe: [
      `${inboxOf(service)}.>`,
      `${namespace}.ask.${service}.>`,
      subjects.poke(service),
      subjects.poke(`${service}.>`),
      // Facts as they pass by, for hints to supervisors; it may read no stream.
      ...(service === 'gateway' ? [`${namespace}.push.>`, ...SERVICES.map(subjects.facts)] : []),
      '$SRV.>',
    ],
  }
}

/** Whether a permission holds for a subject, as the server reads wildcards. */
export function covers(allowed: string, subject: string): boolean {
  const asked = subject.split('.')
  const tokens = allowed.split('.')
  const isFullWildcard = tokens.at(-1) === '>'
  if (isFullWildcard ? asked.length < tokens.length : asked.length !== tokens.length) return false
  return tokens.every((token, at) => token === '>' || token === '*' || token === asked[at])
}

/** Each process hears answers under a prefix of its own, so that no other service can listen in. */
export function inboxOf(name: string): string {
  return `_INBOX_${name}`
}

function factQuestions(producers: readonly ServiceName[]): string[] {
  return producers.map((producer) => `${producer}.facts.>`)
}

/** A stream may be made by whoever comes first; nobody may empty or delete one. */
function ensuring(stream: string): string[] {
  return [`$JS.API.STREAM.CREATE.${stream}`, `$JS.API.STREAM.INFO.${stream}`]
}

function consuming(stream: string, durable: string): string[] {
  return [
    `$JS.API.CONSUMER.CREATE.${stream}.${durable}`,
    `$JS.API.CONSUMER.CREATE.${stream}.${durable}.>`,
    `$JS.API.CONSUMER.DURABLE.CREATE.${stream}.${durable}`,
    `$JS.API.CONSUMER.INFO.${stream}.${durable}`,
    `$JS.API.CONSUMER.MSG.NEXT.${stream}.${durable}`,
    `$JS.ACK.${stream}.${durable}.>`,
  ]
}
