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
 * What a differing stretch is called beside the stretch that stands against it: its tone where only
 * tones differ, its mark where only marks do. Undefined where the letters themselves say enough.
 */
export function nameLetters(text: string, against: string): LetterName | undefined {
  if (text === '') return 'noLetter'
  if (/^\s+$/u.test(text)) return 'space'
  const [here, there] = [letterOf(text), letterOf(against)]
  if (here.base !== there.base) return undefined
  if (here.quality !== there.quality) return MARKS[here.quality]
  if (here.tone !== there.tone) return TONES[here.tone]
  if (text === against) return undefined
  return text === text.toLowerCase() ? 'small' : 'capital'
}
