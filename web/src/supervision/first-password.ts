/** No vowel, no d and no w: neither Telex nor VNI makes anything of them. Nothing looks like a digit. */
const LETTERS = 'bcghjkmnpqrstvxz'
const DIGITS = '23456789'
const GROUPS = 4

/**
 * A password that can be read aloud over the telephone and typed with a Vietnamese keyboard on: four
 * groups of three letters and a digit, 60 bits.
 */
export function firstPassword(): string {
  const group = () => [LETTERS, LETTERS, LETTERS, DIGITS].map(drawFrom).join('')
  return Array.from({ length: GROUPS }, group).join('-')
}

/** Both lengths divide 256, so that each is as likely as any other. */
function drawFrom(letters: string): string {
  const [byte = 0] = crypto.getRandomValues(new Uint8Array(1))
  return letters.charAt(byte % letters.length)
}
