import { type Command, commandOf, type Stroke } from '../desk/keys.ts'

/** Of the typist's keys those that mean something here too: the picture, the sheet, taking back. */
const SHARED: ReadonlySet<Command['do']> = new Set([
  'undo',
  'zoom-in',
  'zoom-out',
  'pan-up',
  'pan-down',
  'contrast',
  'invert',
  'rotate',
  'reset-picture',
  'picture-size',
  'keys',
  'escape',
])
/** With the focus in a text these are the browser's or the panel's. */
const OF_TEXT: ReadonlySet<Command['do']> = new Set(['undo', 'up', 'down', 'finish'])
const LIST: ReadonlySet<Command['do']> = new Set(['up', 'down', 'finish'])

/** What a key asks of the arbiter's desk. Enter asks for nothing: no reading is ever taken by it. */
export function deskCommandOf(stroke: Stroke, inText: boolean): Command | undefined {
  const command = commandOf(stroke)
  if (command === undefined || (!SHARED.has(command.do) && !LIST.has(command.do))) return undefined
  return inText && OF_TEXT.has(command.do) ? undefined : command
}

/** The number of an answer: a digit with nothing beside it, and not while a text is typed. */
export function answerOf(stroke: Stroke, inText: boolean): number | undefined {
  const { key, altKey, ctrlKey, metaKey, shiftKey, isComposing } = stroke
  if (inText || isComposing || altKey || ctrlKey || metaKey || shiftKey) return undefined
  return /^[1-9]$/.test(key) ? Number(key) : undefined
}

export function isText(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement
}
