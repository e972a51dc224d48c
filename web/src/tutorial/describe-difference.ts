import { letterOf } from '@songnhap/comparators'

/** As in Telex, and none. */
export type Tone = '' | 'f' | 's' | 'r' | 'x' | 'j'

/** How a stretch of letters that was typed differs from the one that is written. */
export type LetterDifference =
  | { readonly is: 'tone'; readonly typed: Tone; readonly written: Tone }
  /** Another letter of the same shape but for its mark, as o, ô and ơ. */
  | { readonly is: 'sign'; readonly typed: string; readonly written: string }
  | { readonly is: 'case' }
  | { readonly is: 'other'; readonly typed: string; readonly written: string }
  | { readonly is: 'too-many'; readonly typed: string }
  | { readonly is: 'missing'; readonly written: string }

const TONES: ReadonlySet<string> = new Set(['', 'f', 's', 'r', 'x', 'j'])

export function describeDifference(typed: string, written: string): LetterDifference {
  if (written === '') return { is: 'too-many', typed }
  if (typed === '') return { is: 'missing', written }
  const [mine, theirs] = [lettersOf(typed), lettersOf(written)]
  const other = { is: 'other', typed, written } as const
  if (mine.length !== theirs.length) return other
  const at = mine.findIndex(({ key }, index) => key !== theirs[index]?.key)
  if (at === -1) return { is: 'case' }
  const [a, b] = [mine[at], theirs[at]]
  if (a === undefined || b === undefined || a.base !== b.base) return other
  // Letters of which more than one differs are shown and not taken apart.
  if (mine.some(({ key }, index) => index > at && key !== theirs[index]?.key)) return other
  if (a.quality === b.quality && isTone(a.tone) && isTone(b.tone)) {
    return { is: 'tone', typed: a.tone, written: b.tone }
  }
  return { is: 'sign', typed, written }
}

function lettersOf(text: string) {
  return [...text.normalize('NFC')].map(letterOf)
}

function isTone(tone: string): tone is Tone {
  return TONES.has(tone)
}
