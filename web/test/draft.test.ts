/** Rules of docs/spec/workplace.md that need no browser: drafts, undo, choices, marks. */
import { setImmediate } from 'node:timers/promises'
import type { FormDefinition, TypingAssignment } from '@songnhap/contracts'
import { checkRecords } from '@songnhap/forms'
import fc from 'fast-check'
import { t } from 'tap'
import { choicesOf, chooseOption } from '../src/desk/choose-option.ts'
import * as drafts from '../src/desk/draft.ts'
import { entryOf, openFields } from '../src/desk/entry-of.ts'
import { finishPage } from '../src/desk/finish-page.ts'
import { NO_HISTORY, redo, remember, undo } from '../src/desk/history.ts'
import { KnownUnits } from '../src/desk/known-units.ts'
import { lookAtField } from '../src/desk/look-at-field.ts'
import { aboveOf, markField } from '../src/desk/marks.ts'
import type { Call } from '../src/line/call.ts'

const word = (text: string) => ({ vi: text, en: text })
const FORM: FormDefinition = {
  name: 'small',
  version: 1,
  title: word('Sổ'),
  recordsMax: 4,
  fields: [
    { name: 'fullName', kind: 'name', label: word('Họ tên'), lengthMax: 40 },
    { name: 'bornOn', kind: 'date', label: word('Ngày sinh'), lengthMax: 40 },
    {
      name: 'sex',
      kind: 'choice',
      label: word('Giới tính'),
      lengthMax: 20,
      options: [
        { value: 'Nam', label: { vi: 'Nam', en: 'Male' } },
        { value: 'Nữ', label: { vi: 'Nữ', en: 'Female' } },
      ],
    },
    { name: 'village', kind: 'place', label: word('Thôn'), lengthMax: 80 },
    { name: 'note', kind: 'text', label: word('Ghi chú'), lengthMax: 80, required: false },
    { name: 'clerk', kind: 'text', label: word('Người ký'), lengthMax: 80, entry: 'single' },
  ],
}
const ASSIGNMENT: TypingAssignment = {
  kind: 'typing',
  leaseToken: '01930000-0000-7000-8000-000000000001',
  pageId: '01930000-0000-7000-8000-000000000002',
  form: { name: 'small', version: 1 },
  bookTitle: 'Sổ',
  sequence: 1,
  expiresAt: '2026-01-01T00:00:00.000Z',
}
const [NAME, BORN, SEX, VILLAGE] = FORM.fields
const TYPED = { origin: 'typed' } as const

function typedRecord(draft: drafts.Draft, texts: Readonly<Record<string, string>>): drafts.Draft {
  return Object.entries(texts).reduce(
    (next, [name, text]) => drafts.withTyped(next, next.record, name, text),
    draft,
  )
}
const FULL = {
  fullName: 'Vi Thị Mận',
  bornOn: '9-1-2003',
  sex: '2',
  village: 'Bản Đồng',
  clerk: 'Hà',
}

t.test('K10: records untouched at the end are dropped, and everything else is the entry', (t) => {
  const first = typedRecord(drafts.newDraft(ASSIGNMENT, FORM), FULL)
  const two = drafts.addRecord(first, first.record, FORM.recordsMax)
  const records = entryOf(two, FORM, ASSIGNMENT)
  t.equal(records.length, 1)
  t.same(records[0]?.['sex'], { value: 'Nữ', origin: 'picked' }, 'a number is the option')
  t.same(records[0]?.['note'], { value: '', origin: 'typed' }, 'what may be empty is empty')
  t.same(checkRecords(FORM, records), [])
  t.same(finishPage(two, FORM, ASSIGNMENT, 'vi').is, 'ready')
  t.end()
})

t.test('K10: an untouched record between others is open, not dropped', (t) => {
  const one = typedRecord(drafts.newDraft(ASSIGNMENT, FORM), FULL)
  const two = drafts.addRecord(one, one.record, FORM.recordsMax)
  const moved = drafts.moveRecord(two, two.record, -1)
  t.equal(openFields(moved, FORM, ASSIGNMENT).length, 5)
  t.equal(drafts.removeRecord(moved, moved.record).records.length, 1)
  t.end()
})

t.test('K11: an assignment of some records, without single fields, is keyed as it says', (t) => {
  const part = { ...ASSIGNMENT, places: [2, 4], coreOnly: true }
  const empty = drafts.newDraft(part, FORM)
  t.equal(empty.records.length, 2)
  t.same(
    openFields(empty, FORM, part)
      .map(({ field }) => field)
      .slice(0, 4),
    ['fullName', 'bornOn', 'sex', 'village'],
  )
  const { clerk, ...core } = FULL
  let filled = empty
  for (const { id } of empty.records) filled = typedRecord({ ...filled, record: id }, core)
  const finish = finishPage(filled, FORM, part, 'vi')
  t.equal(finish.is, 'ready')
  t.same(checkRecords(FORM, entryOf(filled, FORM, part), part), [])
  t.end()
})

t.test(
  'K12: whatever is typed or marked, a finished page is one that the service takes',
  async () => {
    const text = fc.constantFrom(
      '',
      ' ',
      'Lò Thị',
      '1',
      'nữ',
      'x',
      '12.3.1985',
      '\u200b',
      'a'.repeat(50),
    )
    const mark = fc.constantFrom(undefined, 'blank', 'illegible', 'partly-legible', 'torn', 'ditto')
    const step = fc.record({
      field: fc.constantFrom(...FORM.fields),
      text,
      mark,
      more: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let draft = drafts.newDraft(ASSIGNMENT, FORM)
        for (const { field, text, mark, more } of steps) {
          if (more) draft = drafts.addRecord(draft, draft.record, FORM.recordsMax)
          draft = drafts.withTyped(draft, draft.record, field.name, text)
          if (mark === undefined) continue
          const here = drafts.fieldAt(draft, draft.record, field.name)
          const above = aboveOf(draft, draft.records.length - 1, field)
          const marking = markField(field, here, mark, above, true)
          if (marking.do === 'set') {
            draft = drafts.withField(draft, draft.record, field.name, marking.field)
          }
        }
        const finish = finishPage(draft, FORM, ASSIGNMENT, 'vi')
        if (finish.is === 'refused') return false
        return finish.is !== 'ready' || checkRecords(FORM, finish.records).length === 0
      }),
    )
  },
)

t.test('K17: a place that was no unit on the date is asked about once, when that is known', (t) => {
  const rule = { kind: 'unit-on-date', place: 'village', date: 'bornOn' } as const
  const message = word('Không phải đơn vị hành chính')
  const checked: FormDefinition = {
    ...FORM,
    checks: [{ name: 'units', severity: 'warning', message, rule }],
  }
  const draft = typedRecord(drafts.newDraft(ASSIGNMENT, checked), FULL)
  const finish = (answer: boolean | undefined, from = draft) =>
    finishPage(from, checked, ASSIGNMENT, 'vi', () => answer)
  const { record } = draft
  t.same(finish(false), { is: 'doubt', record, field: 'village', message })
  t.equal(finish(true).is, 'ready')
  t.equal(finish(undefined).is, 'ready', 'not known, or not yet')
  const here = drafts.fieldAt(draft, record, 'village')
  const sure = drafts.withField(draft, record, 'village', { ...here, sure: true })
  t.equal(finish(false, sure).is, 'ready', 'the register says so')
  t.end()
})

t.test('K17: places are asked about beside the typing, together, and each once', async (t) => {
  const asked: string[][] = []
  let online = false
  /** The gateway, played: of two places it knows. */
  const call: Call = async <T>(_method: string, _path: string, body: unknown) => {
    const { places } = body as { places: { place: string }[] }
    asked.push(places.map(({ place }) => place))
    const known = places.map(({ place }) => ({ 'Xã A': true, 'Xã B': false })[place] ?? null)
    return { is: 'ok', body: { known } as T, serverTime: undefined }
  }
  const units = new KnownUnits(call, () => online)
  const look = () =>
    ['Xã A', 'Xã B', 'Nơi khác'].map((place) => units.lookUp(place, '2021-01-01', '2021-12-31'))
  t.same(look(), [undefined, undefined, undefined])
  t.same(asked, [], 'not without a network')
  online = true
  t.same(look(), [undefined, undefined, undefined], 'nobody waits')
  await setImmediate()
  t.same(look(), [true, false, undefined])
  t.same(asked, [['Xã A'], ['Xã B', 'Nơi khác']])
  t.equal(units.lookUp('Xã B', '0985-01-01', '0985-12-31'), undefined)
  await setImmediate()
  t.equal(asked.length, 2, 'what the registry cannot know is not asked')
})

t.test(
  'K13: fifty steps are taken back and done again, and typing in one visit is one step',
  async () => {
    const steps = fc.array(fc.record({ text: fc.string({ maxLength: 5 }), visit: fc.nat(9) }), {
      minLength: 1,
      maxLength: 70,
    })
    fc.assert(
      fc.property(steps, (changes) => {
        let draft = drafts.newDraft(ASSIGNMENT, FORM)
        let history = NO_HISTORY
        const before: string[] = []
        let last = ''
        for (const { text, visit } of changes) {
          if (String(visit) !== last) before.push(JSON.stringify(draft.records))
          last = String(visit)
          history = remember(history, draft, last)
          draft = drafts.withTyped(draft, draft.record, 'fullName', text)
        }
        const end = JSON.stringify(draft.records)
        const taken = Math.min(50, before.length)
        for (let step = 1; step <= taken; step += 1) {
          ;({ history, draft } = undo(history, draft))
          if (JSON.stringify(draft.records) !== before.at(-step)) return false
        }
        for (let step = 0; step < taken; step += 1) ({ history, draft } = redo(history, draft))
        return JSON.stringify(draft.records) === end
      }),
    )
  },
)

t.test(
  'K14: a choice is taken by number, by its text or by its beginning, and never guessed',
  (t) => {
    const choices = SEX === undefined ? [] : choicesOf(FORM, SEX)
    const meant = (typed: string, open = false) => {
      const chosen = chooseOption(choices, typed, open)
      return chosen.is === 'one' ? chosen.choice.option.value : chosen.is
    }
    t.equal(meant('2'), 'Nữ')
    t.equal(meant('nữ'), 'Nữ')
    t.equal(meant('nu'), 'Nữ', 'without the tone, as before Telex has put it')
    t.equal(meant('n'), 'several')
    t.equal(meant(''), 'none', 'nothing is proposed')
    t.equal(meant('nu', true), 'none', 'an open list takes what was typed as it stands')
    t.end()
  },
)

t.test(
  'K15: as above carries a place, asks before a name, and keeps the sign where the form has it',
  (t) => {
    const first = typedRecord(drafts.newDraft(ASSIGNMENT, FORM), FULL)
    const draft = drafts.addRecord(first, first.record, FORM.recordsMax)
    const press = (field: (typeof FORM.fields)[number] | undefined, asked: boolean, at = 1) => {
      if (field === undefined) throw new Error('no such field')
      const here = drafts.fieldAt(draft, draft.record, field.name)
      return markField(field, here, 'ditto', aboveOf(draft, at, field), asked)
    }
    t.match(press(VILLAGE, false), { do: 'set', field: { typed: 'Bản Đồng', origin: 'carried' } })
    t.match(press(NAME, false), { do: 'ask', asks: 'ditto', why: 'must' })
    t.match(press(NAME, true), { do: 'set', field: { typed: '', mark: 'ditto' } })
    const signed = VILLAGE && { ...VILLAGE, dittoFrom: 'record-above' as const }
    t.match(press(signed, false), { do: 'set', field: { typed: '', mark: 'ditto' } })
    t.match(press(signed, false, 0), { do: 'ask', why: 'noneAbove' }, 'nothing above repeats')
    t.match(press(signed, true, 0), { do: 'set', field: { typed: '', mark: 'ditto' } })
    t.end()
  },
)

t.test('K16: a date is shown as understood, and what is odd asks and does not block', (t) => {
  const look = (typed: string) =>
    BORN === undefined ? {} : lookAtField(FORM, BORN, { typed, ...TYPED }, 'vi')
  t.same(look('12.3.1985'), { read: 'ngày 12 tháng 3 năm 1985' })
  t.same(look('tháng 3 năm 1985'), { read: 'tháng 3 năm 1985, không ghi ngày' })
  t.same(look('1985'), { read: 'năm 1985, không ghi ngày, tháng' })
  t.same(look('31/2/1985'), { warning: 'noSuchDay' })
  t.same(look('hôm qua'), { warning: 'notADate' })
  const draft = typedRecord(drafts.newDraft(ASSIGNMENT, FORM), { ...FULL, bornOn: '31/2/1985' })
  t.equal(finishPage(draft, FORM, ASSIGNMENT, 'vi').is, 'ready', 'a register may say so')
  t.end()
})
