import { setTimeout as wait } from 'node:timers/promises'
import { type Api, type Assignment, openStream, type Stream, signIn } from '@songnhap/client'
import { CLOSE, Problem, type WorkKind } from '@songnhap/contracts'

const RETRY_MS = 300
const LOOK_FOR_WORK_MS = 50

/** What happens with one assignment; `line` is the websocket of the moment. */
export type Work = (assignment: Assignment, line: Line) => Promise<void>

export interface Line {
  readonly api: Api
  readonly stream: Stream
}

/**
 * A person's day: signs in, connects, works on what comes, connects again after every cut, until
 * `stop` fires. Refusals about one page end the work on that page; a dead line ends the line.
 */
export async function keepWorking(
  gatewayUrl: string,
  account: { login: string; password: string },
  hello: { work: WorkKind; capacity: number },
  work: Work,
  stop: AbortSignal,
): Promise<void> {
  while (!stop.aborted) {
    try {
      const api = await signIn(gatewayUrl, account.login, account.password)
      while (!stop.aborted) await workOneLine(api, hello, work, stop)
    } catch (error) {
      if (!isPassing(error)) throw error
      await wait(RETRY_MS)
    }
  }
}

/** True for what a person would simply try again: the line is dead, or the page is no longer ours. */
export function isPassing(error: unknown): boolean {
  return error instanceof Problem && PASSING.has(error.code)
}

const PASSING = new Set(['UNAVAILABLE', 'NOT_SIGNED_IN', 'TOO_MANY_ATTEMPTS'])

async function workOneLine(
  api: Api,
  hello: { work: WorkKind; capacity: number },
  work: Work,
  stop: AbortSignal,
): Promise<void> {
  const desk = new Map<string, Assignment>()
  const stream = await openStream(api, hello, (assignment) =>
    desk.set(assignment.leaseToken, assignment),
  )
  for (const assignment of stream.snapshot.assignments) desk.set(assignment.leaseToken, assignment)
  let closed: number | undefined
  void stream.closed.then((code) => {
    closed = code
  })
  try {
    while (!stop.aborted && closed === undefined) {
      const [token, assignment] = desk.entries().next().value ?? []
      if (token === undefined || assignment === undefined) {
        await wait(LOOK_FOR_WORK_MS)
        continue
      }
      desk.delete(token)
      await work(assignment, { api, stream })
    }
  } finally {
    stream.close()
  }
  if (closed === CLOSE.SIGNED_OUT) throw new Problem('NOT_SIGNED_IN')
  if (closed !== undefined) await wait(RETRY_MS)
}
