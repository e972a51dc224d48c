import type { Likeness } from '../kind-rules.ts'
import { lowerCase } from '../text/change-case.ts'
import { whereLettersDiffer } from '../text/latin-units.ts'

/** A syllable that ends in y and has no other vowel: Lý, Mỹ, Quý, Vy. In `thúy` y is a sound of its own. */
const ALONE_WITH_Y =
  /(?<![\p{L}\p{M}])(qu|ngh|ng|nh|gh|kh|ph|th|tr|ch|[bcdđghklmnpqrstvx])?([yýỳỷỹỵ])(?![\p{L}\p{M}])/gu
const I_OR_Y = /[iíìỉĩịyýỳỷỹỵ]/i
const HAS_Y = /[yýỳỷỹỵ]/
const I_FOR_Y: Readonly<Record<string, string>> = {
  y: 'i',
  ý: 'í',
  ỳ: 'ì',
  ỷ: 'ỉ',
  ỹ: 'ĩ',
  ỵ: 'ị',
}

export const DIFFER_IN_I_FOR_Y: Likeness = {
  rule: 'i-for-y',
  holds: (a, b) => {
    // One letter stands for one: most names that differ are not even equally long.
    if (a.length !== b.length) return false
    const at = whereLettersDiffer(a, b)
    const mayBe = at === -1 || (I_OR_Y.test(a[at] ?? '') && I_OR_Y.test(b[at] ?? ''))
    return mayBe && withI(a) === withI(b)
  },
}

function withI(text: string): string {
  const lower = lowerCase(text)
  if (!HAS_Y.test(lower)) return lower
  return lower.replace(
    ALONE_WITH_Y,
    (_, onset: string | undefined, y: string) => (onset ?? '') + (I_FOR_Y[y] ?? y),
  )
}
