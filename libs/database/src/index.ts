export { dayOf, momentIn, today } from './clock.ts'
export { isPassing, sqlStateOf } from './database-errors.ts'
export { listDeadLetters, replayDeadLetter } from './dead-letters.ts'
export { type Errand, errand } from './errand.ts'
export { type FactHandler, NotYet, on, onMany } from './fact-handler.ts'
export { type FactReader, type FactSource, follow } from './follow.ts'
export { lead, pause } from './lead.ts'
export { type Change, type Ledger, openLedger } from './ledger.ts'
export { readHead, readLines, verifyLedger } from './ledger-lines.ts'
export { checkSchema, migrateService, SchemaUnknown } from './migrate.ts'
export { openDatabase } from './open-database.ts'
export { type FactPublisher, relay } from './relay.ts'
export {
  byDay,
  type Count,
  foldCounts,
  NOBODY,
  readCounts,
  readTotals,
  total,
} from './tally.ts'
