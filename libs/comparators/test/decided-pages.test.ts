/** What comes from outside the readings: fields of one person alone, and a person's pairing of records. */
import type { FormDefinition, TypedRecord } from '@songnhap/contracts'
import { t } from 'tap'
import { checkPairs, comparePages, type RowPair } from '../src/index.ts'
import { fieldOf, typed } from './field-of.ts'

const FORM: FormDefinition = {
  name: 'small',
  version: 1,
  title: { vi: '', en: '' },
  recordsMax: 60,
  fields: [fieldOf('name', { name: 'person' }), fieldOf('text', { name: 'note', entry: 'single' })],
}
const FREE: FormDefinition = { ...FORM, recordOrder: 'free' }

function full(person: string, note: string): TypedRecord {
  return { person: typed(person), note: typed(note) }
}

function core(person: string): TypedRecord {
  return { person: typed(person) }
}

t.test('C30: a field of one person alone is not compared', async (t) => {
  const all = [full('Lò Văn Mây', 'một'), full('Vàng Thị Hoa', 'hai')]
  const { fields, differences } = comparePages(FORM, all, [
    core('Lò Văn Mây'),
    core('Vàng Thị Hoá'),
  ])
  t.equal(fields, 2, 'the notes are no pairs')
  t.match(differences, [{ record: 2, field: 'person' }])
  t.equal(differences.length, 1)
})

t.test('C30: where both keyed it, it is compared; where neither, that is a fault', async (t) => {
  const both = comparePages(FORM, [full('Mây', 'một')], [full('Mây', 'hai')])
  t.match(both, { fields: 2, differences: [{ field: 'note', outcome: { class: 'different' } }] })
  t.throws(() => comparePages(FORM, [core('Mây')], [core('Mây')]), /neither record has a reading/)
  t.throws(() => comparePages(FORM, [{ note: typed('') }], [core('Mây')]), /no reading of person/)
})

t.test('C30: a record that only one reader found may lack it', async (t) => {
  const { differences } = comparePages(FORM, [core('Mây')], [])
  t.match(differences, [
    { field: null },
    { field: 'person', readings: [typed('Mây'), null] },
    { field: 'note', readings: [null, null], outcome: { class: 'row-missing' } },
  ])
})

t.test('C31: a pairing that a person decided is used', async (t) => {
  const twin = full('Lò Văn Mây', 'một')
  const pairs: RowPair[] = [
    [0, 0],
    [1, null],
    [2, 1],
  ]
  const three = [twin, twin, twin]
  t.match(comparePages(FORM, three, [twin, twin]), {
    pairs: null,
    alignment: { ambiguous: true, margin: 0, gaps: 1 },
  })
  const decided = comparePages(FORM, three, [twin, twin], { pairs })
  t.match(decided, {
    pairs,
    alignment: { ambiguous: false, margin: null, gaps: 1, proposed: pairs },
  })
  t.match(decided.differences[0], { record: 2, field: null })
  t.equal(comparePages(FORM, [twin], [twin], { pairs: [[0, 0]] }).pairs, null)
})

t.test('C31: a pairing of other records is refused', async (t) => {
  const cases: [RowPair[], string | null][] = [
    [
      [
        [0, 0],
        [1, 1],
      ],
      null,
    ],
    [
      [
        [0, null],
        [1, 0],
        [null, 1],
      ],
      null,
    ],
    [
      [
        [0, 0],
        [1, null],
        [null, 1],
      ],
      null,
    ],
    [[[0, 0]], 'record-left-out'],
    [
      [
        [0, 0],
        [1, 0],
        [null, 1],
      ],
      'record-twice',
    ],
    [
      [
        [0, 0],
        [1, 2],
        [null, 1],
      ],
      'unknown-record',
    ],
    [
      [
        [0, 0],
        [1, 1],
        [null, null],
      ],
      'unknown-record',
    ],
    [
      [
        [0, 0.5],
        [1, 1],
        [null, 0],
      ],
      'unknown-record',
    ],
    [
      [
        [0, 1],
        [1, 0],
      ],
      'not-in-order',
    ],
  ]
  for (const [pairs, expected] of cases) {
    t.equal(checkPairs(FORM, pairs, 2, 2), expected, JSON.stringify(pairs))
  }
  t.equal(
    checkPairs(
      FREE,
      [
        [0, 1],
        [1, 0],
      ],
      2,
      2,
    ),
    null,
  )
  const two = [full('Mây', ''), full('Hoa', '')]
  t.throws(() => comparePages(FORM, two, two, { pairs: [[0, 0]] }), /record-left-out/)
})
