export * from './compare-pages.ts'
export * from './compare-readings.ts'
export { foldText } from './compare-text.ts'
export * from './outcome.ts'
