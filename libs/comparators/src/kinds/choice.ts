import type { FieldDefinition } from '@songnhap/contracts'
import { AS_SEEN, type Folding, type KindRules } from '../kind-rules.ts'
import { lowerCase } from '../text/change-case.ts'
import { normaliseText } from '../text/normalise-text.ts'
import { placeTones } from '../text/place-tones.ts'
import { DIFFER_IN_CASE } from '../variants/differ-in-case.ts'
import { DIFFER_IN_PUNCTUATION } from '../variants/differ-in-punctuation.ts'

/** The option that a value is: written as in the list first, then by an alias, then but for a tone's place. */
const AS_IN_LIST: Folding = {
  rule: 'code-alias',
  fold: (value, field) => {
    const { exact, folded } = listOf(field)
    return exact.get(value) ?? folded.get(foldedFor(field, value)) ?? foldedFor(field, value)
  },
}

interface CodeList {
  readonly exact: ReadonlyMap<string, string>
  /** Without what would be two options. */
  readonly folded: ReadonlyMap<string, string>
}

const lists = new WeakMap<FieldDefinition, CodeList>()

function listOf(field: FieldDefinition): CodeList {
  const known = lists.get(field)
  if (known !== undefined) return known
  const ways = (field.options ?? []).flatMap(({ value, aliases = [] }) =>
    [value, ...aliases].map((way) => [normaliseText(way), normaliseText(value)] as const),
  )
  const folded = new Map<string, string>()
  const ambiguous = new Set<string>()
  for (const [way, option] of ways) {
    const key = foldedFor(field, way)
    if ((folded.get(key) ?? option) !== option) ambiguous.add(key)
    folded.set(key, option)
  }
  for (const key of ambiguous) folded.delete(key)
  const list = { exact: new Map(ways), folded }
  lists.set(field, list)
  return list
}

function foldedFor({ comparison }: FieldDefinition, value: string): string {
  const cased = comparison?.ignoreCase === true ? lowerCase(value) : value
  return placeTones(cased, comparison?.tonePlacement)
}

/** An entry of a list. What is not in the list (half a word, struck out) compares as a text. */
export const CHOICE: KindRules = {
  foldings: [...AS_SEEN, AS_IN_LIST],
  likenesses: [DIFFER_IN_CASE, DIFFER_IN_PUNCTUATION],
  // Two entries of a list are two things, however alike their names.
  distance: () => 1,
  weight: 1,
}
