/** Rule Q20 of docs/spec/accuracy.md. */
import fc from 'fast-check'
import { t } from 'tap'
import { confusedLetters, howConfused } from '../../src/text/confused-letters.ts'

t.test('Q20: which letter was typed for which, by what they differ in', async (t) => {
  const told = (truth: string, typed: string) =>
    confusedLetters(truth, typed).map((one) => [one.truth, one.typed, howConfused(one)])
  t.same(told('Nguyễn', 'nguyển'), [['ễ', 'ể', 'tone']])
  t.same(told('Tuấn', 'Tuân'), [['ấ', 'â', 'tone']])
  t.same(told('Hùng', 'Hừng'), [['ù', 'ừ', 'quality']])
  t.same(told('Hùng', 'Hưng'), [['ù', 'ư', 'tone-and-quality']])
  t.same(told('Đặng', 'Dặng'), [['đ', 'd', 'quality']])
  t.same(told('Nam', 'Mam'), [['n', 'm', 'letter']])
  t.same(told('01/02/1985', '07/02/1985'), [['1', '7', 'letter']])
  t.same(told('Thanh', 'Thah'), [['n', '', 'left-out']])
  t.same(told('Thah', 'Thanh'), [['', 'n', 'added']])
  t.same(told('Trần Thị Mận', 'Lê Văn Đức'), [], 'another name is no letters confused')
  t.same(told('một', 'MỘT'), [], 'nor is another case')
  t.same(told('a-b', 'a+b'), [], 'nor a sign that is no letter')
})

t.test('Q20: few letters, each one of its text, and turned round with the texts', async (t) => {
  const text = fc.string({ unit: fc.constantFrom(...'aăâáàđdnmu 1\u0000🙂'), maxLength: 12 })
  fc.assert(
    fc.property(text, text, (truth, typed) => {
      const found = confusedLetters(truth, typed)
      const turned = confusedLetters(typed, truth).map((one) => [one.typed, one.truth])
      t.same(
        found.map((one) => [one.truth, one.typed]),
        turned,
      )
      t.ok(found.length <= 4)
      for (const one of found) t.ok(truth.includes(one.truth) && typed.includes(one.typed))
    }),
    { numRuns: 60 },
  )
})
