/**
 * The share of fields in which arbitration should have charged somebody, behind the share o in which it did:
 * (o(1 − a) − a·o′)/(1 − 2a), never below 0. An arbiter who errs, with the probability a, charges the one
 * who was right: o = x(1 − a) + x′a, and o′ = x′(1 − a) + xa of the partners. Assumes that a is the same for
 * everybody's fields, and that an arbiter who errs takes the other reading.
 */
export function correctForArbiters(
  observedRate: number,
  partnersRate: number,
  arbiterError: number,
): number {
  if (!(arbiterError >= 0 && arbiterError < 0.5)) {
    throw new RangeError('the arbiters’ error must be 0 or more and below one half')
  }
  const own = observedRate * (1 - arbiterError) - arbiterError * partnersRate
  return Math.min(1, Math.max(0, own / (1 - 2 * arbiterError)))
}
