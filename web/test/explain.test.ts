/** Rules of docs/spec/workplace.md about the lessons of the first day. */
import fc from 'fast-check'
import { t } from 'tap'
import { describeDifference } from '../src/tutorial/describe-difference.ts'
import { explain } from '../src/tutorial/explain.ts'
import { LESSONS } from '../src/tutorial/lessons.gen.ts'

const places = LESSONS.flatMap(({ form, truth }) =>
  truth.flatMap((record) =>
    form.fields.flatMap((field) => {
      const reading = record[field.name]
      return reading === undefined ? [] : [{ form, field, reading }]
    }),
  ),
)

t.test('K70: what stands on a page of practice is never called a mistake', async (t) => {
  for (const { form, field, reading } of places) {
    const { value, mark } = reading
    const here = { typed: value, origin: 'typed', ...(mark === undefined ? {} : { mark }) } as const
    t.equal(explain(form, field, here, reading), undefined, `${field.name}: ${value} ${mark}`)
  }
  t.ok(
    LESSONS.some(({ unreadable }) => unreadable),
    'one is to be handed back',
  )
})

t.test('K70: anything else is explained by what differs', async () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...places),
      fc.constantFrom(...'aàảãáạâậăơờớởổđn '),
      fc.nat(),
      ({ form, field, reading }, letter, at) => {
        const where = at % (reading.value.length + 1)
        const typed = `${reading.value.slice(0, where)}${letter}${reading.value.slice(where + 1)}`
        const told = explain(form, field, { typed, origin: 'typed' }, reading)
        if (told?.is !== 'letters') return
        const cut = (text: string, { start, end }: { start: number; end: number }) =>
          text.slice(0, start) + text.slice(end)
        // Without what is marked as different both are the same.
        const rest = (text: string, apart: typeof told.typedApart) =>
          [...apart].reverse().reduce(cut, text)
        const [mine, theirs] = [
          rest(told.typed, told.typedApart),
          rest(told.written, told.writtenApart),
        ]
        if (mine !== theirs) throw new Error(`${mine} / ${theirs}`)
      },
    ),
    { numRuns: 200 },
  )
})

t.test('K70: tone, letter, part of a date and mark each have their reason', async (t) => {
  const of = (name: string, typed: string, mark?: 'blank' | 'illegible') => {
    const place = places.find(({ field }) => field.name === name)
    if (place === undefined) throw new Error(`no ${name}`)
    const here = { typed, origin: 'typed', ...(mark === undefined ? {} : { mark }) } as const
    return explain(place.form, place.field, here, place.reading)
  }
  t.match(of('childName', 'Lương Thị Xuyển'), {
    is: 'letters',
    typedApart: { length: 1 },
    difference: { is: 'tone', typed: 'r', written: 's' },
  })
  t.match(of('childName', 'Lương Thị Xuyến'.normalize('NFD')), undefined, 'in any Unicode form')
  t.match(of('childName', 'Lường Thi Xuyến'), { is: 'letters', typedApart: { length: 2 } })
  t.match(of('childName', 'Lương Thị'), { difference: { is: 'missing' } })
  t.match(of('registeredOn', '12.3.2003'), undefined, 'a date is written in any way')
  t.match(of('registeredOn', '13/3/2003'), { is: 'date', parts: ['day'] })
  t.match(of('motherBorn', '1/3/1981'), { is: 'date', parts: ['day'] }, 'nothing is completed')
  t.match(of('sex', '1'), { is: 'choice', written: { vi: 'Nữ' } })
  t.match(of('sex', '2'), undefined)
  t.match(of('childName', '', 'illegible'), { is: 'text', pressed: 'illegible' })
  t.match(describeDifference('o', 'ơ'), { is: 'sign' })
  t.match(describeDifference('l', 'L'), { is: 'case' })
  t.match(describeDifference('', 'nh'), { is: 'missing' })
})
