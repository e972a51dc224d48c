/** Rules A26–A29 of docs/spec/assignment.md, N8 of blindness.md: fields that one of two people keys. */
import { entrySubmitted, type FormDefinition, type TypingAssignment } from '@songnhap/contracts'
import { factsSaid, newPeople, recordOf, SMALL_FORM } from '@songnhap/testkit'
import { type Test, t } from 'tap'
import { releaseAssignment } from '../src/end-lease.ts'
import { ENDED, type House, openHouse, refusalOf, want } from './open-house.ts'

/** So many that a draw which is left to chance would show. */
const PAGES = 40

const FORM: FormDefinition = {
  ...SMALL_FORM,
  fields: SMALL_FORM.fields.map((field) =>
    field.name === 'village' ? { ...field, entry: 'single' } : field,
  ),
}

const { village: _, ...CORE } = recordOf()
const FULL = recordOf()

async function openSingleHouse(t: Test, pages = 1) {
  const house = await openHouse(t)
  const opened = await house.open(pages, [], FORM)
  const [an = '', binh = '', chi = '', dung = ''] = newPeople(4)
  return { house, pageId: opened.pages[0]?.pageId ?? '', an, binh, chi, dung }
}

/** What of a record this assignment asks for. */
function asked({ coreOnly = false }: TypingAssignment) {
  return { records: [coreOnly ? CORE : FULL] }
}

t.test('A27: for each page it is drawn who of the two keys the single fields', async (t) => {
  const { house, an, binh } = await openSingleHouse(t, PAGES)
  for (let taken = 0; taken < PAGES; taken += 20) {
    for (const person of [an, binh]) {
      for (const page of await house.take(person, 20)) {
        await house.submit(person, page, asked(page))
      }
    }
  }
  const said = await factsSaid(house.db, entrySubmitted)
  const whole = said.filter(({ coreOnly }) => coreOnly !== true)
  t.equal(said.length, 2 * PAGES)
  t.equal(new Set(whole.map(({ pageId }) => pageId)).size, PAGES, 'each page by one')
  t.equal(whole.length, PAGES, 'and by one only')
  t.same(new Set(whole.map(({ pass }) => pass)), new Set([1, 2]), 'not always by the same pass')
  t.same(new Set(whole.map(({ personId }) => personId)), new Set([an, binh]))
})

t.test('A27: a form without single fields is keyed in full by both', async (t) => {
  const house = await openHouse(t)
  await house.open(1)
  for (const person of newPeople(2)) {
    const page = await house.takeOne(person)
    t.notOk('coreOnly' in page)
    await house.submit(person, page)
  }
  for (const fact of await factsSaid(house.db, entrySubmitted)) t.notOk('coreOnly' in fact)
})

t.test('A26: an entry has the single fields if they are asked for, and else not', async (t) => {
  const { house, an, binh } = await openSingleHouse(t)
  const findings = new Map([
    [false, 'record 1, village: is missing'],
    [true, 'record 1, village: is not asked for'],
  ])
  for (const person of [an, binh]) {
    const page = await house.takeOne(person)
    const { coreOnly = false } = page
    const other = { records: [coreOnly ? FULL : CORE] }
    const { code, details } = await refusalOf(house.submit(person, page, other))
    t.equal(code, 'ENTRY_INVALID')
    t.same(details, [findings.get(coreOnly)])
    await house.submit(person, page, asked(page))
  }
})

t.test('A27: a pass that is keyed again keeps its part', async (t) => {
  const { house, pageId, an, binh, chi, dung } = await openSingleHouse(t)
  const parts = new Map<string, boolean>()
  for (const person of [an, binh]) {
    const page = await house.takeOne(person)
    await house.submit(person, page, asked(page))
  }
  for (const { pass, coreOnly = false } of await factsSaid(house.db, entrySubmitted)) {
    parts.set(`${pass}`, coreOnly)
  }
  for (const [pass, person] of [[1, chi] as const, [2, dung] as const]) {
    await want(house, pageId, { pass })
    const page = await house.takeOne(person)
    t.equal(page.coreOnly ?? false, parts.get(`${pass}`))
    await house.submit(person, page, asked(page))
  }
})

t.test('A28: who comes late may have keyed the single fields or not', async (t) => {
  for (const records of [[CORE], [FULL], []]) {
    const { house, pageId, an, binh, chi } = await openSingleHouse(t)
    const late = await house.takeOne(an, ENDED)
    await house.expire()
    await house.submit(an, late, { records })
    const said = (await factsSaid(house.db, entrySubmitted)).at(-1)
    t.not(said?.pass, null, 'both passes were free: it fills the one that asks for it')
    if (records.length > 0) t.equal(said?.coreOnly ?? false, records[0] === CORE)
    else t.equal(said?.coreOnly ?? false, late.coreOnly ?? false, 'its own where it fits both')
    const rest = await house.takeOne(binh)
    t.not(rest.coreOnly ?? false, said?.coreOnly ?? false, 'the other part is left')
    await house.submit(binh, rest, asked(rest))
    t.same(await house.take(chi), [])
    t.equal((await house.entriesOf(pageId)).length, 2)
  }
})

t.test('A28: an entry never fills a pass that asks for something else', async (t) => {
  const { house, pageId, an, binh, chi } = await openSingleHouse(t)
  const late = await house.takeOne(an, ENDED)
  await house.expire()
  // Who is new gets the other pass, and hands it back; then somebody takes the first one's.
  const other = await house.takeOne(binh)
  const same = await house.takeOne(chi)
  t.equal(same.coreOnly, late.coreOnly)
  await giveBack(house, binh, other)
  await house.submit(an, late, asked(late))
  t.match((await house.entriesOf(pageId)).at(-1), { person_id: an, pass: null })
  await house.submit(chi, same, asked(same))
  await house.submit(binh, other, asked(other))
  t.equal((await house.db.selectFrom('open_page').selectAll().execute()).length, 0)
})

t.test('A29, N8: what is asked of a person does not change because a colleague came', async (t) => {
  for (let time = 0; time < 6; time += 1) {
    const { house, an, binh } = await openSingleHouse(t)
    const first = await house.takeOne(an)
    await giveBack(house, an, first)
    const theirs = await house.takeOne(binh)
    t.not(theirs.coreOnly ?? false, first.coreOnly ?? false)
    const again = await house.takeOne(an)
    t.equal(again.coreOnly, first.coreOnly, 'while the colleague has the page')
    await giveBack(house, an, again)
    await giveBack(house, binh, theirs)
    t.equal((await house.takeOne(binh)).coreOnly, theirs.coreOnly, 'nor for the colleague')
    const last = await house.takeOne(an)
    t.equal(last.coreOnly, first.coreOnly)
    await house.submit(an, last, asked(last))
  }
})

t.test(
  'N8: who comes first is asked for the single fields as often as who comes second',
  async (t) => {
    const { house, an, binh } = await openSingleHouse(t, PAGES)
    for (const person of [an, binh]) {
      let core = 0
      for (let taken = 0; taken < PAGES; taken += 20) {
        for (const page of await house.take(person, 20)) {
          if (page.coreOnly) core += 1
          await house.submit(person, page, asked(page))
        }
      }
      // 40 fair draws lie beyond these limits once in five million times.
      t.ok(core > 4 && core < PAGES - 4, `${core} of ${PAGES}`)
    }
  },
)

async function giveBack({ ledger }: House, personId: string, { leaseToken }: TypingAssignment) {
  await releaseAssignment(ledger, () => {}, { personId, leaseToken })
}
