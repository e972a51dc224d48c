/** Rules Y6–Y8 of docs/spec/known-answers.md: who confirms an answer, and how what is keyed of it is judged. */
import { randomUUID } from 'node:crypto'
import {
  type confirmKnownPage as confirmContract,
  knownPageNamed,
  knownPageRetired,
  type RequestOf,
} from '@songnhap/contracts'
import { factsSaid, newPeople, recordOf, SMALL_FORM } from '@songnhap/testkit'
import { sql } from 'kysely'
import { type Test, t } from 'tap'
import { readOperator } from '../src/accuracy/read-operator.ts'
import { readOperators } from '../src/accuracy/read-operators.ts'
import { onPageSetAside } from '../src/hear-decisions.ts'
import { confirmKnownPage, retireKnownPage } from '../src/known-pages/confirm-known-page.ts'
import { judgeAnswer } from '../src/known-pages/judge-answer.ts'
import { onKnownPageAnswered } from '../src/known-pages/on-known-page-answered.ts'
import {
  findKnownPageImage,
  listKnownPages,
  readKnownPage,
} from '../src/known-pages/read-known-pages.ts'
import { loadPageCase } from '../src/load-page-case.ts'
import { submitAppeal } from '../src/rechecks/submit-appeal.ts'
import { openAgain } from '../src/recompare.ts'
import { storeSettled } from '../src/store-settled.ts'
import { readProgress } from '../src/supervise.ts'
import { choose, openTruth, questionOn, refusalOf } from './open-truth.ts'

const PAGE = [recordOf(), recordOf({ fullName: 'Lò Văn Hai' })]
const RULED = [recordOf({ fullName: 'Lò Văn Ba' })]

/** Two settled pages, of which one rests on a ruling, and one that nobody keyed. */
async function openSettled(t: Test) {
  const truth = await openTruth(t, 3)
  const [agreed, ruled, untouched] = truth.pages
  if (agreed === undefined || ruled === undefined || untouched === undefined)
    throw new Error('pages')
  await truth.keyTwice(agreed, PAGE, PAGE)
  await truth.keyTwice(ruled, RULED, [recordOf({ fullName: 'Lò Văn Bá' })])
  const [assignment] = await truth.take(truth.arbiter)
  if (assignment === undefined) throw new Error('nothing was asked')
  const ruling = choose(questionOn(assignment, 'fullName'), 'Lò Văn Ba')
  await truth.rule(truth.arbiter, assignment, [ruling])
  const confirm = (asking: RequestOf<typeof confirmContract>) =>
    confirmKnownPage(truth.ledger, asking)
  const name = async (pageId: string) => {
    for (const personId of newPeople(2)) await confirm({ pageId, personId, revision: 1 })
  }
  const answer = (pageId: string, personId: string, records: typeof PAGE) =>
    truth.hear(onKnownPageAnswered, {
      entryId: randomUUID(),
      pageId,
      campaignId: truth.campaignId,
      form: { name: SMALL_FORM.name, version: 1 },
      personId,
      records,
      submittedAt: '2026-03-02T01:02:03.000Z',
    })
  const knownOf = async (operatorId: string) =>
    (await readOperator(truth.db, { campaignId: truth.campaignId, operatorId })).figures.known
  return { ...truth, agreed, ruled, untouched, confirm, name, answer, knownOf }
}

t.test('Y6: two supervisors, who did not meet the page, stand for every value of it', async (t) => {
  const opened = await openSettled(t)
  const { db, campaignId, agreed, untouched, typists, arbiter, confirm } = opened
  const { pageId, bookId, sequence } = agreed
  const [an = '', binh = ''] = newPeople(2)
  const shown = await readKnownPage(db, { bookId, sequence, personId: an })
  t.match(shown, { pageId, state: 'none', revision: 1, confirmedBy: [] })
  t.same(
    shown.records.map(({ fullName }) => fullName?.value),
    PAGE.map(({ fullName }) => fullName?.value),
  )
  t.same(await findKnownPageImage(db, { pageId }), { sha256: agreed.imageSha256 })
  t.notOk('hindrance' in shown)
  const codeOf = async (doing: Promise<unknown>) => (await refusalOf(doing)).code
  const unkeyed = { bookId, sequence: untouched.sequence, personId: an }
  t.equal(await codeOf(readKnownPage(db, unkeyed)), 'NOT_FOUND')
  t.equal(await codeOf(findKnownPageImage(db, untouched)), 'NOT_FOUND')

  const by = (personId: string, revision = 1) => confirm({ pageId, personId, revision })
  t.equal(await codeOf(by(typists[0])), 'KNOWN_PAGE_UNFIT', 'who keyed it')
  const asked = { pageId: opened.ruled.pageId, personId: arbiter, revision: 1 }
  t.equal(await codeOf(confirm(asked)), 'KNOWN_PAGE_UNFIT', 'who ruled on it')
  t.equal(await codeOf(by(an, 2)), 'KNOWN_PAGE_UNFIT', 'who looked at other values')
  t.same(await by(an), { state: 'confirmed' })
  t.same(await by(an), { state: 'confirmed' }, 'once a person')
  t.same(await factsSaid(db, knownPageNamed), [])
  t.same(await by(binh), { state: 'named' })
  t.match(await factsSaid(db, knownPageNamed), [{ pageId, campaignId, notBy: [an, binh] }])
  t.match((await listKnownPages(db, { campaignId })).pages, [
    { pageId, state: 'named', confirmedBy: [an, binh], answers: 0 },
  ])
  const other = opened.ruled.pageId
  await confirm({ pageId: other, personId: an, revision: 1 })
  const alone = sql`
    insert into known_page (page_id, campaign_id, revision, first_by, second_by)
    values (${other}, ${campaignId}, 1, ${an}, ${an})`.execute(db)
  await t.rejects(alone, { code: '23514' }, 'the database wants two people')

  const decided = { pageId, bookId, campaignId, personId: an, reason: 'not-part-of-book' }
  await opened.hear(onPageSetAside, decided)
  t.match(await factsSaid(db, knownPageRetired), [{ pageId, reason: 'supervisor' }], 'set aside')
  const again = { bookId, sequence, personId: an }
  t.equal(await codeOf(readKnownPage(db, again)), 'NOT_FOUND', 'and named no more')
})

t.test('Y7, Y8: an answer is judged by itself, and is in no other figure', async (t) => {
  const { db, campaignId, agreed, ledger, name, answer, knownOf } = await openSettled(t)
  const { pageId } = agreed
  await name(pageId)
  const before = async () => ({
    progress: await readProgress(db, campaignId),
    typists: (await readOperators(db, { campaignId })).typists.map(
      ({ asOf: _, ...one }: object & { asOf?: string }) => one,
    ),
    readings: await db.selectFrom('reading').select('entry_id').execute(),
  })
  const counted = await before()
  const [chi = '', dung = ''] = newPeople(2)
  await answer(pageId, chi, [recordOf({ fullName: 'Trần Thị Mẩn' })])
  t.match(await knownOf(chi), { numerator: 1, denominator: 3, method: 'binomial' })
  await answer(pageId, chi, PAGE)
  t.match(await knownOf(chi), { numerator: 1, denominator: 3 }, 'the first time counts')
  await answer(pageId, dung, PAGE)
  t.match(await knownOf(dung), { numerator: 0, denominator: 6 })
  const { readings, progress } = await before()
  t.same({ readings, progress }, { readings: counted.readings, progress: counted.progress })
  t.equal((await before()).typists.length, counted.typists.length)
  t.match((await listKnownPages(db, { campaignId })).pages, [{ answers: 2, judged: 9, wrong: 1 }])
  const seen = await db
    .selectFrom('seen')
    .select('person_id')
    .where('page_id', '=', pageId)
    .execute()
  t.ok(
    seen.some(({ person_id }) => person_id === chi),
    'and does not rule on it',
  )
  const personId = randomUUID()
  t.same(await retireKnownPage(ledger, { pageId, personId }), { state: 'retired' })
  t.same(await retireKnownPage(ledger, { pageId, personId }), { state: 'retired' })
  t.match(await factsSaid(db, knownPageRetired), [{ pageId, reason: 'supervisor' }])
  t.match(await knownOf(dung), { denominator: 6 }, 'what was known then counts')
})

t.test('Y7: a record left out or made up is no error of its fields', (t) => {
  const settled = { how: 'agreed', class: 'identical', rule: 'identical' } as const
  const answer = PAGE.map((record, at) => ({
    record: at + 1,
    values: Object.fromEntries(
      Object.entries(record).map(([field, { value }]) => [field, { ...settled, value }]),
    ),
  }))
  const judged = (records: typeof PAGE) => judgeAnswer(SMALL_FORM, answer, records)
  const right = { judged: 6, wrong: 0, major: 0, leftOut: 0, madeUp: 0 }
  t.same(judged(PAGE), right)
  t.same(judged(PAGE.slice(1)), { ...right, judged: 3, leftOut: 1 })
  const third = recordOf({ fullName: 'Giàng A Páo', birthDate: '07/08/1991', village: 'Bản Mới' })
  t.same(judged([...PAGE, third]), { ...right, madeUp: 1 })
  t.end()
})

t.test(
  'Y6, Y8: what is settled anew is known no more, and who meets it later is told',
  async (t) => {
    const { db, ledger, campaignId, ruled, typists, name, answer, knownOf, take, confirm } =
      await openSettled(t)
    const { pageId } = ruled
    await name(pageId)
    const [chi = '', second = '', late = ''] = newPeople(3)
    await answer(pageId, chi, RULED)
    t.match(await knownOf(chi), { denominator: 3 })
    const charged = { pageId, record: 1, field: 'fullName' }
    await submitAppeal(ledger, () => {}, {
      ...charged,
      personId: typists[1],
      appealId: randomUUID(),
    })
    t.equal((await take(second)).length, 1)
    t.match((await factsSaid(db, knownPageNamed)).at(-1), { pageId, notBy: [second] })
    await ledger.change(async (change) => {
      const page = await loadPageCase(change.trx, pageId)
      if (page.state.kind !== 'settled') throw new Error('it was settled')
      await openAgain(change, page)
      await storeSettled(change, [{ ...page, records: page.state.records }])
    })
    t.match(await factsSaid(db, knownPageRetired), [{ pageId, campaignId, reason: 'settled-anew' }])
    t.match(await knownOf(chi), { denominator: 0 }, 'its answers do not count')
    const again = confirm({ pageId, personId: late, revision: 2 })
    t.equal((await refusalOf(again)).code, 'KNOWN_PAGE_UNFIT', 'for ever')
  },
)
