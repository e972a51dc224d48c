/**
 * Rules H1 and H3–H15 of docs/spec/third-entries.md: a third person before the arbiter, and beside two who agree.
 */
import { randomUUID } from 'node:crypto'
import {
  type FieldDefinition,
  type FormDefinition,
  type Question,
  type Reading,
  readingWanted,
} from '@songnhap/contracts'
import * as testkit from '@songnhap/testkit'
import { type Test, t } from 'tap'
import { readBook } from '../src/audits/read-book.ts'
import { onBookOpened, onPageReceived } from '../src/hear-intake.ts'
import { listOwnAppeals } from '../src/rechecks/read-appeals.ts'
import { submitAppeal } from '../src/rechecks/submit-appeal.ts'
import { readProgress } from '../src/supervise.ts'
import { readThirdEntries, setThirdEntries } from '../src/third/third-setting.ts'
import {
  appealAgainst,
  askForShare,
  auditAll,
  findDoubtful,
  keyDrawn,
  openAsked,
} from './ask-agreed.ts'
import { freeze, keyAudit, wantedCells } from './open-audit.ts'
import { choose, entryOf, openTruth, questionOn, refusalOf, type Truth } from './open-truth.ts'

type Page = Truth['page']
const { factsSaid, newBook, newPages, newPeople, SMALL_FORM } = testkit

const VERDICTS = ['first', 'second', 'third'] as const
const [MALE, FEMALE] = ['Nam', 'Nữ']
const SEX: FieldDefinition = {
  name: 'sex',
  kind: 'choice',
  label: { vi: 'Giới tính', en: 'Sex' },
  lengthMax: 3,
  options: [MALE, FEMALE].map((value = '') => ({ value, label: { vi: value, en: value } })),
}
const FORM: FormDefinition = { ...SMALL_FORM, fields: [...SMALL_FORM.fields, SEX] }

function recordOf(fields: Record<string, string> = {}) {
  return testkit.recordOf({ sex: 'Nam', ...fields })
}

/** A page of a campaign whose third person is known, keyed otherwise by two. */
async function keyApart(truth: Truth, page: Page, second: Parameters<typeof recordOf>[0]) {
  await truth.keyTwice(page, [recordOf()], [recordOf(second)])
}

async function keyThird(truth: Truth, page: Page, value: string | Reading): Promise<string> {
  return await keyAudit(truth, page, () => value)
}

function turnOn({ ledger, campaignId, supervisor }: Truth, on = true) {
  return setThirdEntries(ledger, { campaignId, personId: supervisor, on, agreedShare: 0 })
}

async function isWanted({ db }: Truth, { pageId }: Page): Promise<boolean> {
  return (await factsSaid(db, readingWanted)).some((want) => want.pageId === pageId)
}

t.test('third entries', async (t) => {
  const truth = await openTruth(t, 10, FORM)
  const [off, early, alike, major, three, missing, mixed, last, one, two] = truth.pages
  if (!off || !early || !alike || !major || !three || !missing || !mixed || !last) return
  if (!one || !two) return

  await t.test('H1: nothing is asked for until somebody has it so', async (t) => {
    await keyApart(truth, off, { village: 'Thôn Tây' })
    t.match(await truth.take(truth.arbiter), [{ pageId: off.pageId }])
    const { campaignId, db } = truth
    t.match(await readThirdEntries(db, { campaignId }), { on: false, waiting: 0, keyed: 0 })
    t.match(await turnOn(truth), { on: true, arbiterCost: 2.5 })
    const unknown = readThirdEntries(db, { campaignId: early.pageId })
    t.equal((await refusalOf(unknown)).code, 'NOT_FOUND')
  })
  await t.test('H3: nobody is asked where there is no third person', async (t) => {
    await keyApart(truth, early, { village: 'Thôn Tây' })
    t.notOk(await isWanted(truth, early))
    const [ba = '', tu = ''] = newPeople(2)
    await truth.enter(entryOf(alike, ba, 1, [recordOf()]), entryOf(alike, tu, 2, [recordOf()]))
  })
  await t.test('H4, H5: what two of three read is settled', (t) =>
    settleByMajority(t, truth, major),
  )
  await t.test('H15: whoever is outvoted may appeal, once', (t) => appealMajority(t, truth, major))
  await t.test('H6: an arbiter sees three readings, unnamed', (t) => ruleOnThree(t, truth, three))
  await t.test('H6: so do those who are asked once more', (t) => appealOfThree(t, truth, three))
  await t.test('H3: a record that one left out is for the arbiter', async (t) => {
    await truth.keyTwice(missing, [recordOf(), recordOf()], [recordOf({ village: 'Thôn Tây' })])
    t.notOk(await isWanted(truth, missing))
  })
  await t.test('H8: who is not known does not settle a code', (t) => chooseCode(t, truth, one, two))
  await t.test('H3: what is understood otherwise is for the arbiter', (t) =>
    askTheRest(t, truth, mixed),
  )
  await t.test('H7: an audit tells apart what it finds of majorities', (t) =>
    auditMajority(t, truth),
  )
  await t.test('H1: what is turned off is not asked for any more', async (t) => {
    t.match(await turnOn(truth, false), { on: false, keyed: 6, majority: 4 })
    await keyApart(truth, last, { village: 'Thôn Tây' })
    t.notOk(await isWanted(truth, last))
  })
})

async function settleByMajority(t: Test, truth: Truth, page: Page): Promise<void> {
  const { db, campaignId, typists } = truth
  await keyApart(truth, page, { village: 'Thôn Tây' })
  const want = await wantedCells(truth, page)
  t.match(want, { pass: 1, turn: 2, places: [1], cells: [['village']], notBy: [] })
  t.same(await truth.settledValues(page.pageId), [])
  t.notOk((await truth.take(truth.arbiter, false, 20)).some((one) => one.pageId === page.pageId))
  t.match(await readProgress(db, campaignId), { pagesAwaited: 1 })
  t.match(await readThirdEntries(db, { campaignId }), { waiting: 1 })
  const { pageId } = page
  const own = entryOf(page, typists[0], 1, [{ village: read('Thôn Tây') }], [], {
    turn: 2,
    places: [1],
    cells: [['village']],
  })
  await t.rejects(truth.enter(own), { code: 'SN002' }, 'neither of the two is the third')

  const third = await keyThird(truth, page, 'Thôn  Tây')
  const [values] = await truth.settledValues(pageId)
  t.match(values, { village: { value: 'Thôn Tây', how: 'majority', rule: 'majority' } })
  t.match(values, { fullName: { how: 'agreed' } })
  t.match(await readProgress(db, campaignId), { pagesAwaited: 0 })
  const charges = await db.selectFrom('charge').selectAll().where('page_id', '=', pageId).execute()
  t.match(charges, [{ typist: typists[0], field: 'village', how: 'majority' }], 'H7')
  t.equal(charges.length, 1)
  const judged = await db.selectFrom('judged_page').select('typist').execute()
  t.notOk(judged.some(({ typist }) => typist === third))
}

async function appealMajority(t: Test, truth: Truth, { pageId }: Page): Promise<void> {
  const { ledger, typists, supervisor } = truth
  const asking = { personId: typists[0], pageId, record: 1, field: 'village' }
  const appeal = (more: object = {}) =>
    submitAppeal(ledger, () => {}, { ...asking, appealId: randomUUID(), ...more })
  const [other] = [{ personId: typists[1] }]
  t.equal((await refusalOf(appeal(other))).code, 'APPEAL_REFUSED')
  t.match(await appeal(), { state: 'open' })
  t.match(await refusalOf(appeal()), { details: [/appealed against it already/] })
  for (const isLast of [false, true]) {
    const person = isLast ? supervisor : randomUUID()
    const held = (await truth.take(person, isLast, 20)).find((one) => one.pageId === pageId)
    if (held === undefined) throw new Error('it is asked now')
    const question = questionOn(held, 'village')
    t.same(shown(question).filter(Boolean).toSorted(), ['Thôn Tây', 'Thôn Đông'])
    t.notOk(question.third, 'nothing tells how many read what')
    await truth.rule(person, held, [choose(question, 'Thôn Đông')])
  }
  const values = (await truth.settledValues(pageId)).at(-1)
  t.match(values, { village: { value: 'Thôn Đông', how: 'ruled', rule: 'appeal' } })
  t.match(await listOwnAppeals(truth.db, { personId: typists[0] }), {
    appeals: [{ state: 'upheld' }],
  })
  t.match(await refusalOf(appeal({ personId: typists[1] })), { details: [/final/] })
}

async function ruleOnThree(t: Test, truth: Truth, page: Page): Promise<void> {
  await keyApart(truth, page, { village: 'Thôn Tây' })
  const third = await keyThird(truth, page, 'Thôn Nam')
  t.notOk((await truth.take(third, false, 20)).some(({ pageId }) => pageId === page.pageId))
  const held = await truth.take(truth.arbiter, false, 20)
  const assignment = held.find(({ pageId }) => pageId === page.pageId)
  if (assignment === undefined) throw new Error('it is for the arbiter now')
  const question = questionOn(assignment, 'village')
  t.same(shown(question).toSorted(), ['Thôn Nam', 'Thôn Tây', 'Thôn Đông'])
  const { questionId } = question
  const both = truth.rule(truth.arbiter, assignment, [{ questionId, verdict: 'both' }])
  t.equal((await refusalOf(both)).code, 'RULING_INVALID')
  const verdict = VERDICTS[shown(question).indexOf('Thôn Nam')] ?? 'both'
  await truth.rule(truth.arbiter, assignment, [{ questionId, verdict }])
  const [values] = await truth.settledValues(page.pageId)
  t.match(values, { village: { value: 'Thôn Nam', how: 'ruled', rule: 'ruling-third' } })
}

/** Whoever is asked once more sees the three as well, in an order of his or her own. */
async function appealOfThree(t: Test, truth: Truth, { pageId }: Page): Promise<void> {
  const { ledger, typists, supervisor } = truth
  const asking = { personId: typists[1], pageId, record: 1, field: 'village' }
  await submitAppeal(ledger, () => {}, { ...asking, appealId: randomUUID() })
  for (const isLast of [false, true]) {
    const person = isLast ? supervisor : randomUUID()
    const held = (await truth.take(person, isLast, 20)).find((one) => one.pageId === pageId)
    if (held === undefined) throw new Error('it is asked now')
    const question = questionOn(held, 'village')
    t.same(shown(question).toSorted(), ['Thôn Nam', 'Thôn Tây', 'Thôn Đông'])
    const { questionId } = question
    const both = truth.rule(person, held, [{ questionId, verdict: 'both' }])
    t.equal((await refusalOf(both)).code, 'RULING_INVALID')
    const verdict = VERDICTS[shown(question).indexOf(isLast ? 'Thôn Tây' : 'Thôn Đông')] ?? 'both'
    await truth.rule(person, held, [{ questionId, verdict }])
  }
  const values = (await truth.settledValues(pageId)).at(-1)
  t.match(values, { village: { value: 'Thôn Tây', how: 'ruled', rule: 'appeal' } })
  const { appeals } = await listOwnAppeals(truth.db, { personId: typists[1] })
  t.match(appeals, [{ state: 'upheld' }])
}

async function askTheRest(t: Test, truth: Truth, page: Page): Promise<void> {
  await keyApart(truth, page, { village: 'Thôn Tây', fullName: 'Trần T. Mận' })
  t.match(await wantedCells(truth, page), { cells: [['village']] })
  await keyThird(truth, page, 'Thôn Đông')
  const held = await truth.take(truth.arbiter, false, 20)
  const questions = held.find(({ pageId }) => pageId === page.pageId)?.questions
  t.equal(questions?.length, 1)
  t.match(questions, [{ field: 'fullName', class: 'variant' }])
  t.notOk(questions?.[0]?.third)
}

async function chooseCode(t: Test, truth: Truth, unknown: Page, known: Page): Promise<void> {
  const { db, campaignId } = truth
  await keyApart(truth, unknown, { sex: 'Nữ' })
  await keyThird(truth, unknown, 'Nữ')
  const held = await truth.take(truth.arbiter, false, 20)
  const questions = held.find(({ pageId }) => pageId === unknown.pageId)?.questions ?? []
  t.match(questions, [{ field: 'sex' }])
  t.same(questions.flatMap(shown).toSorted(), ['Nam', 'Nữ', 'Nữ'])

  await keyApart(truth, known, { sex: 'Nữ' })
  const [careful = ''] = newPeople(1)
  const counted = { left_out: 0, made_up: 0, slips: 0, readings: 0, marks: 0, carried: 0 }
  const work = { timed_records: 0, active_ms: 0, keys: 0, erased: 0, wrong: 0, major: 0 }
  const own = { campaign_id: campaignId, typist: careful, day: '2026-03-02', form_version: 1 }
  const judged = { field: '', pages: 300, records: 900, audited: 0, unjudged: 0 }
  await db
    .insertInto('operator_delta')
    .values({ ...own, ...judged, ...counted, ...work })
    .execute()
  const { turn, places, cells } = await wantedCells(truth, known)
  const records = [{ sex: read('Nữ') }]
  await truth.enter(entryOf(known, careful, 1, records, [careful], { turn, places, cells }))
  const [values] = await truth.settledValues(known.pageId)
  t.match(values, { sex: { value: 'Nữ', how: 'majority' } })
}

async function auditMajority(t: Test, truth: Truth): Promise<void> {
  const { db, campaignId } = truth
  const book = newBook(truth)
  const pages = newPages(book, 2)
  await truth.hear(onBookOpened, book)
  for (const page of pages) await truth.hear(onPageReceived, page)
  const [alike, major] = pages
  if (!alike || !major) throw new Error('two pages were asked for')
  await truth.keyTwice(alike, [recordOf()], [recordOf()])
  await keyApart(truth, major, { village: 'Thôn Tây' })
  await keyThird(truth, major, 'Thôn Tây')
  await freeze({ ...truth, page: alike, pages })
  for (const page of pages) {
    const typed = recordOf(page === major ? { village: 'Thôn Tây' } : {})
    await keyAudit(truth, page, ({ field }) => typed[field] ?? '')
  }
  const { audits } = await readBook(db, book)
  const checkedBy = { agreed: 7, majority: 1, ruled: 0, single: 0 }
  t.match(audits[0]?.ended?.figures, [{ checked: 8, wrong: 0, checkedBy }])
  t.match((await readThirdEntries(db, { campaignId })).inputs[2], { counted: 0, of: 1 })
}

function read(value: string): Reading {
  return { value, origin: 'typed' }
}

function shown({ readings, third }: Question): string[] {
  return [...readings, third ?? null].map((one) => one?.value ?? '')
}

t.test('third entries of what two agree on', async (t) => {
  const at = await openAsked(t)
  await t.test('H10: a share of what agrees, .02 unless said otherwise', (t) => askForShare(t, at))
  await t.test('H11, H12: what is drawn is keyed blind, and stays agreed', (t) => keyDrawn(t, at))
  await t.test('H9, H12: a doubtful one goes with what differs, and to an arbiter', (t) =>
    findDoubtful(t, at, at.plain, at.hard),
  )
  await t.test('H13: by the last truth, also where an appeal is upheld', (t) =>
    appealAgainst(t, at),
  )
  await t.test('H14: an audit draws from all, and knows what two agreed on', async (t) => {
    await findDoubtful(t, at, at.later, at.hard2)
    await auditAll(t, at)
  })
})
