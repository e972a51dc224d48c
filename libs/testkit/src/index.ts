export { eventually } from './eventually.ts'
export { testBus } from './test-bus.ts'
export { testDatabase } from './test-database.ts'
