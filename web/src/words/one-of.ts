const THINGS =
  'page|field|record|arbiter|typist|file|ruling|keying|question|error|book|appeal|minute|day|hour|letter'
const VERBS: Readonly<Record<string, string>> = {
  are: 'is',
  were: 'was',
  have: 'has',
  wait: 'waits',
  hold: 'holds',
}
const ONE = new RegExp(
  String.raw`(?<![\d.,–-])1 (?:(${THINGS})s|people)\b(?: (${Object.keys(VERBS).join('|')})\b)?`,
  'g',
)

/** English words about one thing: sentences are written for several. */
export function oneOf(text: string): string {
  return text.replace(ONE, (_, thing = 'person', verb = '') =>
    ['1', thing, VERBS[verb] ?? ''].join(' ').trimEnd(),
  )
}
