export * from './draw-sample.ts'
export * from './gate-in-words.ts'
export * from './sample-sizes.ts'
export * from './verify-audit.ts'
