export * from './image-store.ts'
export * from './open-image-store.ts'
