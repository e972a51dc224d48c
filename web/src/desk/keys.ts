import type { Mark } from '@songnhap/contracts'

/** What a key asks of the desk. */
export type Command = { readonly do: 'mark'; readonly mark: Mark } | { readonly do: Plain }
type Plain =
  | 'next'
  | 'back'
  | 'up'
  | 'down'
  | 'record-before'
  | 'record-after'
  | 'finish'
  | 'undo'
  | 'redo'
  | 'add-record'
  | 'remove-record'
  | 'move-record-up'
  | 'move-record-down'
  | 'zoom-in'
  | 'zoom-out'
  | 'pan-up'
  | 'pan-down'
  | 'contrast'
  | 'invert'
  | 'rotate'
  | 'reset-picture'
  | 'picture-size'
  | 'peek-before'
  | 'peek-after'
  | 'keys'
  | 'skip'
  | 'escape'

/** The part of a keyboard event that matters. */
export interface Stroke {
  readonly key: string
  readonly code: string
  readonly altKey: boolean
  readonly ctrlKey: boolean
  readonly shiftKey: boolean
  readonly metaKey: boolean
  readonly isComposing: boolean
  readonly keyCode: number
}

/** What browsers send for every key that an input method takes for itself. */
const COMPOSING_KEY_CODE = 229

/** Each mark's key and its twin on Alt, in the top row, for keyboards whose F row is taken. */
export const MARK_KEYS: readonly {
  readonly key: string
  readonly digit: string
  readonly mark: Mark
}[] = [
  { key: 'F2', digit: '1', mark: 'blank' },
  { key: 'F3', digit: '2', mark: 'illegible' },
  { key: 'F4', digit: '3', mark: 'partly-legible' },
  { key: 'F6', digit: '4', mark: 'torn' },
  { key: 'F7', digit: '5', mark: 'struck-out' },
  { key: 'F8', digit: '6', mark: 'ditto' },
]

const BARE: Readonly<Record<string, Plain>> = {
  Enter: 'next',
  ArrowUp: 'up',
  ArrowDown: 'down',
  PageUp: 'record-before',
  PageDown: 'record-after',
  Escape: 'escape',
  F1: 'keys',
  F9: 'picture-size',
  F10: 'skip',
}
const WITH_SHIFT: Readonly<Record<string, Plain>> = {
  Enter: 'back',
  PageUp: 'peek-before',
  PageDown: 'peek-after',
}
const WITH_CONTROL: Readonly<Record<string, Plain>> = { Enter: 'finish', z: 'undo', y: 'redo' }
const WITH_ALT: Readonly<Record<string, Plain>> = {
  Enter: 'add-record',
  NumpadEnter: 'add-record',
  Delete: 'remove-record',
  PageUp: 'move-record-up',
  PageDown: 'move-record-down',
  ArrowUp: 'pan-up',
  ArrowDown: 'pan-down',
  Equal: 'zoom-in',
  NumpadAdd: 'zoom-in',
  Minus: 'zoom-out',
  NumpadSubtract: 'zoom-out',
  Digit7: 'contrast',
  Digit8: 'invert',
  Digit9: 'rotate',
  Digit0: 'reset-picture',
}

/**
 * What a key means here; undefined leaves it to the browser. During a composition no key is ours, and
 * no single letter ever is. With Alt the place of the key counts and not its letter, which an input
 * method or another keyboard layout changes; digits of the number block type characters in Windows.
 */
export function commandOf(stroke: Stroke): Command | undefined {
  const { key, code, altKey, ctrlKey, shiftKey, metaKey } = stroke
  if (stroke.isComposing || stroke.keyCode === COMPOSING_KEY_CODE || metaKey) return undefined
  if (altKey) return ctrlKey || shiftKey ? undefined : commandWithAlt(code)
  if (ctrlKey)
    return shiftKey ? undefined : plain(WITH_CONTROL[key.toLowerCase()] ?? WITH_CONTROL[key])
  if (shiftKey) return plain(WITH_SHIFT[key])
  const found = MARK_KEYS.find((one) => one.key === key)
  return found === undefined ? plain(BARE[key]) : { do: 'mark', mark: found.mark }
}

function commandWithAlt(code: string): Command | undefined {
  const found = MARK_KEYS.find(({ digit }) => code === `Digit${digit}`)
  return found === undefined ? plain(WITH_ALT[code]) : { do: 'mark', mark: found.mark }
}

function plain(name: Plain | undefined): Command | undefined {
  return name === undefined ? undefined : { do: name }
}
