import { asyncApiDocument } from '@songnhap/api-documents'
import type { TypedServer } from '../typed-server.ts'

/** The API as others read it. Tells nothing about people, so anybody may. */
export function addApiDocumentRoutes(server: TypedServer): void {
  const asyncApi = JSON.stringify(asyncApiDocument())
  server.get('/api/asyncapi.json', { config: { access: 'public' } }, async (_request, reply) =>
    reply.type('application/json').send(asyncApi),
  )
}
