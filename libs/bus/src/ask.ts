import {
  Problem,
  ProblemBody,
  type ReplyOf,
  type RequestContract,
  type RequestOf,
} from '@songnhap/contracts'
import { ErrorCode, type Msg, type NatsConnection, NatsError, ServiceErrorCodeHeader } from 'nats'
import { leniently, strictly } from './checks.ts'
import { isTooLarge } from './is-too-large.ts'
import type { Line } from './line.ts'

const ASK_TIMEOUT_MS = 5_000

/** Nobody answers, nobody answers in time, or the connection is down: all mean "try again". */
const UNREACHABLE: ReadonlySet<string> = new Set([
  ErrorCode.NoResponders,
  ErrorCode.Timeout,
  ErrorCode.ConnectionClosed,
  ErrorCode.ConnectionDraining,
  ErrorCode.Disconnect,
])

export async function ask<C extends RequestContract>(
  connection: NatsConnection,
  line: Line,
  subject: string,
  contract: C,
  request: RequestOf<C>,
  timeoutMs = ASK_TIMEOUT_MS,
): Promise<ReplyOf<C>> {
  const text = JSON.stringify(strictly(contract.subject, contract.request)(request))
  const reply = await line.unlessCut(() => send(connection, subject, text, timeoutMs))
  if (reply.headers?.has(ServiceErrorCodeHeader) === true) throw problemIn(reply)
  return leniently(`reply to ${contract.subject}`, contract.reply)(reply.json()) as ReplyOf<C>
}

async function send(
  connection: NatsConnection,
  subject: string,
  text: string,
  timeout: number,
): Promise<Msg> {
  try {
    return await connection.request(subject, text, { timeout })
  } catch (error) {
    if (error instanceof NatsError && UNREACHABLE.has(error.code)) {
      throw new Problem('UNAVAILABLE', [], { cause: error })
    }
    if (isTooLarge(error)) throw new Problem('TOO_LARGE', [], { cause: error })
    throw error
  }
}

/** An error that has no problem in it was made by the client on the other side, not by an answer. */
function problemIn(reply: Msg): Problem {
  return reply.data.length === 0
    ? new Problem('INTERNAL')
    : Problem.from(leniently('a problem', ProblemBody)(reply.json()) as ProblemBody)
}
