import type { TypedServer } from './typed-server.ts'

/**
 * One line a request, with the route and not the address: a query or a path could hold what
 * somebody typed.
 */
export function logRequests(server: TypedServer): void {
  server.addHook('onResponse', async (request, reply) => {
    request.log.info(
      {
        method: request.method,
        route: request.routeOptions.url ?? 'none',
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
      },
      'answered',
    )
  })
}
