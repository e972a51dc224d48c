import { gateInWords } from '@songnhap/audits/gate-in-words'
import type { Gate, GateClass } from '@songnhap/contracts'
import { gateWords } from '../../words/gate.ts'
import { textOf } from '../../words/language.svelte.ts'
import { number, rounded } from '../../words/numbers.ts'
import type { Explained } from '../figures/explained.ts'
import { className } from './class-name.ts'
import { bound } from './standing.ts'

/** One thing that has to hold for a release, with the figure that says whether it does. */
export interface Condition {
  readonly key: string
  readonly passed: boolean
  readonly text: string
  readonly hint: string
  readonly figure?: string
  readonly told?: Explained
}

/** Stops first, then both tiers of each class. */
export function conditionsOf(gate: Gate, asOf: string | undefined): Condition[] {
  const words = gateWords()
  const sentences = gateInWords(gate)
  const stops = gate.stops.map(({ what }, index): Condition => {
    const sentence = sentences[index + 1]
    return {
      key: what,
      passed: false,
      text: sentence === undefined ? what : textOf(sentence),
      hint: '',
    }
  })
  return [
    ...stops,
    { key: 'settled', passed: true, text: words.allSettled, hint: words.allSettledHint },
    ...gate.classes.flatMap((one) => [processTier(one, asOf), bookTier(one, asOf)]),
  ]
}

function processTier(
  { class: of, target, process }: GateClass,
  asOf: string | undefined,
): Condition {
  const words = gateWords()
  const upper = rounded(bound(process.upper))
  const name = words.processTier(className(of))
  const more = process.moreNeeded
  const told = words.processHint(number(process.checked), number(process.wrong))
  return {
    key: `${of}-process`,
    passed: process.passed,
    text: name,
    hint: more > 0 ? `${told}; ${words.moreNeeded(number(more))}` : told,
    figure: words.atMost(upper, rounded(target)),
    told: {
      name,
      meaning: words.processMeaning,
      numerator: words.wrongFields(number(process.wrong)),
      denominator: words.checkedFields(number(process.checked)),
      interval: words.clopper(rounded(process.confidence * 100), upper),
      asOf,
    },
  }
}

function bookTier({ class: of, target, book }: GateClass, asOf: string | undefined): Condition {
  const words = gateWords()
  const name = words.bookTier(className(of))
  const hint = words.bookHint(number(book.needed), number(book.acceptable))
  return {
    key: `${of}-book`,
    passed: book.passed,
    text: name,
    hint: book.moreNeeded > 0 ? `${hint}; ${words.moreOfBook(number(book.moreNeeded))}` : hint,
    figure: words.wrongOf(number(book.checked), number(book.wrong)),
    told: {
      name,
      meaning: words.bookMeaning,
      numerator: words.wrongFields(number(book.wrong)),
      denominator: words.checkedFields(number(book.checked)),
      sum: `${words.bookSum(number(book.acceptable))} ${words.mustBe(rounded(target))} ${words.perTenThousand}.`,
      asOf,
    },
  }
}
