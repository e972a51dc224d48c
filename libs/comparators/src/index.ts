export * from './check-identity-number.ts'
export * from './compare-pages.ts'
export {
  type Content,
  compareReadings,
  isWrong,
  outcomeOfSame,
} from './compare-readings.ts'
export { checkDateInWords } from './dates/check-date-in-words.ts'
export { isPossible, type PartialDate } from './dates/partial-date.ts'
export { readDate } from './dates/read-date.ts'
export { chanceOfAtLeast } from './diagnoses/chance-of-at-least.ts'
export * from './diagnoses/correct-records.ts'
export * from './diagnoses/diagnose-columns.ts'
export * from './diagnoses/diagnose-page.ts'
export * from './diagnoses/diagnosis.ts'
export * from './dittos/compare-meant.ts'
export { isDitto } from './dittos/is-ditto.ts'
export * from './dittos/resolve-dittos.ts'
export * from './outcome.ts'
export type { RowPair } from './rows/align-in-order.ts'
export { alignRows, type RowAlignment } from './rows/align-rows.ts'
export * from './rows/check-pairs.ts'
export {
  inPairs,
  type PairingAlignment,
  pairRecords,
  type RecordPairs,
} from './rows/pair-records.ts'
export { settledForm } from './settled-form.ts'
export { commonForm, standardForm } from './standard-form.ts'
export * from './text/confused-letters.ts'
export * from './text/differing-letters.ts'
export { type Letter, letterOf } from './text/letter.ts'
export { letterDistance, shareOfLettersApart } from './text/letter-distance.ts'
export { normaliseText } from './text/normalise-text.ts'
export { placeTones } from './text/place-tones.ts'
export { syllableKey } from './text/syllable-key.ts'
