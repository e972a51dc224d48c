import type { IncomingMessage } from 'node:http'
import type { TypedServer } from './typed-server.ts'

/** A part of a file, at a place that its headers name. */
export const OFFSET_STREAM = 'application/offset+octet-stream'
const UPLOADS = ['multipart/form-data', OFFSET_STREAM] as const

/**
 * A body must be there in time, also the body of what has been refused already: Node reads it to its end
 * before it lets the line go. Register before whatever may refuse.
 */
export function letGoOfSlow(server: TypedServer, bodyWithinMs: number): void {
  const lifts = new WeakMap<IncomingMessage, () => void>()
  server.addHook('onRequest', (request, _reply, done) => {
    if (hasBody(request.raw)) lifts.set(request.raw, cutWhenLate(request.raw, bodyWithinMs))
    done()
  })
  // Whoever was let in may upload as long as it takes; while it stands still, the idle line is cut.
  server.addHook('preParsing', ({ raw, routeOptions }, _reply, _payload, done) => {
    const kind = UPLOADS.find((one) => raw.headers['content-type']?.startsWith(one))
    if (kind !== undefined && routeOptions.config.takes === kind) lifts.get(raw)?.()
    done()
  })
  // An upload that was answered before its end has no reason left to be slow.
  server.addHook('onResponse', ({ raw }, _reply, done) => {
    if (lifts.has(raw) && !raw.complete) cutWhenLate(raw, bodyWithinMs)
    done()
  })
}

/** Gives what lifts it. A request that is whole is let alone, however long its answer takes. */
export function cutWhenLate(request: IncomingMessage, withinMs: number): () => void {
  const line = request.socket
  const late = setTimeout(() => {
    if (!request.complete) line.destroy()
  }, withinMs).unref()
  // Of the request itself 'close' says only that it was answered.
  const lift = () => {
    clearTimeout(late)
    line.off('close', lift)
  }
  request.once('end', lift)
  line.once('close', lift)
  return lift
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
}
