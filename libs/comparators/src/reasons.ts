/** Every rule that can decide an outcome, and why in words. Names are stored: they never change. */
export const REASONS = {
  identical: 'Both readers wrote the same characters',
  'same-mark': 'Both readers gave the same mark',
  'both-blank': 'Both readers found the field empty',
  'single-entry': 'This field is keyed by one person only',

  'nfc-white-space': 'Only the Unicode form or the white space differs',
  'look-alike-letter': 'Only letters that look the same, or invisible characters, differ',
  'tone-placement': 'Only the place of a tone mark in its syllable differs',
  'case-ignored': 'Only capital and small letters differ',
  'hyphen-for-blank': 'Only a hyphen stands for a blank',
  'blank-at-separator': 'Only blanks beside a comma, slash or hyphen differ',
  'date-layout': 'The same date, written in another way',
  'leading-zeros-ignored': 'Only leading zeros differ, which this form does not count',
  'number-layout': 'The same number, grouped in another way',
  'code-alias': 'Two ways to write one entry of the list',
  'truth-words': 'Two words for one answer',
  'ditto-resolved': 'One reading is a ditto mark that stands for the other',

  'case-differs': 'Only capital and small letters differ, which count here',
  'i-for-y': 'The same name spelt with i and with y',
  abbreviation: 'One reading may be the other, abbreviated',
  'word-left-out': 'One reading has a word more',
  punctuation: 'Only punctuation or blanks differ',
  'place-spelling': 'Two spellings of one place name',
  'century-left-out': 'The same date, once with its century and once without',
  'leading-zeros': 'Only leading zeros differ',
  'words-beside-number': 'The same number, once with words beside it',
  'currency-spelling': 'The same amount, with its currency written in another way or not at all',
  'decimal-zeros': 'The same amount, with another number of decimals',

  'value-differs': 'The readers wrote different characters',
  'value-against-mark': 'One reader wrote a value, the other marked the field',
  'marks-differ': 'The readers marked the field differently',
  'row-missing': 'Only one reader found this record',
  'cell-missing': 'Once a slip is put right, only one reader or none has this field',
} as const

export type Rule = keyof typeof REASONS
