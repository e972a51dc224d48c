import type { CDPSession, Page } from 'playwright-core'

/**
 * What browsers get of Vietnamese input methods. `composition`: as ibus and macOS do, a word is composed
 * under a line and committed. `backspace`: as Unikey on Windows does, the letter is typed, then taken
 * back with a made backspace and typed anew.
 */
export type InputMethod = 'composition' | 'backspace'

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
    else await retype(page, steps)
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

async function retype(page: Page, steps: readonly string[]): Promise<void> {
  let standing = ''
  for (const text of steps) {
    let same = 0
    while (same < standing.length && standing[same] === text[same]) same += 1
    for (let back = standing.length; back > same; back -= 1) await page.keyboard.press('Backspace')
    await page.keyboard.insertText(text.slice(same))
    standing = text
  }
}
