/** Refuses counts that cannot be: `wrong` of `judged`, both whole. */
export function assertCounts(wrong: number, judged: number): void {
  assertWhole('judged', judged)
  if (!Number.isSafeInteger(wrong) || wrong < 0 || wrong > judged) {
    throw new RangeError('wrong must be a whole number from 0 to judged')
  }
}

/** Refuses amounts that cannot be: `wrong` of `judged`, which may be fractions where fields count for fewer. */
export function assertAmounts(wrong: number, judged: number): void {
  if (!(Number.isFinite(judged) && judged >= 0)) throw new RangeError('judged must be 0 or more')
  if (!(wrong >= 0 && wrong <= judged)) throw new RangeError('wrong must lie from 0 to judged')
}

export function assertWhole(name: string, count: number, least = 0): void {
  if (!Number.isSafeInteger(count) || count < least) {
    throw new RangeError(`${name} must be a whole number, ${least} or more`)
  }
}

/** A probability strictly between 0 and 1: a confidence, a rate under test. */
export function assertInside(name: string, share: number): void {
  if (!(share > 0 && share < 1)) throw new RangeError(`${name} must lie between 0 and 1`)
}

/** A probability, 0 and 1 included. */
export function assertShare(name: string, share: number): void {
  if (!(share >= 0 && share <= 1)) throw new RangeError(`${name} must lie from 0 to 1`)
}

export function assertPositive(name: string, value: number): void {
  if (!(Number.isFinite(value) && value > 0)) {
    throw new RangeError(`${name} must be a positive number`)
  }
}
