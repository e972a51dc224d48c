import { language } from './language.svelte.ts'

/** Why two readings are held to differ, by the rule of comparison that says so (docs/spec/comparison.md). */
const REASONS: Readonly<Record<string, readonly [vi: string, en: string]>> = {
  identical: ['Hai lượt gõ giống nhau', 'Both entries have the same characters'],
  'same-mark': ['Hai lượt cùng một dấu', 'Both entries have the same mark'],
  'both-blank': ['Hai lượt cùng để trống', 'Both entries found the field empty'],
  'nfc-white-space': ['Chỉ khác dấu cách', 'Only white space differs'],
  'look-alike-letter': ['Chỉ khác ký tự trông giống nhau', 'Only look-alike letters differ'],
  'tone-placement': ['Chỉ khác chỗ đặt dấu thanh', 'Only the place of a tone mark differs'],
  'case-ignored': ['Chỉ khác chữ hoa, chữ thường', 'Only capital and small letters differ'],
  'hyphen-for-blank': ['Một gạch ngang thay chỗ trống', 'A hyphen stands for a blank'],
  'blank-at-separator': [
    'Chỉ khác dấu cách bên dấu phẩy, gạch',
    'Only blanks at a comma, slash or hyphen differ',
  ],
  'date-layout': ['Cùng một ngày, viết hai cách', 'The same date, written in two ways'],
  'leading-zeros-ignored': ['Chỉ khác số 0 ở đầu', 'Only leading zeros differ'],
  'number-layout': ['Cùng một số, viết hai cách', 'The same number, written in two ways'],
  'code-alias': ['Hai cách ghi một mục trong danh sách', 'Two ways to write one entry of the list'],
  'truth-words': ['Hai chữ cùng một câu trả lời', 'Two words for one answer'],
  'ditto-resolved': ['Một lượt ghi “như trên”', 'One entry has a ditto mark'],
  'case-differs': ['Chỉ khác chữ hoa, chữ thường', 'Only capital and small letters differ'],
  'i-for-y': ['Cùng một tên, khác i và y', 'The same name, spelt with i and with y'],
  abbreviation: ['Một bên có thể là viết tắt của bên kia', 'One may be the other, abbreviated'],
  'word-left-out': ['Một bên có thêm một chữ', 'One entry has a word more'],
  punctuation: ['Chỉ khác dấu câu hoặc dấu cách', 'Only punctuation or blanks differ'],
  'place-spelling': ['Hai cách viết một địa danh', 'Two spellings of one place'],
  'century-left-out': [
    'Cùng một ngày, một bên không ghi thế kỷ',
    'The same date, once without its century',
  ],
  'leading-zeros': ['Chỉ khác số 0 ở đầu', 'Only leading zeros differ'],
  'words-beside-number': [
    'Cùng một số, một bên có thêm chữ',
    'The same number, once with words beside it',
  ],
  'currency-spelling': [
    'Cùng một số tiền, khác cách ghi đơn vị',
    'The same amount, its currency written otherwise',
  ],
  'decimal-zeros': ['Cùng một số tiền, khác số chữ số lẻ', 'The same amount, with other decimals'],
  'value-differs': ['Hai lượt gõ khác chữ', 'The entries have different characters'],
  'value-against-mark': [
    'Một lượt gõ chữ, lượt kia đánh dấu ô',
    'One entry has a text, the other a mark',
  ],
  'marks-differ': ['Hai lượt đánh dấu ô khác nhau', 'The entries mark the field differently'],
  'row-missing': ['Chỉ một lượt có bản ghi này', 'Only one entry has this record'],
  'cell-missing': ['Chỉ một lượt có chữ ở ô này', 'Only one entry has something in this field'],
}

/** In the language chosen; what a newer service says is shown as it came. */
export function reasonInWords(rule: string | undefined, reason: string): string {
  const words = rule !== undefined && Object.hasOwn(REASONS, rule) ? REASONS[rule] : undefined
  return words === undefined ? reason : words[language.current === 'en' ? 1 : 0]
}
