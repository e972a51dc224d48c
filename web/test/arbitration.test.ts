/** Rules of docs/spec/workplace.md about the arbiter's desk that need no browser. */
import type {
  ArbitrationAssignment,
  FieldDefinition,
  FormDefinition,
  Question,
  Reading,
  RowPairs,
  Ruling,
  TypedRecord,
} from '@songnhap/contracts'
import fc from 'fast-check'
import { t } from 'tap'
import { confusionOf } from '../src/arbitration/confusion.ts'
import { casesOf, nextCase } from '../src/arbitration/docket.ts'
import { answerOf, deskCommandOf } from '../src/arbitration/keys.ts'
import { nameLetters } from '../src/arbitration/name-letters.ts'
import * as rulings from '../src/arbitration/page-rulings.ts'
import { moveRow, moveRowTo } from '../src/arbitration/pairing.ts'
import { piecesOf } from '../src/arbitration/pieces-of.ts'
import { rowStates } from '../src/arbitration/rows-of.ts'
import { slipOf } from '../src/arbitration/slip-rows.ts'

const typed = (value: string): Reading => ({ value, origin: 'typed' })
const word = (text: string) => ({ vi: text, en: text })
const fieldOf = (name: string): FieldDefinition => ({
  name,
  kind: 'text',
  label: word(name),
  lengthMax: 80,
})
const FORM: FormDefinition = {
  name: 'small',
  version: 1,
  title: word('Sổ'),
  recordsMax: 20,
  fields: [fieldOf('mother'), fieldOf('village')],
}

function question(questionId: string, first: string, second: string): Question {
  const readings: Question['readings'] = [typed(first), typed(second)]
  return {
    questionId,
    kind: 'field',
    record: 1,
    field: 'mother',
    reason: '',
    readings,
    present: [true, true],
  }
}
function page(pageId: string, bookTitle: string, questions: Question[]): ArbitrationAssignment {
  return {
    kind: 'arbitration',
    leaseToken: pageId,
    pageId,
    form: { name: 'small', version: 1 },
    bookTitle,
    sequence: 1,
    expiresAt: '',
    escalated: false,
    questions,
  }
}

t.test('K30: the letters that differ are cut out, and named where a name helps', (t) => {
  t.same(piecesOf('Thường', 'Thưởng'), [
    [
      { text: 'Thư', differs: false },
      { text: 'ờ', differs: true },
      { text: 'ng', differs: false },
    ],
    [
      { text: 'Thư', differs: false },
      { text: 'ở', differs: true },
      { text: 'ng', differs: false },
    ],
  ])
  t.same(piecesOf('', '1966')[1], [{ text: '1966', differs: false }], 'a mark has no letters')
  t.same(nameLetters('ờ', 'ở'), ['toneGrave'])
  t.same(nameLetters('ở', 'ờ'), ['toneHook'])
  t.same(nameLetters('i', 'ì'), ['toneNone'])
  t.same(nameLetters('ơ', 'o'), ['markHorn'])
  t.same(nameLetters('Đ', 'D'), ['markBar'])
  t.same(nameLetters('A', 'a'), ['capital'])
  t.same(nameLetters('Ổ', 'Ó'), ['markHat', 'toneHook'], 'both where both differ')
  t.same(nameLetters('', 'h'), ['noLetter'])
  t.same(nameLetters('3', '2'), [])
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (a, b) => {
      const [one, other] = piecesOf(a, b)
      const whole = (pieces: readonly { text: string }[]) => pieces.map(({ text }) => text).join('')
      nameLetters(a, b)
      return whole(one) === a && whole(other) === b
    }),
  )
  t.end()
})

t.test('K31: only a bare digit answers, and never while a text is typed', (t) => {
  const stroke = {
    key: '1',
    code: 'Digit1',
    altKey: false,
    ctrlKey: false,
    shiftKey: false,
    metaKey: false,
    isComposing: false,
    keyCode: 49,
  }
  t.equal(answerOf(stroke, false), 1)
  t.equal(answerOf(stroke, true), undefined)
  for (const held of ['altKey', 'ctrlKey', 'shiftKey', 'metaKey', 'isComposing'] as const) {
    t.equal(answerOf({ ...stroke, [held]: true }, false), undefined, held)
  }
  for (const key of ['Enter', ' ', 'a', '0']) {
    t.equal(answerOf({ ...stroke, key }, false), undefined, key)
  }
  t.equal(deskCommandOf({ ...stroke, key: 'Enter', code: 'Enter' }, false), undefined)
  t.same(deskCommandOf({ ...stroke, key: 'z', ctrlKey: true }, false), { do: 'undo' })
  t.equal(deskCommandOf({ ...stroke, key: 'z', ctrlKey: true }, true), undefined)
  t.end()
})

t.test('K32: what was decided last is taken back first, whatever the page', (t) => {
  const [one, two] = [question('1', 'a', 'b'), question('2', 'a', 'b')]
  const ruling = (questionId: string, verdict: Ruling['verdict']): Ruling => ({
    questionId,
    verdict,
  })
  let first = rulings.withRuling(undefined, 'p', ruling('1', 'first'), 1)
  const { submissionId } = first
  const other = rulings.withRuling(undefined, 'q', ruling('9', 'second'), 2)
  first = rulings.withRuling(first, 'p', ruling('2', 'both'), 3)
  first = rulings.withRuling(first, 'p', ruling('1', 'second'), 4)
  t.equal(first.submissionId, submissionId, 'a page is one submission')
  t.ok(rulings.isDecided(first, [one, two]))
  t.notOk(rulings.isDecided(first, []), 'a page without questions is not decided by anybody')
  t.match(rulings.lastGiven([first, other]), { pageId: 'p', ruling: { questionId: '1' } })
  t.same(
    rulings.rulingsToSend(first, [one, two]),
    [ruling('1', 'second'), ruling('2', 'both')],
    'the later of two on one question',
  )
  first = rulings.withoutRuling(first, '1')
  t.notOk(rulings.isDecided(first, [one, two]))
  t.match(rulings.lastGiven([first, other]), { ruling: { questionId: '2' } })
  t.end()
})

t.test('K37: equal confusions of a book come one after the other, and no others', (t) => {
  const horn = question('1', 'Thường', 'Thưởng')
  const turned = question('3', 'Hưởng', 'Hường')
  const cases = casesOf([
    page('p', 'A', [horn, question('2', 'Nam', 'Năm'), turned]),
    page('q', 'A', [question('4', 'Trần', 'Trân'), question('5', 'Thờ', 'Thở')]),
    page('r', 'B', [question('6', 'Thờ', 'Thở')]),
  ])
  const confusion = confusionOf(horn)
  t.equal(confusion?.key, confusionOf(turned)?.key, 'whichever is shown first')
  t.equal(confusionOf(question('7', 'ab', 'cd'))?.first, 'ab')
  t.equal(confusionOf(question('8', 'axbx', 'cxdx')), undefined, 'two places are no pair')
  if (confusion === undefined) throw new Error('as set up')
  const decided = new Set<string>()
  const walk = (lined: boolean) => {
    decided.clear()
    const order: string[] = []
    let at: Question | undefined
    for (let step = 0; step < cases.length; step += 1) {
      const lineUp = lined ? { bookTitle: 'A', confusion } : undefined
      at = nextCase(cases, (one) => !decided.has(one.question.questionId), at, lineUp)?.question
      decided.add(at?.questionId ?? '')
      order.push(at?.questionId ?? '')
    }
    return order.join('')
  }
  t.equal(walk(false), '123456')
  t.equal(walk(true), '135426', 'then the rest of the page at hand, and the pages in their order')
  t.end()
})

t.test('K34: moving records loses and doubles none, and keeps their order', (t) => {
  const proposed: RowPairs = [
    [0, null],
    [1, 0],
    [2, 1],
  ]
  t.same(moveRow(proposed, 1, 1, -1, false), [
    [0, 0],
    [1, null],
    [2, 1],
  ])
  t.same(
    moveRow(proposed, 1, 2, 1, false),
    [
      [0, null],
      [1, 0],
      [2, null],
      [null, 1],
    ],
    'below the last there is room',
  )
  t.same(moveRow(proposed, 1, 1, 1, false).at(-1), [null, 1], 'what stands in the way moves along')
  t.same(moveRowTo(proposed, 1, 2, 0, false), [
    [null, 0],
    [0, 1],
    [1, null],
    [2, null],
  ])
  const free = moveRow(proposed, 0, 0, 1, true)
  t.same(free, [
    [1, null],
    [0, 0],
    [2, 1],
  ])
  const move = fc.record({
    side: fc.constantFrom(0 as const, 1 as const),
    row: fc.nat(8),
    by: fc.constantFrom(-1 as const, 1 as const),
    free: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(move, { maxLength: 12 }), fc.boolean(), (moves, orderIsFree) => {
      const moved = moves.reduce(
        (pairs, { side, row, by }) => moveRow(pairs, side, row, by, orderIsFree),
        proposed,
      )
      const column = (side: 0 | 1) => moved.flatMap((pair) => pair[side] ?? [])
      const all = ([0, 1] as const).every((side) => {
        const expected = side === 0 ? '0,1,2' : '0,1'
        const rows = column(side)
        return (orderIsFree ? rows.toSorted() : rows).join() === expected
      })
      return all && moved.every(([x, y]) => x !== null || y !== null)
    }),
  )
  t.end()
})

t.test('K35: a slip is shown as it would be, for either entry', (t) => {
  const names = ['Sen', 'Duyên', 'Mai', 'Lan', 'Hoa']
  const right = names.map((name, row): TypedRecord => {
    return { mother: typed(name), village: typed(`Xóm ${row}`) }
  })
  const slid = right.map((record, row): TypedRecord => {
    if (row === 0) return record
    const mother = row === 1 ? typed('') : (right[row - 1]?.['mother'] ?? typed(''))
    return { ...record, mother }
  })
  const { fields, rows } = slipOf(FORM, [right, slid], {
    kind: 'row-shift',
    fields: ['mother'],
    fromRecord: [2, 3],
    toRecord: [4, 5],
    shift: 1,
    fitBefore: 0.2,
    fitAfter: 1,
  })
  t.same(
    fields.map(({ name }) => name),
    ['mother'],
  )
  const agreeing = [0, 1, 2].map((which) => rows.filter(({ agree }) => agree[which]).length)
  t.equal(agreeing[0], 1, 'as typed')
  t.ok((agreeing[2] ?? 0) >= names.length - 1, 'once the second is put right')
  t.same(
    rowStates(
      FORM,
      [right, slid],
      [
        [0, 0],
        [1, 1],
        [2, null],
      ],
    ),
    ['match', 'nearly', 'missing'],
  )
  t.end()
})
