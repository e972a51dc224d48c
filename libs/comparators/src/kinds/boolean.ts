import { AS_SEEN, type KindRules } from '../kind-rules.ts'
import { lowerCase } from '../text/change-case.ts'

const ANSWERS: ReadonlyMap<string, string> = new Map(
  [
    ['true', 'true có yes y x 1 ✓ ✔ ☑ đúng'],
    ['false', 'false không no n 0 ✗ ✘ ☐ sai'],
  ].flatMap(([answer = '', words = '']) => words.split(' ').map((word) => [word, answer] as const)),
)

/** Yes or no. `Không có` (there is none) is no answer to a question and stays a text. */
export const BOOLEAN: KindRules = {
  foldings: [
    ...AS_SEEN,
    { rule: 'truth-words', fold: (value) => ANSWERS.get(lowerCase(value)) ?? value },
  ],
  likenesses: [],
  distance: () => 1,
  weight: 1,
}
