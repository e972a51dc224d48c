/** Rules U1–U3, U6, U7, U25 of docs/spec/audit.md: freezing a book, and the draw. */
import { randomUUID } from 'node:crypto'
import { drawSample, frameHash, seedOf } from '@songnhap/audits'
import { bookFrozen, bookThawed, type FormDefinition, readingWanted } from '@songnhap/contracts'
import { factsSaid, newPages, newPeople, recordOf, SMALL_FORM } from '@songnhap/testkit'
import { sql } from 'kysely'
import { t } from 'tap'
import { freezeBook } from '../src/audits/freeze-book.ts'
import { readAudit } from '../src/audits/read-audits.ts'
import { setTargets } from '../src/audits/targets.ts'
import { readCertificate } from '../src/audits/write-certificate.ts'
import { onPageRestored, onPageSetAside } from '../src/hear-decisions.ts'
import { onPageReceived } from '../src/hear-intake.ts'
import { readBooksSettled, readOverview } from '../src/read-overview.ts'
import { readPagesSettled } from '../src/read-pages-settled.ts'
import { listFlips } from '../src/recompare.ts'
import { listRecords } from '../src/supervise.ts'
import { asTyped, freeze, keyAudit, openFrozen, wantedCells } from './open-audit.ts'
import { choose, openTruth, questionOn, refusalOf, type Truth } from './open-truth.ts'

const FORM: FormDefinition = {
  ...SMALL_FORM,
  fields: SMALL_FORM.fields.map((field) =>
    field.name === 'fullName' ? { ...field, class: 'identity-critical' } : field,
  ),
}
const PAGE = [recordOf(), recordOf({ fullName: 'Lò Văn Hai' }), recordOf({ village: 'Bản Đồng' })]

t.test(
  'U2: a book is not frozen while something in it is open, and one is told what',
  async (t) => {
    const truth = await openTruth(t, 3)
    const [first, second, third] = truth.pages
    if (first === undefined || second === undefined || third === undefined) throw new Error('three')
    const lacksOf = async (pages = 3) => {
      const { code, details } = await refusalOf(freeze(truth, { pages }))
      t.equal(code, 'BOOK_NOT_SETTLED')
      return details.map((line) => line.replace(/ \(.*/, ''))
    }
    t.same(await lacksOf(5), [
      '2 pages were uploaded and are not ready to be keyed yet',
      '3 pages are to be keyed by two people',
    ])
    await truth.keyTwice(first, PAGE, PAGE)
    await truth.keyTwice(second, [recordOf()], [recordOf({ village: 'Thôn Tây' })])
    await truth.keyTwice(third, PAGE, PAGE.slice(0, 2))
    t.same(await lacksOf(), ['2 pages wait for an arbiter'])
    for (let pages = 0; pages < 2; pages += 1) {
      const { arbiter } = truth
      const assignment = await truth.takeOne(arbiter)
      const rulings = assignment.questions.map((question) =>
        question.kind === 'record'
          ? { questionId: question.questionId, verdict: question.present[0] ? 'first' : 'second' }
          : { questionId: question.questionId, verdict: 'escalate', note: 'mờ' },
      )
      await truth.rule(arbiter, assignment, rulings as Parameters<Truth['rule']>[2])
    }
    t.same(await lacksOf(), [
      '1 pages are wanted again from somebody new',
      '1 pages wait for a supervisor, as an arbiter passed them on',
    ])
    await truth.keyWanted(third, () => PAGE.slice(2))
    const passedOn = await truth.takeOne(truth.supervisor, true)
    await truth.rule(truth.supervisor, passedOn, [
      choose(questionOn(passedOn, 'village'), 'Thôn Tây'),
    ])
    await sql`
    insert into dead_letter (dead_letter_id, producer, position, kind, at, body, reason)
    values (${randomUUID()}, 'entry', 9, 'entry.submitted.v1', now(),
            ${JSON.stringify({ pageId: first.pageId })}, 'nobody wanted it')`.execute(truth.db)
    t.same(await lacksOf(), ['1 facts about the book could not be applied'])
    await sql`update dead_letter set replayed_at = now()`.execute(truth.db)
    await freeze(truth)

    const unknown = { bookId: randomUUID(), personId: truth.supervisor, pages: 0 }
    t.equal((await refusalOf(freezeBook(truth.ledger, unknown))).code, 'NOT_FOUND')
    t.equal((await refusalOf(freeze(truth))).code, 'BOOK_FROZEN')
  },
)

t.test('U1, U7: a frozen book says its frame and a commitment; the draw repeats', async (t) => {
  const audited = await openFrozen(t, [PAGE, PAGE, []], FORM)
  const { db, auditId, bookId, campaignId, supervisor } = audited
  const [fact, ...more] = await factsSaid(db, bookFrozen)
  t.same(more, [])
  t.match(fact, {
    bookId,
    campaignId,
    auditId,
    kind: 'sample',
    look: 1,
    frozenBy: supervisor,
    pages: 3,
    records: 6,
    strata: [
      { class: 'identity-critical', fields: 6, drawn: 6, target: 2 },
      { class: 'ordinary', fields: 12, drawn: 12, target: 10 },
    ],
  })
  const open = await readAudit(db, auditId)
  t.match(open, { drawn: 18, keyed: 0, decided: 0 })
  t.notOk('ended' in open, 'the secret is not told')

  const { secret } = await db.selectFrom('audit').select('secret').executeTakeFirstOrThrow()
  const records = await db.selectFrom('settled_record').select('record_id').execute()
  const fields = FORM.fields.map(({ name, class: of = 'ordinary' }) => ({ name, class: of }))
  const frame = { recordIds: records.map((row) => row.record_id), fields }
  t.equal(frameHash(frame), fact?.frameSha256)
  const seed = seedOf(bookId, fact?.frozenAt ?? '', secret)
  const items = await db.selectFrom('audit_item').selectAll().execute()
  const nameOf = (cell: { record_id: string; field: string; draw_key: string }) =>
    `${cell.record_id} ${cell.field} ${cell.draw_key}`
  t.same(
    items.map(nameOf).toSorted(),
    (await drawSample(seed, frame, fact?.strata ?? []))
      .map(({ recordId, field, drawKey }) =>
        nameOf({ record_id: recordId, field, draw_key: drawKey }),
      )
      .toSorted(),
  )
})

t.test('U4, U6: each page with something drawn is wanted, in part, from others', async (t) => {
  const audited = await openFrozen(t, [PAGE, []], FORM)
  const { db, page, pages } = audited
  const want = await wantedCells(audited, page)
  t.match(want, { pageId: page.pageId, pass: 1, turn: 2, places: [1, 2, 3], notBy: [] })
  t.same(
    want.cells,
    PAGE.map(() => FORM.fields.map(({ name }) => name)),
    'all of a small book',
  )
  t.equal((await factsSaid(db, readingWanted)).length, 1, 'nothing of a page without records')
  t.equal(pages.length, 2)
})

t.test('U3: a late page opens the book again, and the next sample is a further look', async (t) => {
  const audited = await openFrozen(t, [PAGE], FORM)
  const { db, hear, page, auditId, bookId, campaignId, ledger, supervisor } = audited
  t.same(await listFlips(db, { campaignId, form: FORM }), { pages: [], compared: 0 })
  const [, late] = newPages({ bookId, campaignId }, 2)
  if (late === undefined) throw new Error('a second page')
  await hear(onPageReceived, late)
  t.match(await factsSaid(db, bookThawed), [{ bookId, auditId, reason: 'page-received' }])
  t.match(await readAudit(db, auditId), { ended: { finished: false } })
  t.equal((await listFlips(db, { campaignId, form: FORM })).compared, 1, 'as before')
  t.equal((await refusalOf(freeze(audited, { pages: 2 }))).code, 'BOOK_NOT_SETTLED')
  await audited.keyTwice(late, PAGE, PAGE)
  await setTargets(ledger, {
    campaignId,
    personId: supervisor,
    targets: [{ class: 'ordinary', target: 7 }],
  })
  await freeze(audited, { pages: 2 })
  t.match((await factsSaid(db, bookFrozen)).at(-1), {
    look: 2,
    records: 6,
    strata: [{ target: 2 }, { target: 7 }],
  })
  const again = await wantedCells(audited, page)
  t.match(again, { turn: 3 }, 'after the turn that is open still')
  const [person = ''] = newPeople(1)
  t.same(await audited.take(person), [])
})

t.test('U25: a page that is set aside is left out of its book, and said so', async (t) => {
  const truth = await openTruth(t, 4, FORM)
  const { db, hear, arbiter, campaignId, supervisor: personId } = truth
  const [settled, differing, untouched, gone] = truth.pages
  if (!settled || !differing || !untouched || !gone) throw new Error('four pages')
  const { bookId } = settled
  await truth.keyTwice(settled, PAGE, PAGE)
  await truth.keyTwice(differing, PAGE, [recordOf()])
  await truth.keyTwice(gone, PAGE, PAGE)
  const decide = async ({ pageId }: typeof settled, reason?: string) => {
    const body = { pageId, bookId, campaignId, personId }
    if (reason === undefined)
      await hear(
        onPageRestored(() => {}),
        body,
      )
    else await hear(onPageSetAside, { ...body, reason })
  }
  await decide(differing, 'photographed-twice')
  await decide(untouched, 'replaced')
  await decide(gone, 'not-part-of-book')
  t.same(await truth.take(arbiter), [], 'nobody is asked about it')
  t.match(await readOverview(db, campaignId), { settled: 1, compared: 1, waiting: 0, wanted: 0 })
  const { books } = await readBooksSettled(db, { bookIds: [bookId] })
  t.match(books, [{ settled: 1, waiting: 0 }])
  const pageIds = [settled.pageId, untouched.pageId]
  const { pages: far } = await readPagesSettled(db, { pageIds })
  t.same(
    new Map(far.map(({ pageId, isSettled }) => [pageId, isSettled])),
    new Map([
      [settled.pageId, true],
      [untouched.pageId, false],
    ]),
  )
  const { records } = await listRecords(db, { campaignId })
  t.same([...new Set(records.map(({ pageId }) => pageId))], [settled.pageId])

  const audited = { ...truth, ...(await freeze(truth)) }
  t.match(await readAudit(db, audited.auditId), { pages: 1, records: PAGE.length })
  await keyAudit(audited, settled, asTyped([settled], [PAGE]))
  t.match(await readCertificate(db, { bookId }), {
    pages: 1,
    records: PAGE.length,
    aside: {
      pages: 2,
      told: [
        { sequence: 2, reason: 'photographed-twice' },
        { sequence: 4, reason: 'not-part-of-book' },
      ],
    },
  })
  await decide(differing)
  await decide(gone)
  t.match(await factsSaid(db, bookThawed), [{ bookId, reason: 'page-restored' }])
  t.same((await refusalOf(freeze(truth))).details, ['1 pages wait for an arbiter'])
  t.equal((await truth.takeOne(arbiter)).pageId, differing.pageId)
  t.match(await readOverview(db, campaignId), { settled: 2, waiting: 1 }, 'it was settled already')
})
