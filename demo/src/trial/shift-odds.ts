/** The probability whose log-odds are by `shift` those of `rate`. */
export function shiftOdds(rate: number, shift: number): number {
  const odds = (rate / (1 - rate)) * Math.exp(shift)
  return odds / (1 + odds)
}
