/**
 * How probable a right reading is by an operator of this skill α on a field of this ease β: 1/(1 +
 * e^(−αβ)). Skill 0 is a coin; below 0, worse than one. The two-parameter cousin of the Rasch model.
 *
 * J. Whitehill et al., "Whose vote should count more" (GLAD), NIPS 22 (2009).
 */
export function chanceRight(skill: number, ease: number): number {
  return 1 / (1 + Math.exp(-skill * ease))
}
