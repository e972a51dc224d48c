import { assertCounts, assertInside, assertWhole } from '../assert-arguments.ts'
import { upperBound } from '../intervals/clopper-pearson.ts'
import { acceptableErrors } from './acceptable-errors.ts'
import { auditSize } from './audit-size.ts'

/** What was found in audited fields: of these, wrong. */
export interface Audited {
  readonly wrong: number
  readonly checked: number
}

/** Fields of one class, as they were audited by scattered draws. */
export interface GateClass {
  readonly name: string
  /** The rate of wrong fields that is not to be exceeded. */
  readonly target: number
  /** One error in it has the field keyed again throughout the book. */
  readonly identity: boolean
  /** All audits of the last closed books of this kind, those that failed among them. */
  readonly window: Audited
  /**
   * The last sample of this book, and how many fields of the class it has. Errors that were put right
   * count.
   */
  readonly book: Audited & { readonly fields: number }
}

export interface GateQuestion {
  readonly classes: readonly GateClass[]
  /**
   * 1 for the first sample of the book; each further one, after it was worked over, spends half as much
   * error.
   */
  readonly look: number
  /** Open cases about a pair who keyed in the book. */
  readonly openCases: number
  /** Rows that one entry has and the other does not, undecided. */
  readonly unresolvedRows: number
  /** Whether the sample was drawn after nothing in the book could change any more. */
  readonly drawnAfterFreeze: boolean
}

/** Why the gate stays shut whatever the figures say. */
export type Stop =
  | { readonly kind: 'identity-errors'; readonly class: string; readonly count: number }
  | { readonly kind: 'open-cases'; readonly count: number }
  | { readonly kind: 'unresolved-rows'; readonly count: number }
  | { readonly kind: 'drawn-before-freeze' }
  | { readonly kind: 'nothing-to-release' }

/** What there is to say about one class: every number of the sentence. */
export interface ClassAnswer {
  readonly name: string
  readonly target: number
  readonly passed: boolean
  readonly process: Audited & {
    /** With `confidence`, at most this share is wrong. */
    readonly upper: number
    readonly confidence: number
    readonly passed: boolean
    /** Fields to check besides, all right, until the bound is at the target. */
    readonly moreNeeded: number
  }
  readonly book: Audited & {
    /** Fields of the book that have to be checked. */
    readonly needed: number
    readonly moreNeeded: number
    /** More errors than this are evidence that this book is worse than the target. */
    readonly acceptable: number
    readonly passed: boolean
  }
}

export interface GateAnswer {
  readonly open: boolean
  readonly stops: readonly Stop[]
  readonly classes: readonly ClassAnswer[]
}

const ERROR = 0.05
const CHECKED_MIN = 200
const CHECKED_SHARE_MIN = 0.02

/**
 * Whether a book may be released, and what is missing. Two tiers for every class of fields: the *process*
 * (the exact upper bound over the window is at most the target; with confidence 1 − .05/2^(look−1)), and
 * the *book* (at least 200 fields and 2 % of it checked, or all of a smaller one, and no more errors than
 * `acceptableErrors`). No stop may stand. Assumes fields drawn uniformly and scattered over the pages.
 */
export function releaseGate(question: GateQuestion): GateAnswer {
  assertWhole('look', question.look, 1)
  const confidence = 1 - ERROR / 2 ** (question.look - 1)
  const stops = stopsOf(question)
  const classes = question.classes.map((one) => answerFor(one, confidence))
  return { open: stops.length === 0 && classes.every(({ passed }) => passed), stops, classes }
}

function answerFor({ name, target, window, book }: GateClass, confidence: number): ClassAnswer {
  assertInside('target', target)
  assertCounts(window.wrong, window.checked)
  assertCounts(book.wrong, book.checked)
  assertCounts(book.checked, book.fields)
  const upper = upperBound(window.wrong, window.checked, confidence)
  const wanted = auditSize(window.wrong, target, confidence)
  const process = {
    ...window,
    upper,
    confidence,
    passed: window.checked >= wanted,
    moreNeeded: Math.max(0, wanted - window.checked),
  }
  const least = Math.max(CHECKED_MIN, Math.ceil(CHECKED_SHARE_MIN * book.fields))
  const needed = Math.min(book.fields, least)
  const acceptable = acceptableErrors(book.checked, target)
  const bookAnswer = {
    wrong: book.wrong,
    checked: book.checked,
    needed,
    moreNeeded: Math.max(0, needed - book.checked),
    acceptable,
    passed: book.checked >= needed && book.wrong <= acceptable,
  }
  const passed = process.passed && bookAnswer.passed
  return { name, target, passed, process, book: bookAnswer }
}

function stopsOf(question: GateQuestion): Stop[] {
  const { classes, openCases, unresolvedRows, drawnAfterFreeze } = question
  assertWhole('openCases', openCases)
  assertWhole('unresolvedRows', unresolvedRows)
  const identity = classes.filter((one) => one.identity && one.book.wrong > 0)
  return [
    ...identity.map(({ name, book }): Stop => {
      return { kind: 'identity-errors', class: name, count: book.wrong }
    }),
    ...stopWhere(openCases > 0, { kind: 'open-cases', count: openCases }),
    ...stopWhere(unresolvedRows > 0, { kind: 'unresolved-rows', count: unresolvedRows }),
    ...stopWhere(!drawnAfterFreeze, { kind: 'drawn-before-freeze' }),
    ...stopWhere(classes.length === 0, { kind: 'nothing-to-release' }),
  ]
}

function stopWhere(holds: boolean, stop: Stop): Stop[] {
  return holds ? [stop] : []
}
