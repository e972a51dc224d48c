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
export * from './outcome.ts'
export { alignRows, type RowAlignment } from './rows/align-rows.ts'
export { inPairs, type RecordPairs } from './rows/pair-records.ts'
export { commonForm, standardForm } from './standard-form.ts'
export * from './text/differing-letters.ts'
export { letterDistance, shareOfLettersApart } from './text/letter-distance.ts'
export { normaliseText } from './text/normalise-text.ts'
export { syllableKey } from './text/syllable-key.ts'
