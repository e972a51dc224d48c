/** Rule U14 of docs/spec/audit.md: what is missing, in words. */
import type { Gate } from '@songnhap/contracts'
import { t } from 'tap'
import { gateInWords } from '../src/index.ts'

const GATE: Gate = {
  open: false,
  stops: [{ what: 'identity-errors', count: 2 }],
  classes: [
    {
      class: 'ordinary',
      target: 10,
      passed: false,
      process: {
        wrong: 0,
        checked: 1240,
        upper: 24.13,
        confidence: 0.95,
        passed: false,
        moreNeeded: 1755,
      },
      book: { wrong: 3, checked: 240, needed: 240, moreNeeded: 0, acceptable: 1, passed: false },
    },
  ],
}

t.test('U14: what is missing is said in words, every number of it', (t) => {
  t.same(
    gateInWords(GATE).map(({ en }) => en),
    [
      'The evidence does not suffice.',
      '2 identity fields were wrong: the field has to be keyed again throughout the book.',
      'Ordinary fields: 0 wrong in 1,240 fields checked; with 95 % confidence at most 24 wrong in 10,000; ' +
        'the target is 10; 1,755 more needed. In this book: 3 wrong in 240, at most 1 acceptable, 240 to be checked.',
    ],
  )
  t.match(
    gateInWords(GATE).at(-1)?.vi,
    /0 sai trong 1\.240 .* 24 sai trong 10\.000; .* cần thêm 1\.755/,
  )
  const [one] = GATE.classes
  if (one === undefined) throw new Error('one class')
  const process = { ...one.process, moreNeeded: 0, passed: true, confidence: 0.975, upper: 9.97 }
  const open = {
    open: true,
    stops: [],
    classes: [{ ...one, process, book: { ...one.book, passed: true } }],
  }
  t.same(
    gateInWords(open).map(({ en }) => en),
    [
      'The evidence suffices to release the book.',
      'Ordinary fields: 0 wrong in 1,240 fields checked; with 97.5 % confidence at most 10 wrong in 10,000; ' +
        'the target is 10.',
    ],
  )
  t.end()
})
