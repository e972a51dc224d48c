export { type Api, signIn } from './api.ts'
export { type Gateways, openGateways } from './gateways.ts'
export { KeptStream } from './kept-stream.ts'
export type { Assignment } from './stream.ts'
