import type { Command } from './keys.ts'
import type { LookAround } from './look-around.svelte.ts'
import type { Typing } from './typing.svelte.ts'

/** What the desk's screen does beside the page that is typed. */
export interface Screen {
  finish(): void
  openKeys(): void
  openSkip(): void
  escape(): void
  peek(by: -1 | 1): void
  /** From one row of the book to the next, where it is known. */
  readonly rowStep: number | undefined
}

/** Does what a key asked for. */
export function carryOut(command: Command, typing: Typing, look: LookAround, screen: Screen): void {
  if (command.do === 'mark') {
    typing.mark(command.mark)
    return
  }
  const deeds: Readonly<Record<typeof command.do, () => void>> = {
    next: () => typing.next(),
    back: () => typing.back(),
    up: () => typing.fieldBy(-1),
    down: () => typing.fieldBy(1),
    'record-before': () => typing.recordBy(-1),
    'record-after': () => typing.recordBy(1),
    finish: () => screen.finish(),
    undo: () => typing.undo(),
    redo: () => typing.redo(),
    'add-record': () => typing.addRecord(),
    'remove-record': () => typing.removeRecord(),
    'move-record-up': () => typing.moveRecord(-1),
    'move-record-down': () => typing.moveRecord(1),
    'zoom-in': () => look.zoomBy(1),
    'zoom-out': () => look.zoomBy(-1),
    'pan-up': () => look.panBy(-1, screen.rowStep),
    'pan-down': () => look.panBy(1, screen.rowStep),
    contrast: () => look.nextContrast(),
    invert: () => look.invert(),
    rotate: () => look.turn(),
    'reset-picture': () => look.reset(),
    'picture-size': () => look.nextSize(),
    'peek-before': () => screen.peek(-1),
    'peek-after': () => screen.peek(1),
    keys: () => screen.openKeys(),
    skip: () => screen.openSkip(),
    escape: () => screen.escape(),
  }
  deeds[command.do]()
}

/** Keys that mean something only while a field of the page has the focus. */
const IN_A_FIELD: ReadonlySet<Command['do']> = new Set([
  'next',
  'back',
  'up',
  'down',
  'record-before',
  'record-after',
  'undo',
  'redo',
])

/**
 * Whether a key is the desk's, with the focus where it is. In a field of several lines the arrows first
 * go through the lines, and what was typed since it was entered is taken back by the browser itself.
 */
export function isOurs(command: Command, target: EventTarget | null): boolean {
  const field =
    target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement
      ? target.dataset['field']
      : undefined
  if (!IN_A_FIELD.has(command.do)) return true
  if (field === undefined) return false
  if (!(target instanceof HTMLTextAreaElement)) return true
  if (command.do === 'up') return target.selectionEnd === 0
  if (command.do === 'down') return target.selectionStart === target.value.length
  return true
}

const REPEATING: ReadonlySet<Command['do']> = new Set([
  'back',
  'up',
  'down',
  'record-before',
  'record-after',
  'undo',
  'redo',
  'zoom-in',
  'zoom-out',
  'pan-up',
  'pan-down',
])

/** Whether a key that is held down does its deed again: only where that decides nothing. */
export function mayRepeat(command: Command): boolean {
  return REPEATING.has(command.do)
}
