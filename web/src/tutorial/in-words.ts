import type { Mark } from '@songnhap/contracts'
import { markNames } from '../desk/mark-names.ts'
import { textOf } from '../words/language.svelte.ts'
import { tutorialWords } from '../words/tutorial.ts'
import type { LetterDifference, Tone } from './describe-difference.ts'
import type { Told } from './practice.svelte.ts'

/** What each tone mark is called. */
export function toneNames(): Readonly<Record<Tone, string>> {
  const { toneNone, toneGrave, toneAcute, toneHook, toneTilde, toneDot } = tutorialWords()
  return { '': toneNone, f: toneGrave, s: toneAcute, r: toneHook, x: toneTilde, j: toneDot }
}

/** What is said to a typist, in plain words. */
export function inWords(told: Told): string {
  const words = tutorialWords()
  switch (told.is) {
    case 'letters':
      return differenceInWords(told.difference)
    case 'date': {
      const names = {
        day: words.dateDay,
        month: words.dateMonth,
        year: words.dateYear,
        calendar: words.dateCalendar,
      }
      return words.date(told.parts.map((part) => names[part]).join(', '))
    }
    case 'choice':
      return words.choice(textOf(told.written))
    case 'text':
      return told.pressed === undefined
        ? words.readable
        : words.readableMarked(markNames()[told.pressed])
    case 'mark':
      return wantedMark(told.wanted)
    case 'unreadable':
      return words.pageUnreadable
    case 'readable':
      return words.pageReadable
    case 'other-reason':
      return words.otherReason
    case 'too-few-records':
      return words.tooFewRecords(told.written)
    case 'too-many-records':
      return words.tooManyRecords(told.written)
  }
}

function differenceInWords(difference: LetterDifference): string {
  const words = tutorialWords()
  switch (difference.is) {
    case 'tone':
      return [howOf(difference.written), howOf(difference.typed), words.whyTone].join(' ')
    case 'sign':
      return words.sign(difference.typed, difference.written)
    case 'case':
      return words.case
    case 'other':
      return words.other(difference.typed, difference.written)
    case 'too-many':
      return words.tooMany(difference.typed)
    case 'missing':
      return words.missing(difference.written)
  }
}

function howOf(tone: Tone): string {
  const { howNone, howGrave, howAcute, howHook, howTilde, howDot } = tutorialWords()
  return { '': howNone, f: howGrave, s: howAcute, r: howHook, x: howTilde, j: howDot }[tone]
}

function wantedMark(mark: Mark): string {
  const { wantBlank, wantIllegible, wantPartly, wantTorn, wantStruck, wantAbove } = tutorialWords()
  const wanted: Readonly<Record<Mark, string>> = {
    blank: wantBlank,
    illegible: wantIllegible,
    'partly-legible': wantPartly,
    torn: wantTorn,
    'struck-out': wantStruck,
    ditto: wantAbove,
  }
  return wanted[mark]
}
