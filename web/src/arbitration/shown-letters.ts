/** Letters alone on a line: those that draw nothing get a sign. */
export function shownLetters(text: string): string {
  if (text === '') return '∅'
  return /^\s+$/u.test(text) ? '␣' : text
}
