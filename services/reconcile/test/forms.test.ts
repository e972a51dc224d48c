import { compareReadings } from '@songnhap/comparators'
import { t } from 'tap'
import { formFrom } from '../src/forms.ts'

t.test('F14, C4: a field with a list compares by what is in the list', async (t) => {
  const label = { vi: 'Nhãn', en: 'Label' }
  const list = { name: 'ethnic-groups', date: '1979-03-02' }
  const form = formFrom({
    name: 'small-register',
    version: 1,
    title: label,
    recordsMax: 1,
    fields: [{ name: 'ethnicity', kind: 'choice', label, lengthMax: 20, list }],
    lists: [{ ...list, label, entries: [{ value: 'Khơ Me', label, aliases: ['Khmer'] }] }],
  })
  const [field] = form.fields
  if (field === undefined) throw new Error('the form lost its field')
  const outcome = compareReadings(field, { value: 'Khmer' }, { value: 'Khơ Me' })
  t.match(outcome, { class: 'equivalent', rule: 'code-alias' })
})
