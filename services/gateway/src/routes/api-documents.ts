import {
  asyncApiDocument,
  type HttpRoute,
  type Json,
  openApiDocument,
} from '@songnhap/api-documents'
import type { TypedServer } from '../typed-server.ts'

/** The API as others read it. Tells nothing about people, so anybody may. */
export function addApiDocumentRoutes(server: TypedServer, routes: readonly HttpRoute[]): void {
  // Made when first asked for: by then all routes are registered.
  const openApi = once(() => openApiDocument(routes))
  const asyncApi = once(asyncApiDocument)

  server.get(
    '/api/openapi.json',
    { config: { access: 'public', summary: 'Describes the HTTP API.' } },
    async (_request, reply) => reply.type('application/json').send(openApi()),
  )

  server.get(
    '/api/asyncapi.json',
    {
      config: { access: 'public', summary: 'Describes the messages of the bus and the websocket.' },
    },
    async (_request, reply) => reply.type('application/json').send(asyncApi()),
  )
}

function once(make: () => Json): () => string {
  let text: string | undefined
  return () => {
    text ??= JSON.stringify(make())
    return text
  }
}
