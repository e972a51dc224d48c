/** What a browser loads before a typist can type, compressed as it is sent. */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './run-command.ts'

const DIST = join(ROOT, 'web', 'dist')
/** Of the typist's desk with everything that it stands on; 64 kbit/s carry it in 11 seconds. */
const DESK_BYTES_MAX = 90_000
/** A file that loads another one names it so. */
const NAMED = /(?:assets\/)?([\w.-]+-[\w-]{8}\.(?:js|css))/g
/** Where a file has parts that it loads later: each with the places, in a list, of what is loaded beside it. */
const LIST = /m\.f=\[([^\]]*)\]/
const LATER = /import\([`"']\.\/([\w.-]+)[`"']\)[^[]{0,40}__vite__mapDeps\(\[([\d,]*)\]\)/g
/** What only other people's screens load. */
const OTHER_SCREENS =
  /^(arbitration|choose-password|elsewhere|own-figures|sign-in|supervision|tutorial)-/

/** Complaints; empty when it is small enough. Prints the sizes. */
export function checkWorkplaceSize(): string {
  const page = join(DIST, 'index.html')
  if (!existsSync(page)) return 'web/dist is missing; `npm run check` builds it'
  const files = filesFrom(readFileSync(page, 'utf8'))
  if (![...files].some((name) => name.startsWith('desk-'))) return 'the desk was not found'
  const bytes = [...files].reduce(
    (sum, name) => sum + sizeOf(`assets/${name}`),
    sizeOf('index.html'),
  )
  const kilobytes = (size: number) => `${(size / 1000).toFixed(1)} kB`
  console.log(
    `  the typist's desk: ${kilobytes(bytes)} compressed in ${files.size + 1} files, ` +
      `at most ${kilobytes(DESK_BYTES_MAX)}`,
  )
  return bytes > DESK_BYTES_MAX ? `${bytes} bytes, at most ${DESK_BYTES_MAX}` : ''
}

/** Everything that the text names, and what that names in turn, without other people's screens. */
function filesFrom(text: string, found = new Set<string>()): Set<string> {
  for (const name of namesIn(text)) {
    const path = join(DIST, 'assets', name)
    if (found.has(name) || OTHER_SCREENS.test(name) || !existsSync(path)) continue
    found.add(name)
    filesFrom(readFileSync(path, 'utf8'), found)
  }
  return found
}

/** Beside a part of other people's screens stands what they share with each other: nobody else loads it. */
function namesIn(text: string): string[] {
  const list = [...(LIST.exec(text)?.[1] ?? '').matchAll(NAMED)].map(([, name = '']) => name)
  const beside = [...text.matchAll(LATER)].flatMap(([, name = '', places = '']) =>
    OTHER_SCREENS.test(name) ? [] : places.split(',').flatMap((place) => list[Number(place)] ?? []),
  )
  const atOnce = [...text.replace(LIST, '').matchAll(NAMED)].map(([, name = '']) => name)
  return [...atOnce, ...beside]
}

function sizeOf(name: string): number {
  return statSync(join(DIST, `${name}.br`)).size
}
