import { Problem } from '@songnhap/contracts'
import { isPassing } from '@songnhap/database'
import type { FastifyReply, FastifyRequest } from 'fastify'

const RETRY_AFTER_SECONDS = '2'

/** Every error leaves as `{code, message, details?}`; what we did not foresee tells nothing. */
export function answerProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const problem = problemOf(error)
  if (problem.code === 'INTERNAL') request.log.error({ err: error }, 'a request failed')
  if (problem.code === 'UNAVAILABLE') reply.header('retry-after', RETRY_AFTER_SECONDS)
  void reply.code(problem.status).type('application/json').send(problem.toBody())
}

export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error
  if (isPassing(error)) return new Problem('UNAVAILABLE', [], { cause: error })
  // The server's own refusals, as of a body that is no JSON. Their texts may quote it.
  const status = error instanceof Error ? Reflect.get(error, 'statusCode') : undefined
  if (status === 413) return new Problem('TOO_LARGE', [], { cause: error })
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return new Problem('MALFORMED', [], { cause: error })
  }
  return new Problem('INTERNAL', [], { cause: error })
}
