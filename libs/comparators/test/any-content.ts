/** Values as typists write them, as nobody should, and as an enemy would. */
import { FIELD_KINDS, type FieldDefinition, MARKS, type Mark } from '@songnhap/contracts'
import fc from 'fast-check'
import { fieldOf, typed } from './field-of.ts'

const options = [
  { value: 'Nam', label: { vi: 'Nam', en: 'Male' }, aliases: ['1', 'trai'] },
  { value: 'Nữ', label: { vi: 'Nữ', en: 'Female' }, aliases: ['2', 'gái'] },
  { value: 'Hoà', label: { vi: 'Hoà', en: 'Hoà' } },
]
const comparison = fc.record({
  ignoreCase: fc.boolean(),
  ignoreLeadingZeros: fc.boolean(),
  tonePlacement: fc.constantFrom('old', 'new'),
})

export const anyField = fc
  .tuple(fc.constantFrom(...FIELD_KINDS), comparison)
  .map(([kind, comparison]): FieldDefinition => fieldOf(kind, { options, comparison }))

const piece = fc.constantFrom(
  ...['Nguyễn', 'NGUYỄN', 'Thị', 'Hoà', 'Hòa', 'hoaf', 'Lý', 'Lí', 'Ng.', 'ß', 'ı', 'İ', 'Σ', 'ς'],
  ...['1', '01', '001', '2', '12', '1985', '85', '000', '.', ',', '/', '-', ' ', '  ', '~', '?'],
  ...['ngày', 'tháng', 'năm', 'một', 'nghìn', 'âl', 'tuổi', 'đ', 'đồng', 'VND', '$', 'có', 'x'],
  ...[
    'Nam',
    'trai',
    'TP',
    'tx.',
    'Đắk',
    '\u00d0',
    '\u0110',
    '\u00a0',
    '\u200b',
    '\u200d',
    '\u0301',
  ],
  ...['\u0323', '\ud83d', '\ude00', '👨‍👩‍👧', '\u202e', '\u0000', '\t', '\n', 'ﬁ', 'Ａ', '०'],
)

export const anyValue = fc.oneof(
  { weight: 5, arbitrary: fc.array(piece, { maxLength: 7 }).map((pieces) => pieces.join('')) },
  fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join(' ').normalize('NFD')),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
)

const mark = fc.constantFrom<Mark | undefined>(undefined, undefined, ...MARKS)
export const anyReading = fc.tuple(anyValue, mark).map(([value, mark]) => typed(value, mark))
