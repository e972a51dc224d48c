export { type Api, signIn } from './api.ts'
export { openStream, type Stream } from './stream.ts'
