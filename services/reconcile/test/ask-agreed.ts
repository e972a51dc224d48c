/** Steps of rules H9–H14: what a third person is asked of that on which two agree, and what follows. */
import { randomUUID } from 'node:crypto'
import type { FormDefinition, Question, Reading } from '@songnhap/contracts'
import { readCounts, total } from '@songnhap/database'
import { newPeople, recordOf, SMALL_FORM } from '@songnhap/testkit'
import { sql } from 'kysely'
import type { Test } from 'tap'
import { drawOf } from '../src/rechecks/draw-of.ts'
import { submitAppeal } from '../src/rechecks/submit-appeal.ts'
import { drawnText } from '../src/third/choose-agreed.ts'
import { readThirdEntries, setThirdEntries } from '../src/third/third-setting.ts'
import { freeze, keyAudit, wantedCells } from './open-audit.ts'
import { entryOf, openTruth, questionOn, refusalOf, type Truth } from './open-truth.ts'

type Page = Truth['page']

/** A wrong name or date of birth costs most here. */
const FORM: FormDefinition = {
  ...SMALL_FORM,
  fields: SMALL_FORM.fields.map((field) =>
    field.name === 'village' ? field : { ...field, class: 'identity-critical' },
  ),
}
const SHARE = 0.2
const CHANCE = 0.05
const [BOTH, THIRD] = ['Trần Thị Mận', 'Trần Thị Mân']
const TORN: Reading = { value: '', origin: 'typed', mark: 'torn' }

export type Asked = Awaited<ReturnType<typeof openAsked>>

/** One page was keyed by two others, so that there is a third person. */
export async function openAsked(t: Test) {
  const truth = await openTruth(t, 7, FORM)
  const [early, drawn, plain1, plain2, hard, plain3, hard2] = truth.pages
  if (!early || !drawn || !plain1 || !plain2 || !hard || !plain3 || !hard2) {
    throw new Error('seven pages were asked for')
  }
  const [ba = '', tu = ''] = newPeople(2)
  await truth.enter(entryOf(early, ba, 1, [recordOf()]), entryOf(early, tu, 2, [recordOf()]))
  return { truth, drawn, hard, hard2, plain: [plain1, plain2], later: [plain3] }
}

export async function askForShare(t: Test, { truth, drawn }: Asked): Promise<void> {
  const none = { asked: 0, wrong: { value: null, numerator: 0, denominator: 0 } }
  const nothing = { seen: 0, doubtful: none, drawn: none }
  t.match(await told(truth), { share: 0.02, chance: 0.005, ...nothing })
  const { ledger, campaignId, supervisor: personId } = truth
  const setting = { campaignId, personId, on: true }
  await setThirdEntries(ledger, { ...setting, agreedShare: SHARE })
  t.match((await setThirdEntries(ledger, setting)).agreed, { share: SHARE, chance: CHANCE })
  await drawOnly(truth, drawn)
}

export async function keyDrawn(t: Test, { truth, drawn }: Asked): Promise<void> {
  await truth.keyTwice(drawn, [recordOf()], [recordOf()])
  t.match(await wantedCells(truth, drawn), { pass: 1, turn: 2, cells: [['fullName']], notBy: [] })
  t.same(await truth.settledValues(drawn.pageId), [], 'nothing is settled meanwhile')
  await keyAudit(truth, drawn, () => `${BOTH} `)
  t.match(await truth.settledValues(drawn.pageId), [
    { fullName: { value: BOTH, how: 'agreed', rule: 'identical' } },
  ])
  t.same(await truth.take(truth.arbiter), [])
  t.match(await told(truth), { seen: 3, drawn: { asked: 1, wrong: { value: 0 } } })
}

/** Pages on which all agree, and one that is hard to read. */
export async function findDoubtful(
  t: Test,
  { truth }: Asked,
  plain: readonly Page[],
  hard: Page,
): Promise<void> {
  for (const page of plain) await truth.keyTwice(page, [recordOf()], [recordOf()])
  await findWrong(t, truth, hard)
}

async function told({ db, campaignId }: Truth) {
  return (await readThirdEntries(db, { campaignId })).agreed
}

/** A secret by which of all pages only the name on this one is drawn. */
async function drawOnly({ db, pages }: Truth, page: Page): Promise<void> {
  const places = pages.flatMap(({ pageId }) => FORM.fields.map(({ name }) => ({ pageId, name })))
  const isFit = (secret: string) =>
    places.every(({ pageId, name }) => {
      const isWanted = pageId === page.pageId && name === 'fullName'
      return drawOf(secret, drawnText(pageId, [0, 0], name)) < CHANCE === isWanted
    })
  for (let tried = 0; tried < 10_000; tried += 1) {
    if (!isFit(String(tried))) continue
    await sql`update recheck_draw set secret = ${String(tried)}`.execute(db)
    return
  }
  throw new Error('no secret draws that')
}

/** Both misread a name on a page that is hard to read; a third one and an arbiter do not. */
async function findWrong(t: Test, truth: Truth, page: Page): Promise<void> {
  const { db, typists } = truth
  const [first, second] = ['Thôn Đông', 'Thôn Tây'].map((village) =>
    recordOf({ village, birthDate: TORN }),
  )
  if (first === undefined || second === undefined) throw new Error('two records')
  await truth.keyTwice(page, [first], [second])
  const want = await wantedCells(truth, page)
  t.match(want, { places: [1], cells: [['fullName', 'village']] }, 'alike, and in one turn')
  const before = await told(truth)
  await keyAudit(truth, page, ({ field }) => (field === 'village' ? 'Thôn Tây' : THIRD))

  const arbiter = randomUUID()
  const assignment = await truth.takeOne(arbiter)
  t.equal(assignment.questions.length, 1, 'the village is settled by a majority')
  const question = questionOn(assignment, 'fullName')
  t.same(shown(question).toSorted(), [THIRD, BOTH].toSorted(), 'two readings as of any field')
  t.match(question, { class: 'different', third: undefined, present: [true, true] })
  const { questionId } = question
  const wrong = truth.rule(arbiter, assignment, [{ questionId, verdict: 'third' }])
  t.equal((await refusalOf(wrong)).code, 'RULING_INVALID')
  const verdict = shown(question)[0] === THIRD ? 'first' : 'second'
  await truth.rule(arbiter, assignment, [{ questionId, verdict }])
  const [values] = await truth.settledValues(page.pageId)
  t.match(values, { fullName: { value: THIRD, how: 'ruled', rule: 'ruling-third' } })
  t.match(values, { village: { value: 'Thôn Tây', how: 'majority' } })
  const charges = await db
    .selectFrom('charge')
    .select('typist')
    .where('page_id', '=', page.pageId)
    .where('field', '=', 'fullName')
    .execute()
  t.same(charges.map(({ typist }) => typist).toSorted(), typists.toSorted(), 'against both')
  const { asked, wrong: found } = (await told(truth)).doubtful
  t.equal(asked, before.doubtful.asked)
  t.equal(found.numerator, before.doubtful.wrong.numerator + 1)
}

export async function appealAgainst(t: Test, { truth, hard: page }: Asked): Promise<void> {
  const [personId] = truth.typists
  const asking = { appealId: randomUUID(), personId, pageId: page.pageId, record: 1 }
  await submitAppeal(truth.ledger, () => {}, { ...asking, field: 'fullName' })
  for (const isLast of [false, true]) {
    const person = isLast ? truth.supervisor : randomUUID()
    const assignment = await truth.takeOne(person, isLast)
    const question = questionOn(assignment, 'fullName')
    t.same(shown(question).toSorted(), [THIRD, BOTH].toSorted())
    const verdict = shown(question)[0] === BOTH ? 'first' : 'second'
    await truth.rule(person, assignment, [{ questionId: question.questionId, verdict }])
  }
  t.match((await truth.settledValues(page.pageId)).at(-1), { fullName: { value: BOTH } })
  t.match((await told(truth)).doubtful, { asked: 1, wrong: { numerator: 0, denominator: 1 } })
}

export async function auditAll(t: Test, { truth }: Asked): Promise<void> {
  const { db, campaignId, pages } = truth
  const read = await db
    .selectFrom('operator_delta')
    .select(({ fn }) => fn.sum<number>('audited').as('audited'))
    .where('field', '=', 'fullName')
    .executeTakeFirst()
  t.equal(Number(read?.audited), 2, 'Q17: not corrected for twice')
  const settled = new Map<string, Record<string, Reading>>()
  for (const { pageId } of pages) {
    const values = (await truth.settledValues(pageId)).at(-1)
    settled.set(pageId, values as Record<string, Reading>)
  }
  await freeze(truth)
  for (const page of pages) {
    await keyAudit(truth, page, ({ field }) => {
      const { value, mark } = settled.get(page.pageId)?.[field] ?? { value: '' }
      return { value, origin: 'typed', ...(mark === undefined ? {} : { mark }) }
    })
  }
  const counts = await readCounts(db, campaignId)
  const fields = pages.length * FORM.fields.length
  const [majorities, overturned] = [2, 1]
  // Of both typists: all that they agreed on, with the name that was ruled since; an appeal found one to be right.
  t.equal(total(counts, 'audited-agreed'), 2 * (fields - majorities))
  t.equal(total(counts, 'audited-agreed-wrong'), 2)
  t.equal(total(counts, 'audited-ruled'), 2 - overturned)
  t.equal(total(counts, 'audited-ruled-wrong'), 0)
}

function shown({ readings, third }: Question): string[] {
  return [...readings, third ?? null].flatMap((one) => one?.value ?? [])
}
