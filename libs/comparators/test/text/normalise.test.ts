/** What is done to a text before anything is compared, and the two ways to look past a tone's place. */
import fc from 'fast-check'
import { t } from 'tap'
import { lowerCase, titleCase } from '../../src/text/change-case.ts'
import { whereLettersDiffer } from '../../src/text/latin-units.ts'
import { normaliseText } from '../../src/text/normalise-text.ts'
import { placeTones } from '../../src/text/place-tones.ts'
import { syllableKey } from '../../src/text/syllable-key.ts'

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.string({
    unit: fc.constantFrom(...'aoeuyđDÐð \u00a0\u0300\u0301\u0340\u200b\u200c\u200d\ufeff\u0646'),
  }),
)

t.test('C13: look-alike letters, invisible characters and odd blanks are one thing', async (t) => {
  for (const d of ['\u00d0', '\u0189']) t.equal(normaliseText(`${d}ặng`), 'Đặng')
  for (const d of ['\u00f0', '\u0256']) t.equal(normaliseText(`${d}ào`), 'đào')
  t.equal(normaliseText('a\u0341'), 'á', 'the old code points of tones')
  t.equal(normaliseText('\ufeff An\u00a0\u200bBình\u00ad '), 'An Bình')
  t.equal(normaliseText('a\u200b\u0301'), 'á', 'between a letter and its tone')
  t.equal(normaliseText('A\u200dn'), 'An', 'a joiner in a Latin word')
  const persian = 'می\u200cخواهم'
  t.equal(normaliseText(persian), persian, 'but not where it forms letters')
})

t.test('C13: doing it twice changes nothing more, whatever the text', async () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const once = normaliseText(text)
      return normaliseText(once) === once && normaliseText(text.normalize('NFD')) === once
    }),
  )
})

t.test('C14: a tone has one place in a syllable', async (t) => {
  const pairs = [
    ['Hoà', 'Hòa'],
    ['Thuý', 'Thúy'],
    ['khoẻ', 'khỏe'],
    ['uỷ', 'ủy'],
    ['Qúy', 'Quý'],
    ['gía', 'giá'],
    ['tóan', 'toán'],
    ['ngừơi', 'người'],
    ['HOÀ', 'HÒA'],
    ['Thị Hoà, xã Hoà Hiếu', 'Thị Hòa, xã Hòa Hiếu'],
  ] as const
  for (const [a, b] of pairs) t.equal(placeTones(a), placeTones(b), `${a} = ${b}`)
  t.equal(placeTones('Thuý Hoà'), 'Thúy Hòa', 'the house style')
})

t.test('C14: no tone, letter or other language is touched', async (t) => {
  const kept = [
    'Tuấn',
    'Tuân',
    'hoaf',
    'Đắklắk',
    'rió',
    'río',
    'público',
    'Hoa',
    'gì',
    'quá',
    'của',
    'mía',
  ]
  for (const word of kept) t.equal(placeTones(word), word)
  const pairs = [
    ['hòa', 'hoa'],
    ['hòa', 'hoaf'],
    ['hòa', 'hỏa'],
    ['thúy', 'thúi'],
    ['của', 'cúa'],
    ['Đắk', 'Dắk'],
  ] as const
  for (const [a, b] of pairs) t.not(placeTones(a), placeTones(b), `${a} ≠ ${b}`)
})

t.test('C14: doing it twice changes nothing more, and keeps the syllable key', async () => {
  const letter = fc.constantFrom(...'bcghnpqtiaeouyâêôơưạảãáàếềểòóùúủỳý')
  const word = fc.string({ unit: letter, maxLength: 7 })
  fc.assert(
    fc.property(fc.oneof(word, anyText.map(normaliseText)), (text) => {
      const placed = placeTones(text)
      return placeTones(placed) === placed && syllableKey(placed) === syllableKey(text)
    }),
    { numRuns: 1000 },
  )
})

t.test('C14: the syllable key of the published method', async (t) => {
  t.equal(syllableKey('Nguyễn Thị Hoà'), 'nguye^nx thij hoaf')
  t.equal(syllableKey('Hòa'), syllableKey('Hoà'))
  t.equal(syllableKey('Thúy'), syllableKey('Thuý'))
  t.equal(syllableKey('Nguyễn'.normalize('NFD')), syllableKey('Nguyễn'))
  t.not(syllableKey('Lý'), syllableKey('Lí'))
  t.equal(syllableKey('Ra-glai'), 'ra glai')
  t.equal(syllableKey('Đắklắk'), null, 'two syllables in one have none')
})

const words = fc.constantFrom(
  ...[
    'Nguyễn',
    'nguyễn',
    'NGUYỄN',
    'Hoà',
    'hòa',
    'Qúy',
    'QUÝ',
    'gía',
    "o'Neil",
    'St.John',
    'ß',
    'ı',
    'İ',
    'ǆ',
    'ﬁ',
  ],
  ...[
    ' ',
    '  ',
    '-',
    ',',
    '/',
    '(',
    '1985',
    'đ',
    'Đ',
    '\u00d0',
    '\u00a0',
    '\u0301',
    'Σ',
    'ς',
    '\t',
    '',
  ],
)
const ordinaryText = fc.array(words, { maxLength: 6 }).map((parts) => parts.join(''))

t.test('C13, C14: what is left as it is would come out of the long way, too', async () => {
  const normal = (text: string) =>
    text
      .normalize('NFC')
      .replace(/\p{White_Space}+/gu, ' ')
      .replace(/^ | $/g, '')
  const small = (text: string) => text.toLowerCase().normalize('NFC')
  const titled = (text: string) =>
    small(text).replace(/(^|[\s'’.,;:/()&-])(\p{L})/gu, (_, before: string, letter: string) => {
      const upper = letter.toUpperCase()
      return before + (upper.toLowerCase() === letter ? upper : letter)
    })
  const placed = (text: string) => text.replace(/[\p{L}\p{M}]+/gu, (word) => placeTones(word))
  fc.assert(
    fc.property(fc.oneof(ordinaryText, anyText), (text) => {
      const composed = normaliseText(text)
      return (
        lowerCase(text) === small(text) &&
        titleCase(text) === titled(text) &&
        placeTones(composed) === placed(composed) &&
        (/[\u00ad\u00d0\u00f0\u0189\u0256\u200b-\u200f\u2060\ufeff]/.test(text) ||
          composed === normal(text))
      )
    }),
    { numRuns: 500 },
  )
})

t.test(
  'C19: texts that begin to differ in a letter differ in more than signs and case',
  async () => {
    const lettersOnly = (text: string) => text.replace(/[\p{P}\p{Z}]+/gu, '').toLowerCase()
    fc.assert(
      fc.property(ordinaryText, ordinaryText, ordinaryText, (start, a, b) => {
        const [x, y] = [normaliseText(start + a), normaliseText(start + b)]
        return whereLettersDiffer(x, y) === -1 || lettersOnly(x) !== lettersOnly(y)
      }),
      { numRuns: 500 },
    )
  },
)
