import type { CDPSession, Page } from 'playwright-core'

/**
 * What browsers get of Vietnamese input methods. `composition`: as ibus does (and macOS while a candidate
 * is open), a word is composed under a line and committed. `replacement`: as macOS does, each letter is
 * committed at once, and the next key replaces what stands before the caret. `backspace`: as Unikey on
 * Windows does, letters are taken back with made backspaces and typed anew, as packets that are no keys.
 * `selection`: as Unikey does where a browser completes what is typed, they are selected and typed over.
 */
export const INPUT_METHODS = ['composition', 'replacement', 'backspace', 'selection'] as const
type InputMethod = (typeof INPUT_METHODS)[number]

/** How a word grows under Telex: what stands there after each key. */
const STEPS: Readonly<Record<string, readonly string[]>> = {
  Nguyễn: ['N', 'Ng', 'Ngu', 'Nguy', 'Nguye', 'Nguyê', 'Nguyên', 'Nguyễn'],
  Thưởng: ['T', 'Th', 'Thu', 'Thư', 'Thưo', 'Thươ', 'Thươn', 'Thương', 'Thưởng'],
}

/** Composes the words with a space between, and presses Enter inside the last composition first. */
export async function composeTelex(
  page: Page,
  line: CDPSession,
  words: readonly string[],
  method: InputMethod,
): Promise<void> {
  for (const [index, word] of words.entries()) {
    if (index > 0) await page.keyboard.type(' ')
    const steps = STEPS[word] ?? [word]
    if (method === 'composition') await compose(line, steps)
    else if (method === 'replacement')
      await replace(line, steps, words.slice(0, index).join(' ').length + Math.min(index, 1))
    else await retype(page, line, steps, method === 'backspace' ? 'Backspace' : 'Shift+ArrowLeft')
  }
}

async function compose(line: CDPSession, steps: readonly string[]): Promise<void> {
  for (const text of steps) {
    await line.send('Input.imeSetComposition', {
      text,
      selectionStart: text.length,
      selectionEnd: text.length,
    })
  }
  // The Enter that takes a candidate belongs to the input method: key code 229, inside the composition.
  await line.send('Input.dispatchKeyEvent', {
    type: 'rawKeyDown',
    key: 'Enter',
    code: 'Enter',
    windowsVirtualKeyCode: 229,
  })
  await line.send('Input.insertText', { text: steps.at(-1) ?? '' })
}

/** `from`: where the word begins in its field, which was empty. */
async function replace(line: CDPSession, steps: readonly string[], from: number): Promise<void> {
  let standing = ''
  for (const text of steps) {
    const at = text.length
    await line.send('Input.imeSetComposition', {
      text,
      selectionStart: at,
      selectionEnd: at,
      ...(standing === ''
        ? {}
        : { replacementStart: from, replacementEnd: from + standing.length }),
    })
    await line.send('Input.insertText', { text })
    standing = text
  }
}

async function retype(
  page: Page,
  line: CDPSession,
  steps: readonly string[],
  takeBack: 'Backspace' | 'Shift+ArrowLeft',
): Promise<void> {
  let standing = ''
  for (const text of steps) {
    let same = 0
    while (same < standing.length && standing[same] === text[same]) same += 1
    for (let back = standing.length; back > same; back -= 1) await page.keyboard.press(takeBack)
    for (const letter of text.slice(same)) await sendPacket(line, letter)
    standing = text
  }
}

/** A letter that no key made: VK_PACKET. */
async function sendPacket(line: CDPSession, text: string): Promise<void> {
  const packet = { key: text, windowsVirtualKeyCode: 231, nativeVirtualKeyCode: 231 }
  await line.send('Input.dispatchKeyEvent', { type: 'keyDown', text, ...packet })
  await line.send('Input.dispatchKeyEvent', { type: 'keyUp', ...packet })
}
