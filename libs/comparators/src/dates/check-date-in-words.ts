import { writeDate } from './partial-date.ts'
import { readDate } from './read-date.ts'

/**
 * Whether a date in words says what the digits beside it say. `unreadable` when either is no date
 * that we can read: then nobody is told that the register errs.
 */
export function checkDateInWords(
  words: string,
  digits: string,
): 'agree' | 'disagree' | 'unreadable' {
  const [said, written] = [readDate(words), readDate(digits)]
  if (said === null || written === null) return 'unreadable'
  return writeDate(said) === writeDate(written) ? 'agree' : 'disagree'
}
