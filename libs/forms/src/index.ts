export * from './check-records.ts'
export * from './find-field.ts'
export * from './read-form-definition.ts'
