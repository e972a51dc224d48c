export { type Answer, answer } from './answer.ts'
export { type Bus, connectBus, type Subscription } from './connect-bus.ts'
export { factPublisher, factSource } from './fact-stream.ts'
export { type Permissions, permissionsOf } from './permissions.ts'
