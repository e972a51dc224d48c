export { asyncApiDocument } from './async-api-document.ts'
export type { HttpRoute, RouteWords } from './http-route.ts'
export { openApiDocument } from './open-api-document.ts'
export type { Json } from './schema-writer.ts'
