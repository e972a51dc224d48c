export { createLog } from './create-log.ts'
export { runService, type Stand } from './run-service.ts'
