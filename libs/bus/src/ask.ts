import {
  Problem,
  type ProblemBody,
  type ReplyOf,
  type RequestContract,
  type RequestOf,
} from '@songnhap/contracts'
import { type Check, checkLeniently, checkStrictly } from '@songnhap/contracts/check'
import { ErrorCode, type Msg, type NatsConnection, NatsError, ServiceErrorCodeHeader } from 'nats'

const ASK_TIMEOUT_MS = 10_000

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
  subject: string,
  contract: C,
  request: RequestOf<C>,
  timeoutMs = ASK_TIMEOUT_MS,
): Promise<ReplyOf<C>> {
  const { checkRequest, checkReply } = checksOf(contract)
  const text = JSON.stringify(checkRequest(request))
  const reply = await send(connection, subject, text, timeoutMs)
  if (reply.headers?.has(ServiceErrorCodeHeader) === true) {
    throw Problem.from(reply.json<ProblemBody>())
  }
  return checkReply(reply.json()) as ReplyOf<C>
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
    throw error
  }
}

interface Checks {
  readonly checkRequest: Check<RequestContract['request']>
  readonly checkReply: Check<RequestContract['reply']>
}
const checks = new WeakMap<RequestContract, Checks>()

function checksOf(contract: RequestContract): Checks {
  let found = checks.get(contract)
  if (found === undefined) {
    found = {
      checkRequest: checkStrictly(contract.subject, contract.request),
      checkReply: checkLeniently(`reply to ${contract.subject}`, contract.reply),
    }
    checks.set(contract, found)
  }
  return found
}
