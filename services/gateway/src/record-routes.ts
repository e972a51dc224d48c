import type { HttpRoute, RouteWords } from '@songnhap/api-documents'
import type { RouteOptions } from 'fastify'
import type { TSchema } from 'typebox'
import type { TypedServer } from './typed-server.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    summary?: RouteWords['summary']
    takes?: RouteWords['takes']
    gives?: RouteWords['gives']
    refuses?: RouteWords['refuses']
  }
}

/** All routes under /api that are registered from now on, as the OpenAPI document needs them. */
export function recordRoutes(server: TypedServer): readonly HttpRoute[] {
  const routes: HttpRoute[] = []
  server.addHook('onRoute', (route) => {
    if (route.url.startsWith('/api/')) routes.push(...asHttpRoutes(route))
  })
  return routes
}

function asHttpRoutes(route: RouteOptions): HttpRoute[] {
  const { method, url, websocket, wsHandler, config, schema } = route
  return [method].flat().map((one) => ({
    method: one,
    url,
    isWebsocket: websocket === true || wsHandler !== undefined,
    access: config?.access ?? 'public',
    summary: config?.summary ?? '',
    takes: config?.takes,
    gives: config?.gives,
    refuses: config?.refuses,
    params: schema?.params as TSchema | undefined,
    query: schema?.querystring as TSchema | undefined,
    body: schema?.body as TSchema | undefined,
    answers: (schema?.response ?? {}) as Record<string, TSchema>,
  }))
}
