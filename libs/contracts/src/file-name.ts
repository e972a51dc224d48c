import { Line } from './primitives.ts'

const LENGTH_MAX = 255
/** How Windows wrote Vietnamese before Unicode. It has a meaning for nearly every byte. */
const LEGACY_CHARSET = 'windows-1258'

/** What a file was called where it came from: a label for people, which leads nowhere. */
export const FileName = Line({ minLength: 1, maxLength: LENGTH_MAX })

const CONTROL = /\p{Cc}/u
const utf8 = new TextDecoder('utf-8', { fatal: true })
const legacy = new TextDecoder(LEGACY_CHARSET)

export function isFileName(name: string): boolean {
  return name.length > 0 && name.length <= LENGTH_MAX && !CONTROL.test(name)
}

/** The name of a file as a person reads it; a wrong guess at an old name costs nothing. */
export function readFileName(bytes: Uint8Array): string {
  return decode(bytes).normalize('NFC')
}

/** The nearest thing to it that can be shown. */
export function showableFileName(name: string): string {
  const characters = [...name].map((character) => (CONTROL.test(character) ? '\ufffd' : character))
  return characters.join('').slice(0, LENGTH_MAX) || '\ufffd'
}

function decode(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes)
  } catch {
    return legacy.decode(bytes)
  }
}
