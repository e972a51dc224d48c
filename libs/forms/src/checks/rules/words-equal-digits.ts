import { checkDateInWords } from '@songnhap/comparators'
import { plainValue } from '../read-field.ts'
import type { RuleOf } from '../rule-of.ts'

export const WORDS_EQUAL_DIGITS: RuleOf<'words-equal-digits'> = {
  find: ({ words, digits }, { record }) => {
    const [said, written] = [plainValue(record, words), plainValue(record, digits)]
    if (said === undefined || written === undefined) return undefined
    return checkDateInWords(said, written) === 'disagree' ? { fields: [words, digits] } : undefined
  },
}
