import { letterOf } from '@songnhap/comparators'
import { arbitrationWords } from '../words/arbitration.ts'

type Word = keyof ReturnType<typeof arbitrationWords> & `${'tone' | 'mark'}${string}`
const TONES: Readonly<Record<string, Word>> = {
  '': 'toneNone',
  f: 'toneGrave',
  s: 'toneAcute',
  r: 'toneHook',
  x: 'toneTilde',
  j: 'toneDot',
}
const MARKS: Readonly<Record<string, Word>> = {
  '': 'markNone',
  '^': 'markHat',
  '(': 'markBreve',
  '+': 'markHorn',
  '-': 'markBar',
}

/**
 * What a differing stretch is called beside the stretch that stands against it: its tone where only
 * tones differ, its mark where only marks do. Empty where the letters themselves say enough.
 */
export function nameLetters(text: string, against: string): string {
  const words = arbitrationWords()
  if (text === '') return words.noLetter
  if (/^\s+$/u.test(text)) return words.space
  const [here, there] = [letterOf(text), letterOf(against)]
  if (here.base !== there.base) return ''
  if (here.quality !== there.quality) return say(words, MARKS[here.quality])
  if (here.tone !== there.tone) return say(words, TONES[here.tone])
  if (text === against) return ''
  return text === text.toLowerCase() ? words.small : words.capital
}

function say(words: ReturnType<typeof arbitrationWords>, word: Word | undefined): string {
  const said = word === undefined ? '' : words[word]
  return typeof said === 'string' ? said : ''
}
