export { StateFolderInUse } from './instance-lock.ts'
export type { ManagedServer } from './managed-process.ts'
export { type Servers, startServers } from './servers.ts'
