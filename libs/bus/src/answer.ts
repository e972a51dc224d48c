import { setTimeout as wait } from 'node:timers/promises'
import {
  Problem,
  type ReplyOf,
  type RequestContract,
  type RequestOf,
  type ServiceName,
} from '@songnhap/contracts'
import { ContractBroken, checkLeniently, checkStrictly } from '@songnhap/contracts/check'
import type { NatsConnection, ServiceMsg } from 'nats'
import type { Logger } from 'pino'
import { countAnswers } from './count-answers.ts'
import { isTooLarge } from './is-too-large.ts'
import { subjectsOf } from './subjects.ts'

/** Requests one process works on at a time; beyond, the asker is told to try again. */
const UNDER_WAY_MAX = 512
/** How long closing waits for them. */
const LEAVING_MAX_MS = 5_000

/** One request contract and what answers it. */
export interface Answer {
  readonly contract: RequestContract
  readonly handle: (request: unknown) => Promise<unknown>
}

/** Ties a contract to what answers it, both sides checked. The handler may throw Problem. */
export function answer<C extends RequestContract>(
  contract: C,
  handle: (request: RequestOf<C>) => Promise<ReplyOf<C>>,
): Answer {
  const checkRequest = checkLeniently(contract.subject, contract.request)
  const checkReply = checkStrictly(`reply to ${contract.subject}`, contract.reply)
  return {
    contract,
    async handle(request) {
      // Only here is a broken contract the asker's fault.
      const asked = refuseIfBroken(() => checkRequest(request))
      return checkReply(await handle(asked as RequestOf<C>))
    },
  }
}

function refuseIfBroken<T>(check: () => T): T {
  try {
    return check()
  } catch (error) {
    if (error instanceof ContractBroken) throw new Problem('MALFORMED', error.details)
    throw error
  }
}

/** What was registered with `answerAll`. */
export interface Answering {
  /** Takes no more requests, and lets those under way be answered, within reason. */
  stop(): Promise<void>
}

/** Registers all answers as one NATS service: `nats micro ls`, `info`, `stats`, `ping` see it. */
export async function answerAll(
  connection: NatsConnection,
  namespace: string,
  name: ServiceName,
  answers: readonly Answer[],
  log: Logger,
): Promise<Answering> {
  const counts = countAnswers()
  const service = await connection.services.add({
    name: `${namespace}-${name}`,
    version: '1.0.0',
    description: `Song Nhập: ${name}`,
    queue: name,
    statsHandler: counts.correct,
  })
  const underWay = new Set<Promise<void>>()
  for (const { contract, handle } of answers) {
    const subject = subjectsOf(namespace).request(contract)
    service.addEndpoint(contract.subject.replaceAll('.', '-'), {
      subject,
      metadata: {
        request: JSON.stringify(contract.request),
        reply: JSON.stringify(contract.reply),
      },
      handler(error, message) {
        if (error !== null) return log.error({ err: error }, 'an endpoint failed')
        const began = performance.now()
        if (underWay.size >= UNDER_WAY_MAX) {
          return counts.add(subject, began, refuse(message, new Problem('UNAVAILABLE')))
        }
        const answering = answerOne(message, handle, log)
          .then((problem) => counts.add(subject, began, problem))
          .finally(() => underWay.delete(answering))
        underWay.add(answering)
      },
    })
  }
  // Until the server has them, an asker on another connection is told that nobody answers.
  await connection.flush()
  return {
    async stop() {
      await service.stop()
      await Promise.race([
        Promise.allSettled(underWay),
        wait(LEAVING_MAX_MS, undefined, { ref: false }),
      ])
    },
  }
}

/** The problem with which it was refused, if it was. */
async function answerOne(
  message: ServiceMsg,
  handle: Answer['handle'],
  log: Logger,
): Promise<Problem | undefined> {
  try {
    message.respond(encode(await handle(parse(message))))
    return undefined
  } catch (error) {
    const problem = problemOf(error)
    if (problem.status >= 500 || problem !== error)
      log.error({ err: error, subject: message.subject }, 'not answered')
    return refuse(message, problem)
  }
}

function parse(message: ServiceMsg): unknown {
  try {
    return message.json()
  } catch {
    // The parser's own words quote the text, which may hold a person's data.
    throw new Problem('MALFORMED', ['not JSON'])
  }
}

function refuse(message: ServiceMsg, problem: Problem): Problem {
  message.respondError(problem.status, problem.code, encode(problem.toBody()))
  return problem
}

function encode(value: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(value))
}

function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error
  return new Problem(isTooLarge(error) ? 'TOO_LARGE' : 'INTERNAL', [], { cause: error })
}
