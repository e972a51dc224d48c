/** Rules J1–J8, J10 and J11 of docs/spec/independence.md: what is counted of pairs, how they are looked at, reviews. */
import { randomUUID } from 'node:crypto'
import { type AuditTarget, reviewClosed, reviewOpened } from '@songnhap/contracts'
import { factsSaid, newCampaign, newPeople, recordOf } from '@songnhap/testkit'
import { type Kysely, sql } from 'kysely'
import { t } from 'tap'
import { freezeBook } from '../src/audits/freeze-book.ts'
import { readBook } from '../src/audits/read-book.ts'
import { releaseBook } from '../src/audits/release-book.ts'
import { reworkBook } from '../src/audits/rework-book.ts'
import { setTargets } from '../src/audits/targets.ts'
import { onCampaignOpened } from '../src/hear-intake.ts'
import { foldPairs } from '../src/independence/count-pairs.ts'
import { signalOfHands } from '../src/independence/judge-pairs.ts'
import { openReviews } from '../src/independence/open-reviews.ts'
import { readPairs } from '../src/independence/read-pairs.ts'
import { closeReview, listReviews, noteReview } from '../src/independence/reviews.ts'
import { selectHands } from '../src/independence/select-hands.ts'
import type { DB } from '../src/schema.gen.ts'
import { asTyped, forValue, freeze, keyAudit, rulePanel } from './open-audit.ts'
import { choose, entryOf, openTruth, questionOn, refusalOf } from './open-truth.ts'

const LENIENT: AuditTarget[] = [{ class: 'ordinary', target: 9000 }]
const OTHERWISE = { value: 'Thôn Nam', origin: 'typed' } as const

t.test('J1, J2: pairs are counted as pages settle, and anew when they settle again', async (t) => {
  const truth = await openTruth(t, 1)
  const { db, page, typists, arbiter, campaignId } = truth
  // The name is written in two ways; the first errs in one village, and both do in another, each otherwise.
  const first = [
    recordOf({ fullName: 'TRẦN THỊ MẬN', village: 'Thôn Tây' }),
    recordOf({ village: 'Thôn Bắc' }),
  ]
  const second = [recordOf(), recordOf({ village: 'Thôn Trong' })]
  await truth.keyTwice(page, first, second)
  t.same((await readPairs(db, { campaignId })).pairs, [], 'nothing is settled')
  const assignment = await truth.takeOne(arbiter)
  await truth.rule(arbiter, assignment, [
    choose(questionOn(assignment, 'village', 1), 'Thôn Đông'),
    {
      questionId: questionOn(assignment, 'village', 2).questionId,
      verdict: 'other',
      value: OTHERWISE,
    },
  ])
  const counted = { pages: 1, fields: 6, differing: 2, variants: 1, bothWrong: 1, alike: 0 }
  const read = async () => {
    const [pair] = (await readPairs(db, { campaignId })).pairs
    const wrong = typists.map((id) => pair?.members.find((one) => one.personId === id)?.wrong)
    return { ...pair, wrong }
  }
  t.match(await read(), { ...counted, audited: 0, wrong: [2, 1], standing: 'unchecked' })

  // An audit finds that both had the same date wrong.
  await freeze(truth)
  const typed = asTyped([page], [second])
  await keyAudit(truth, page, (at) => {
    if (at.field === 'village') return at.place === 1 ? 'Thôn Đông' : OTHERWISE
    return at.field === 'birthDate' && at.place === 1 ? '07/08/1985' : typed(at)
  })
  for (let seat = 0; seat < 2; seat += 1) await rulePanel(truth, forValue('07/08/1985'))
  const again = { ...counted, bothWrong: 2, alike: 1, audited: 4, wrong: [3, 2] }
  t.match(await read(), again, 'four agreed fields were looked at')
  t.same(await foldPairs(db), { campaignIds: [campaignId], more: false })
  t.match(await read(), again, 'folded or not')
  t.same(await foldPairs(db), { campaignIds: [], more: false })
  const { rows } = await sql`
    select differing_squared, differing_by_fields, fields_squared from pair_tally`.execute(db)
  t.same(rows, [{ differing_squared: 4, differing_by_fields: 12, fields_squared: 36 }])
})

t.test(
  'J11: while what differs waits for an arbiter, nobody is flagged for what agreed',
  async (t) => {
    const truth = await openTruth(t, 12)
    const { db, ledger, hear, typists, campaignId } = truth
    const elsewhere = newCampaign()
    await hear(onCampaignOpened, elsewhere)
    await countOthers(db, elsewhere.campaignId, typists)
    await count(db, campaignId, typists, { pages: 10, differing: 0 })
    const isFlagged = async () => (await readPairs(db, { campaignId })).pairs[0]?.flagged
    t.equal(await isFlagged(), true, 'of ten pages with no difference')
    for (const page of truth.pages) {
      await truth.keyTwice(page, [recordOf()], [recordOf({ village: 'Thôn Tây' })])
    }
    t.equal(await isFlagged(), false, 'but twelve more wait')
    await ledger.change((change) => openReviews(change, campaignId))
    t.same((await listReviews(db, { campaignId })).reviews, [])
  },
)

interface Counts {
  readonly pages: number
  readonly differing: number
  readonly wrong?: readonly [number, number]
}

/** As if so many pages of 42 fields had been settled. */
async function count(db: Kysely<DB>, campaignId: string, pair: readonly string[], counts: Counts) {
  const { pages, differing, wrong: [one, other] = [0, 0] } = counts
  const [first = '', second = ''] = pair.toSorted()
  const each = differing / pages
  const wrong = first === pair[0] ? [one, other] : [other, one]
  await sql`
    insert into pair_delta values (${campaignId}, ${first}, ${second}, ${pages}, ${42 * pages},
      ${differing}, 0, ${wrong[0]}, ${wrong[1]}, 0, 0, 0, ${Math.round(pages * each * each)},
      ${42 * differing}, ${42 * 42 * pages})`.execute(db)
}

/** Each of these people does a page in twenty-five fields wrong, whoever of some others it is with. */
async function countOthers(db: Kysely<DB>, campaignId: string, people: readonly string[]) {
  const others = newPeople(4)
  for (const one of people) {
    for (const other of others) {
      await count(db, campaignId, [one, other], { pages: 20, differing: 68, wrong: [34, 34] })
    }
  }
}

t.test(
  'J3, J4, J8: who hardly differs is flagged, whoever was never with others is not',
  async (t) => {
    const { db, ledger, hear, campaignId } = await openTruth(t)
    const [a = '', b = '', c = '', d = '', x = '', y = ''] = newPeople(6)
    const elsewhere = newCampaign()
    const foreign = { ...newCampaign(), form: { ...elsewhere.form, name: 'other-form' } }
    for (const campaign of [elsewhere, foreign]) await hear(onCampaignOpened, campaign)
    await countOthers(db, elsewhere.campaignId, [a, b, c, d])
    await count(db, campaignId, [a, b], { pages: 60, differing: 0 })
    await count(db, campaignId, [c, d], { pages: 60, differing: 190, wrong: [95, 95] })
    await count(db, campaignId, [x, y], { pages: 60, differing: 0 })
    const { frame, pairs, more } = await readPairs(db, { campaignId })
    t.match(frame, { level: 0.05, tested: 18 })
    t.equal(more, false)
    t.match(
      pairs.map(({ members, flagged, standing }) => {
        return [members.map(({ personId }) => personId).toSorted(), flagged, standing]
      }),
      [
        [[a, b].toSorted(), true, 'tested'],
        [[x, y].toSorted(), false, 'unchecked'],
        [[c, d].toSorted(), false, 'tested'],
      ],
    )
    const [copied, standing] = pairs
    // 136.5 wrong in 3,361 fields each, with others, over 2,520 fields together.
    const rate = 136.5 / 3361
    const expected = 2520 * (2 * rate - 2 * rate ** 2)
    t.ok(Math.abs((copied?.expected ?? 0) - expected) < 1e-6)
    t.match(copied?.tests, [
      {
        test: 'few-differences',
        found: 0,
        of: 2520,
        explanations: ['easy-pages', 'rates-changed', /./],
      },
    ])
    t.match(copied?.signals, [{ signal: 'spelling', found: 0, of: 2520, expected: 0, p: null }])
    t.match(copied?.members, [
      { elsewhere: { wrong: 136, fields: 3360, pages: 80, partners: 4 } },
      {},
    ])
    t.match(standing, { expected: null, tests: [], p: null, q: null, signals: [] })
    t.equal((await refusalOf(readPairs(db, { campaignId: randomUUID() }))).code, 'NOT_FOUND')
    t.match((await readPairs(db, { campaignId: foreign.campaignId })).frame, { tested: 0 })

    await ledger.change((change) => openReviews(change, elsewhere.campaignId))
    t.match(await factsSaid(db, reviewOpened), [{ campaignId, personIds: [a, b].toSorted() }])
  },
)

t.test('J10: how hands typed together, against how they type on other pages', async (t) => {
  const truth = await openTruth(t, 3)
  const { db, typists, campaignId, pages } = truth
  const [first = '', second = ''] = typists.toSorted()
  const [third = ''] = newPeople(1)
  const key = async (at: number, people: readonly [string, number][]) => {
    const page = pages[at]
    if (page === undefined) throw new Error('three pages were opened')
    for (const [index, [person, pasted]] of people.entries()) {
      const hands = { long: 10, pasted, hurried: 1 }
      const effort = { gapsMs: [9_000], keys: 30, erased: 0, hands }
      const entry = entryOf(page, person, index === 0 ? 1 : 2, [recordOf()])
      await truth.enter({ ...entry, effort })
    }
  }
  const look = async () => signalOfHands(await selectHands(db, campaignId, { first, second }))
  await key(0, [
    [first, 7],
    [second, 5],
  ])
  t.same(await look(), [], 'neither was measured elsewhere')
  await key(1, [
    [first, 0],
    [third, 9],
  ])
  t.same(await look(), [], 'one of them was not')
  await key(2, [
    [third, 9],
    [second, 3],
  ])
  const told = { signal: 'hands', found: 14, of: 20, expected: 5, p: null }
  t.match(await look(), [{ ...told, explanations: ['input-method', 'same-habits', 'easy-pages'] }])
})

t.test(
  'J5, J6, J7: a flag opens a review, which keeps books shut until it is closed',
  async (t) => {
    const truth = await openTruth(t, 1)
    const { db, ledger, page, typists, campaignId, supervisor: personId } = truth
    const records = [recordOf()]
    await setTargets(ledger, { campaignId, personId, targets: LENIENT })
    await truth.keyTwice(page, records, records)
    const { bookId } = await freeze(truth)
    const typed = asTyped([page], [records])
    await keyAudit(truth, page, typed)
    t.match((await readBook(db, { bookId })).gate, { open: true })
    await countOthers(db, campaignId, typists)
    await count(db, campaignId, typists, { pages: 60, differing: 0 })

    // Whoever releases looks first, and what was found stays.
    const refused = await refusalOf(releaseBook(ledger, { bookId, personId }))
    t.match(refused, { code: 'GATE_SHUT', details: ['open-cases: 1'] })
    const look = () => ledger.change((change) => openReviews(change, campaignId))
    await Promise.all([look(), look()])
    const [review] = (await listReviews(db, { campaignId })).reviews
    if (review === undefined) throw new Error('there is no review')
    const { reviewId } = review
    t.equal(review.state, 'open')
    const signals = [
      { signal: 'commit-times', found: 1, of: 1, expected: 1 },
      { signal: 'spelling' },
    ]
    t.match(review.events, [
      { kind: 'opened', number: 1, pair: { flagged: true, pages: 61, signals } },
    ])
    t.match((await readPairs(db, { campaignId })).pairs[0]?.review, { reviewId, state: 'open' })

    const by = { reviewId, personId, note: 'Sổ in, chữ rõ' }
    const own = noteReview(ledger, { ...by, personId: typists[1] })
    t.equal((await refusalOf(own)).code, 'OWN_REVIEW')
    await noteReview(ledger, by)
    const closed = await closeReview(ledger, { ...by, outcome: 'explained' })
    t.match(closed, {
      state: 'explained',
      events: [
        {},
        { kind: 'noted', personId, note: by.note },
        { kind: 'closed', outcome: 'explained' },
      ],
    })
    const twice = closeReview(ledger, { ...by, outcome: 'confirmed' })
    t.equal((await refusalOf(twice)).code, 'REVIEW_CLOSED')
    const nowhere = noteReview(ledger, { ...by, reviewId: randomUUID() })
    t.equal((await refusalOf(nowhere)).code, 'NOT_FOUND')
    t.match(await factsSaid(db, reviewClosed), [{ reviewId, closedBy: personId }])
    t.match((await readBook(db, { bookId })).gate, { open: true, stops: [] }, 'it lets go')
    await t.rejects(db.deleteFrom('review_event').execute(), 'what was said stays')

    await count(db, campaignId, typists, { pages: 10, differing: 0 })
    await look()
    t.match((await listReviews(db, {})).reviews, [{ state: 'explained' }], 'a little more')
    await count(db, campaignId, typists, { pages: 100, differing: 0 })
    await look()
    t.match((await listReviews(db, {})).reviews, [
      { state: 'open', events: [{}, {}, {}, { number: 4 }] },
    ])
    t.match(
      (await factsSaid(db, reviewOpened)).map(({ again }) => again),
      [false, true],
    )
    t.same((await listReviews(db, { before: reviewId })).reviews, [])

    await closeReview(ledger, { ...by, outcome: 'confirmed' })
    const stops = async () => (await readBook(db, { bookId })).gate?.stops
    t.match(await stops(), [{ what: 'open-cases', count: 1 }])
    const sample = async () => {
      await freezeBook(ledger, { bookId, personId, pages: 1 })
      await keyAudit(truth, page, typed)
    }
    for (const fields of [['village'], ['fullName', 'birthDate']]) {
      t.match(await stops(), [{ what: 'open-cases', count: 1 }], 'not all is worked over')
      await reworkBook(ledger, { bookId, personId, fields })
      await keyAudit(truth, page, typed)
      await sample()
    }
    t.same(await stops(), [], 'every field was keyed again by others')
    t.match(await releaseBook(ledger, { bookId, personId }), { state: 'released' })
  },
)
