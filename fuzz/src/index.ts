export { fuzzEnvironment } from './fuzz-environment.ts'
export { type FuzzResult, runFuzz } from './run-fuzz.ts'
