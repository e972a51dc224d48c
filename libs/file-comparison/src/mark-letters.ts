import { differingLetters, type Stretch } from '@songnhap/comparators'

const SHOWN_CHARS_MAX = 1000
const ESCAPED: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
/** What would not be seen, or would turn the text around it. */
const UNSEEN = /[\p{Cc}\p{Cf}\u2028\u2029]/gu

/** A text inside of HTML: nothing in it is markup, and control characters show as signs. */
export function escapeHtml(text: string): string {
  const seen = text.replace(UNSEEN, (character) =>
    character === '\u200c' || character === '\u200d' ? character : '\ufffd',
  )
  return seen.replace(/[&<>"']/g, (character) => ESCAPED[character] ?? '')
}

/** Two values as HTML, with the letters that differ marked in both. */
export function markLetters(first: string, second: string): readonly [string, string] {
  const [a, b] = [shorten(first), shorten(second)]
  const letters = differingLetters(a, b)
  return [marked(a, letters.first), marked(b, letters.second)]
}

function marked(text: string, stretches: readonly Stretch[]): string {
  let [html, at] = ['', 0]
  for (const { start, end } of stretches) {
    html += escapeHtml(text.slice(at, start))
    const inside = escapeHtml(text.slice(start, end))
    html += inside === '' ? '<mark class="gap"></mark>' : `<mark>${inside}</mark>`
    at = end
  }
  return html + escapeHtml(text.slice(at))
}

function shorten(text: string): string {
  return text.length > SHOWN_CHARS_MAX ? `${text.slice(0, SHOWN_CHARS_MAX)}…` : text
}
