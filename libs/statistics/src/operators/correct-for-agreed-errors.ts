/**
 * How often a second typist repeated the first one's error, where nothing is known yet: Kawado et al.
 * 2003.
 */
export const COINCIDENCE_AT_START = 0.117

/**
 * The error rate behind an observed one: e = o/(1 − c). Arbitration sees an error only where the partner
 * did not make the same one, which happens with the probability c. Assumes that c is the same for all, as
 * an audit of its kind of field found it.
 *
 * M. Kawado et al., Controlled Clinical Trials 24 (2003), 560–569.
 */
export function correctForAgreedErrors(
  observedRate: number,
  coincidence: number = COINCIDENCE_AT_START,
): number {
  if (!(coincidence >= 0 && coincidence < 1)) {
    throw new RangeError('coincidence must be 0 or more and below 1')
  }
  return Math.min(1, observedRate / (1 - coincidence))
}
