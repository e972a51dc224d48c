/** One code unit, one letter: Latin as it stands in NFC. All of Vietnamese, without a segmenter. */
const ONE_UNIT_EACH = /^[\x20-\x7e\xa1-\xac\xae-\u02af\u1e00-\u1eff]*$/
const SEGMENTER = new Intl.Segmenter('vi', { granularity: 'grapheme' })

/** What a reader would call the letters of a text, in order; joined they are the text again. */
export function splitGraphemes(text: string): string[] {
  if (ONE_UNIT_EACH.test(text)) return text.split('')
  return Array.from(SEGMENTER.segment(text), ({ segment }) => segment)
}
