import type { Problem } from '@songnhap/contracts'
import { type Endpoint, nanos } from 'nats'

interface Count {
  answers: number
  millis: number
  errors: number
  lastError?: string
}

/**
 * How the endpoints of a service do, by subject. The client counts what a handler throws before it
 * returns and measures until then; ours return at once and answer later.
 */
export function countAnswers() {
  const counts = new Map<string, Count>()
  return {
    /** `began` is of `performance.now()`; the problem is that with which the question was refused. */
    add(subject: string, began: number, problem?: Problem): void {
      const count = counts.get(subject) ?? { answers: 0, millis: 0, errors: 0 }
      count.answers += 1
      count.millis += performance.now() - began
      if (problem !== undefined) {
        count.errors += 1
        count.lastError = `${problem.status}:${problem.code}`
      }
      counts.set(subject, count)
    },

    /** Puts ours in the place of the client's, which asks for it before it tells its own. */
    async correct(endpoint: Endpoint): Promise<null> {
      const count = counts.get(endpoint.subject)
      const told: unknown = Reflect.get(endpoint, 'stats')
      if (count === undefined || typeof told !== 'object' || told === null) return null
      Object.assign(told, {
        processing_time: Math.round(nanos(count.millis)),
        average_processing_time: Math.round(nanos(count.millis / count.answers)),
        num_errors: count.errors,
        last_error: count.lastError,
      })
      return null
    },
  }
}
