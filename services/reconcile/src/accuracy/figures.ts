/** Numbers with their limits, as they are told. Pure. */
import type { Figure } from '@songnhap/contracts'
import {
  clopperPearson,
  correctForAgreedErrors,
  correctForArbiters,
  errorRatio,
  type Prior,
  poissonInterval,
  shrinkRate,
  wilson,
} from '@songnhap/statistics'

const CONFIDENCE = 0.95

/** What is settled later is not in a figure; and which truth it goes by. */
export type CutOff = Pick<Figure, 'asOf' | 'truth'>

interface Parts {
  readonly numerator: number
  readonly denominator: number
}

/** `wrong` of `judged`, with the Wilson interval of as many independent fields as these are worth. */
export function rateFigure(
  wrong: number,
  judged: number,
  cutOff: CutOff,
  designEffect = 1,
): Figure {
  const parts = { numerator: wrong, denominator: judged }
  const limits = wilson(wrong / designEffect, judged / designEffect)
  return { ...shareOf(parts), ...limits, ...by('wilson'), designEffect, ...cutOff }
}

/** What arbitration does not show as it is: whose error it was, and errors that partners made alike. */
export interface Unseen {
  readonly arbiterError: number
  readonly partnersRate: number
  readonly coincidence: number
}

export function correctedFigure(
  wrong: number,
  judged: number,
  { arbiterError, partnersRate, coincidence }: Unseen,
  cutOff: CutOff,
  designEffect: number,
): Figure {
  const correct = (rate: number) =>
    correctForAgreedErrors(correctForArbiters(rate, partnersRate, arbiterError), coincidence)
  const { value, ...parts } = shareOf({ numerator: wrong, denominator: judged })
  const { low, high } = wilson(wrong / designEffect, judged / designEffect)
  return {
    ...parts,
    value: value === null ? null : correct(value),
    low: correct(low),
    high: correct(high),
    ...by('wilson-corrected'),
    designEffect,
    ...cutOff,
  }
}

/** `high` is the one-sided bound by which operators are ranked. */
export function shrunkFigure(wrong: number, judged: number, prior: Prior, cutOff: CutOff): Figure {
  const { mean, upper } = shrinkRate({ wrong, judged }, prior, CONFIDENCE)
  const parts = { numerator: wrong, denominator: judged }
  return { value: mean, ...parts, low: null, high: upper, ...by('beta-posterior'), ...cutOff }
}

/** Errors made ÷ errors expected, with the exact limits; null where none is expected. */
export function ratioFigure(observed: number, expected: number, cutOff: CutOff): Figure | null {
  const { ratio, interval } = errorRatio(observed, expected)
  if (ratio === null || interval === null) return null
  const parts = { numerator: observed, denominator: expected }
  return { value: ratio, ...parts, ...interval, ...by('poisson'), ...cutOff }
}

/** Of events that one unit can have several of. */
export function countFigure(events: number, units: number, cutOff: CutOff): Figure | null {
  if (units === 0) return null
  const parts = { numerator: events, denominator: units }
  return { ...shareOf(parts), ...poissonInterval(events, units), ...by('poisson'), ...cutOff }
}

/** Of things that may all be so, with the exact interval. */
export function exactFigure(some: number, all: number, cutOff: CutOff): Figure {
  const parts = shareOf({ numerator: some, denominator: all })
  const limits = all === 0 ? { low: null, high: null } : clopperPearson(some, all)
  return { ...parts, ...limits, ...by('binomial'), ...cutOff }
}

export function plainFigure(numerator: number, denominator: number, cutOff: CutOff): Figure {
  const none = { low: null, high: null, method: 'none', confidence: null } as const
  return { ...shareOf({ numerator, denominator }), ...none, ...cutOff }
}

function shareOf({ numerator, denominator }: Parts) {
  return { value: denominator === 0 ? null : numerator / denominator, numerator, denominator }
}

function by(method: Figure['method']): Pick<Figure, 'method' | 'confidence'> {
  return { method, confidence: CONFIDENCE }
}
