export { demoEnvironment } from './demo-environment.ts'
export { misreadPage } from './misread.ts'
export { ownScans, type PageSource, samplePages } from './page-source.ts'
export { type DemoResult, type DemoStage, runDemo } from './run-demo.ts'
