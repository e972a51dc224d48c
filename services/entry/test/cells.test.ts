/** Rules U4, U5 of docs/spec/audit.md: some fields of some records, keyed by somebody new. */
import { entrySubmitted, type FormDefinition } from '@songnhap/contracts'
import { factsSaid, newPeople, recordOf, SMALL_FORM } from '@songnhap/testkit'
import { type Test, t } from 'tap'
import { ENDED, openHouse, refusalOf, want } from './open-house.ts'

const PLACES = [1, 3]
const CELLS = [['village'], ['birthDate', 'fullName']]
const { fullName, birthDate, village } = recordOf()
const ASKED = [{ village }, { fullName, birthDate }].map((record) =>
  JSON.parse(JSON.stringify(record)),
)

/** One of the two people keys the village, and it is asked for all the same. */
const FORM: FormDefinition = {
  ...SMALL_FORM,
  fields: SMALL_FORM.fields.map((field) =>
    field.name === 'village' ? { ...field, entry: 'single' } : field,
  ),
}

async function openAsked(t: Test) {
  const house = await openHouse(t)
  const opened = await house.open(1, [], FORM)
  const pageId = opened.pages[0]?.pageId ?? ''
  const [an = '', binh = '', chi = '', dung = ''] = newPeople(4)
  for (const person of [an, binh]) {
    const page = await house.takeOne(person)
    const { village: _, ...core } = recordOf()
    const record = page.coreOnly === true ? core : recordOf()
    await house.submit(person, page, { records: [record, record, record] })
  }
  await want(house, pageId, { places: PLACES, cells: CELLS, notBy: [dung] })
  return { house, pageId, an, binh, chi, dung }
}

t.test(
  'U4: a third person is asked for these fields of these records, and nobody else',
  async (t) => {
    const { house, pageId, an, binh, chi, dung } = await openAsked(t)
    for (const person of [an, binh, dung]) t.same(await house.take(person), [])
    const page = await house.takeOne(chi)
    t.match(page, { kind: 'typing', pageId, places: PLACES, cells: CELLS })
    t.notOk('coreOnly' in page, 'single fields are asked for like any other')
    t.same(await house.take(chi), [page], 'the same for whoever asks again')
    await house.submit(chi, page, { records: ASKED })
    t.match((await factsSaid(house.db, entrySubmitted)).at(-1), {
      pageId,
      personId: chi,
      pass: 1,
      turn: 2,
      places: PLACES,
      cells: CELLS,
      records: ASKED,
    })
    t.equal((await house.db.selectFrom('open_page').selectAll().execute()).length, 0)
  },
)

t.test('U5: an entry has exactly the fields that are asked for', async (t) => {
  const { house, chi } = await openAsked(t)
  const page = await house.takeOne(chi)
  const wrong = [recordOf(), { fullName: recordOf()['fullName'] ?? { value: '', origin: 'typed' } }]
  const { code, details } = await refusalOf(house.submit(chi, page, { records: wrong }))
  t.equal(code, 'ENTRY_INVALID')
  t.same(details, [
    'record 1, fullName: is not asked for',
    'record 1, birthDate: is not asked for',
    'record 2, birthDate: is missing',
  ])
  const tooFew = house.submit(chi, page, { records: ASKED.slice(1) })
  t.equal((await refusalOf(tooFew)).code, 'ENTRY_INVALID')
})

t.test('U5: late it fills the turn that asks for it, and else is a spare reading', async (t) => {
  const { house, pageId, chi } = await openAsked(t)
  const [em = ''] = newPeople(1)
  const late = await house.takeOne(chi, ENDED)
  await house.expire()
  const page = await house.takeOne(em)
  await house.submit(em, page, { records: ASKED })
  await house.submit(chi, late, { records: ASKED })
  t.match((await house.entriesOf(pageId)).slice(2), [
    { person_id: em, pass: 1, turn: 2 },
    { person_id: chi, pass: null },
  ])
})
