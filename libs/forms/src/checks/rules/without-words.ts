import { standardForm } from '@songnhap/comparators'
import { fieldOf, standardValue } from '../read-field.ts'
import type { RuleOf } from '../rule-of.ts'

const BETWEEN_WORDS = /[\s,.;:/()-]+/u

export const WITHOUT_WORDS: RuleOf<'without-words'> = {
  find: ({ field, words }, { form, record }) => {
    const [value, definition] = [standardValue(form, record, field), fieldOf(form, field)]
    if (value === undefined || definition === undefined) return undefined
    const banned = new Set(words.map((word) => standardForm(definition, word)))
    const has = value.split(BETWEEN_WORDS).some((word) => banned.has(word))
    return has ? { fields: [field] } : undefined
  },
}
