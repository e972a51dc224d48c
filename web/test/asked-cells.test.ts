/** Rule U5 of docs/spec/audit.md at the typist's desk: some fields of some records. */
import type { FormDefinition, TypingAssignment } from '@songnhap/contracts'
import { t } from 'tap'
import * as drafts from '../src/desk/draft.ts'
import { entryOf, openFields } from '../src/desk/entry-of.ts'
import { finishPage } from '../src/desk/finish-page.ts'

const word = (text: string) => ({ vi: text, en: text })
const FORM: FormDefinition = {
  name: 'small',
  version: 1,
  title: word('Sổ'),
  recordsMax: 4,
  fields: [
    { name: 'fullName', kind: 'name', label: word('Họ tên'), lengthMax: 40 },
    { name: 'bornOn', kind: 'date', label: word('Ngày sinh'), lengthMax: 40 },
    { name: 'village', kind: 'place', label: word('Thôn'), lengthMax: 80 },
    { name: 'clerk', kind: 'text', label: word('Người ký'), lengthMax: 80, entry: 'single' },
  ],
}
const CELLS = [['clerk'], ['fullName', 'village']]
const ASKED: TypingAssignment = {
  kind: 'typing',
  leaseToken: '01930000-0000-7000-8000-000000000001',
  pageId: '01930000-0000-7000-8000-000000000002',
  form: { name: 'small', version: 1 },
  bookTitle: 'Sổ',
  sequence: 1,
  expiresAt: '2026-01-01T00:00:00.000Z',
  places: [2, 4],
  cells: CELLS,
}

t.test('U5: of each record only the fields that are asked for are there to be keyed', (t) => {
  const empty = drafts.newDraft(ASKED, FORM)
  t.equal(empty.field, 'clerk', 'a single field too')
  const [first, second] = empty.records.map(({ id }) => id)
  if (first === undefined || second === undefined) throw new Error('two records are asked for')
  t.same(openFields(empty, FORM, ASKED), [
    { record: first, field: 'clerk' },
    { record: second, field: 'fullName' },
    { record: second, field: 'village' },
  ])
  const texts = [
    [first, 'clerk', 'Lò Văn Ký'],
    [second, 'fullName', 'Vi Thị Mận'],
    [second, 'village', 'Bản Đồng'],
  ] as const
  const typed = texts.reduce(
    (draft, [id, name, text]) => drafts.withTyped(draft, id, name, text),
    empty,
  )
  t.match(finishPage(typed, FORM, ASKED, 'vi'), { is: 'ready' })
  t.same(
    entryOf(typed, FORM, ASKED).map((record) => Object.keys(record)),
    CELLS,
  )
  t.end()
})
