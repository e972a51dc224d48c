export { createLog } from './create-log.ts'
export { CommonConfig, runService, type Stand } from './run-service.ts'
