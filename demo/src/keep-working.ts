import { setTimeout as wait } from 'node:timers/promises'
import { type Api, type Assignment, type Gateways, KeptStream, signIn } from '@songnhap/client'
import { Problem, type WorkKind } from '@songnhap/contracts'

const RETRY_MS = 300
const LOOK_FOR_WORK_MS = 50

/** What happens with one assignment. Closing the line's stream ends the line; another one begins. */
export type Work = (assignment: Assignment, line: Line) => Promise<void>

export interface Line {
  readonly api: Api
  readonly stream: KeptStream
}

/**
 * A person's day: signs in at one of the gateways, connects, works on what comes, until `stop`
 * fires. Refusals about one page end the work on that page.
 */
export async function keepWorking(
  gateways: Gateways,
  account: { login: string; password: string },
  hello: { work: WorkKind; capacity: number },
  work: Work,
  stop: AbortSignal,
): Promise<void> {
  while (!stop.aborted) {
    try {
      const api = await signIn(gateways, account.login, account.password)
      while (!stop.aborted) await workOneLine(api, hello, work, stop)
    } catch (error) {
      if (!isPassing(error)) throw error
      await wait(RETRY_MS)
    }
  }
}

/** True for what a person would simply try again: the line is dead, or the page is no longer ours. */
function isPassing(error: unknown): boolean {
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
  const stream = new KeptStream(api, hello, (assignment) =>
    desk.set(assignment.leaseToken, assignment),
  )
  let isOver = false
  void stream.ended.then(() => {
    isOver = true
  })
  try {
    while (!stop.aborted && !isOver) {
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
  const why = await stream.ended
  if (why !== undefined) throw why
}
