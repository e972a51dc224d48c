import { Problem } from '@songnhap/contracts'

/** A form has a dozen levels; what is nested by the thousand cannot even be written out again. */
const DEPTH_MAX = 64

/** Problem MALFORMED for a body that is nested deeper than anything that is meant. */
export function needShallow(body: unknown): void {
  let level: unknown[] = [body]
  for (let depth = 0; depth <= DEPTH_MAX; depth += 1) {
    level = level.flatMap((part) =>
      typeof part === 'object' && part !== null ? Object.values(part) : [],
    )
    if (level.length === 0) return
  }
  throw new Problem('MALFORMED', [`the body is nested deeper than ${DEPTH_MAX} levels`])
}
