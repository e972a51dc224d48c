const WHITE_SPACE = /\p{White_Space}+/gu
const BLANK_AT_END = /^ | $/g

/** One form for texts that differ only in Unicode form or white space: NFC, single blanks. */
export function foldText(text: string): string {
  return text.normalize('NFC').replace(WHITE_SPACE, ' ').replace(BLANK_AT_END, '')
}
