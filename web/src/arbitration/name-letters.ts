import { letterOf } from '@songnhap/comparators'

/** What a letter may be called beside another; the desk has the words. */
export type LetterName =
  | 'toneNone'
  | 'toneGrave'
  | 'toneAcute'
  | 'toneHook'
  | 'toneTilde'
  | 'toneDot'
  | 'markNone'
  | 'markHat'
  | 'markBreve'
  | 'markHorn'
  | 'markBar'
  | 'capital'
  | 'small'
  | 'space'
  | 'noLetter'

const TONES: Readonly<Record<string, LetterName>> = {
  '': 'toneNone',
  f: 'toneGrave',
  s: 'toneAcute',
  r: 'toneHook',
  x: 'toneTilde',
  j: 'toneDot',
}
const MARKS: Readonly<Record<string, LetterName>> = {
  '': 'markNone',
  '^': 'markHat',
  '(': 'markBreve',
  '+': 'markHorn',
  '-': 'markBar',
}

/**
 * What a differing stretch is called beside the stretch that stands against it: its mark where the
 * marks differ, its tone where the tones do, and both where both do. Nothing where the letters
 * themselves say enough.
 */
export function nameLetters(text: string, against: string): readonly LetterName[] {
  if (text === '') return ['noLetter']
  if (/^\s+$/u.test(text)) return ['space']
  const [here, there] = [letterOf(text), letterOf(against)]
  if (here.base !== there.base) return []
  const mark = here.quality === there.quality ? undefined : MARKS[here.quality]
  const tone = here.tone === there.tone ? undefined : TONES[here.tone]
  const names = [mark, tone].filter((name) => name !== undefined)
  if (names.length > 0 || text === against) return names
  return [text === text.toLowerCase() ? 'small' : 'capital']
}
