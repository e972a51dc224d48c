export { asyncApiDocument } from './async-api-document.ts'
export { findContracts } from './find-contracts.ts'
export type { Json } from './schema-writer.ts'
