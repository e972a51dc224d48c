/** Letters and how far apart they are; expected numbers are those of the published method. */

import fc from 'fast-check'
import { distance as levenshtein } from 'fastest-levenshtein'
import { t } from 'tap'
import { alignLetters } from '../../src/text/align-letters.ts'
import { differingLetters } from '../../src/text/differing-letters.ts'
import { letterOf } from '../../src/text/letter.ts'
import { letterDistance, shareOfLettersApart } from '../../src/text/letter-distance.ts'
import { splitGraphemes } from '../../src/text/split-graphemes.ts'

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: fc.constantFrom(...'aâấuưyiđd \u0301\u200d\ud83d\udc69') }),
)

t.test('C20: each kind of slip has its distance', async (t) => {
  const distances = [
    ['Tuấn', 'Tuân', 0.3],
    ['Tuấn', 'Tuán', 0.4],
    ['Nguyễn', 'Nguyển', 0.2],
    ['Đặng', 'Dang', 1],
    ['Lý', 'Lí', 0.8],
    ['Hùng', 'Hưng', 0.6],
    ['Thanh', 'Thnah', 1],
    ['Minh', 'Minhh', 1],
    ['LÝ', 'lý', 0],
    ['1985', '7985', 0.8],
    ['30', '80', 0.8],
    ['5', '6', 0.8],
    ['90', '99', 0.8],
    ['12', '21', 1],
  ] as const
  for (const [a, b, expected] of distances) {
    t.equal(letterDistance(a, b), expected, `${a} / ${b}`)
    t.equal(letterDistance(b.normalize('NFD'), a), expected, `${b} / ${a}`)
  }
  t.equal(shareOfLettersApart('Nguyễn Văn Tuấn', 'Nguyễn Văn Tuân').toFixed(4), '0.0200')
  t.equal(shareOfLettersApart('', ''), 0)
})

t.test(
  'C20: a distance is symmetric, nought to itself, and never more than the longer text',
  async () => {
    fc.assert(
      fc.property(anyText, anyText, (a, b) => {
        const [there, back] = [letterDistance(a, b), letterDistance(b, a)]
        const longest = Math.max(
          splitGraphemes(a.normalize('NFC')).length,
          splitGraphemes(b.normalize('NFC')).length,
        )
        return there === back && letterDistance(a, a) === 0 && there <= longest
      }),
    )
  },
)

t.test('C20: the fast way and the way that tells the letters find the same distance', async () => {
  const names = fc.string({ unit: fc.constantFrom(...'aâấuưynmidđ1739 \u0301'), maxLength: 20 })
  fc.assert(
    fc.property(fc.oneof(names, anyText), fc.oneof(names, anyText), (a, b) => {
      const [x, y] = [a, b].map((text) => splitGraphemes(text.normalize('NFC')).map(letterOf))
      if (x === undefined || y === undefined) return false
      const [longer, shorter] = x.length < y.length ? [y, x] : [x, y]
      const plain = alignLetters(longer, shorter).at(longer.length, shorter.length) / 10
      return letterDistance(a, b) === plain
    }),
    { numRuns: 2000 },
  )
})

t.test('C20: long texts are compared in bounded time', async (t) => {
  const [long, other] = ['ấn '.repeat(1365), 'ằm '.repeat(1365)]
  const began = performance.now()
  for (let times = 0; times < 10; times += 1) letterDistance(long, other)
  letterDistance('a'.repeat(1_000_000), 'b'.repeat(900_000))
  letterDistance(`a${'\u0301'.repeat(4000)}`, `a${'\u0302'.repeat(4000)}`)
  t.ok(performance.now() - began < 10_000)
  t.equal(letterDistance(`x${long}`, `${long}x`), 2, 'and still exactly where little differs')
})

t.test('C21: the letters that differ are told for both texts, whole letters only', async (t) => {
  const cut = (a: string, b: string) => {
    const { first, second } = differingLetters(a, b)
    return [
      first.map(({ start, end }) => a.slice(start, end)),
      second.map(({ start, end }) => b.slice(start, end)),
    ]
  }
  t.same(cut('Nguyễn Văn Tuấn', 'Nguyễn Văn Tuân'), [['ấ'], ['â']])
  t.same(cut('Tuấn'.normalize('NFD'), 'Tuân'), [['ấ'.normalize('NFD')], ['â']])
  t.same(cut('Thanh', 'Thnah'), [['an'], ['na']])
  t.same(cut('Minh Anh', 'Minhh Ánh'), [
    ['', 'A'],
    ['h', 'Á'],
  ])
  t.same(cut('an', 'An'), [['a'], ['A']])
  t.same(cut('An', 'An'), [[], []])
  t.same(cut('', 'An'), [[''], ['An']])
})

t.test('C21: what is not told is the same on both sides, and sides may change places', async () => {
  fc.assert(
    fc.property(anyText, anyText, (a, b) => {
      const { first, second } = differingLetters(a, b)
      const turned = differingLetters(b, a)
      const rest = (text: string, stretches: typeof first) =>
        [...stretches]
          .reverse()
          .reduce((left, { start, end }) => `${left.slice(0, start)}\0${left.slice(end)}`, text)
          .normalize('NFC')
      return (
        rest(a, first) === rest(b, second) &&
        JSON.stringify(turned.first) === JSON.stringify(second) &&
        JSON.stringify(turned.second) === JSON.stringify(first)
      )
    }),
  )
})

t.test('C20: the plain distance is the textbook one', async (t) => {
  t.equal(levenshtein('kitten', 'sitting'), 3)
  t.equal((levenshtein('kitten', 'sitting') / 7).toFixed(6), '0.428571')
})
