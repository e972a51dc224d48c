/** Rules U8–U13 of docs/spec/audit.md: what was drawn is keyed, decided, put right and counted. */
import { randomUUID } from 'node:crypto'
import { verifyAudit } from '@songnhap/audits'
import {
  bookAudited,
  type FormDefinition,
  pageSettled,
  panelRuled,
  type Reading,
  recordSettled,
} from '@songnhap/contracts'
import { readCounts, total } from '@songnhap/database'
import { factsSaid, recordOf, SMALL_FORM } from '@songnhap/testkit'
import { sql } from 'kysely'
import { type Test, t } from 'tap'
import { readOperators } from '../src/accuracy/read-operators.ts'
import { exportAudit } from '../src/audits/export-audit.ts'
import { readAudit } from '../src/audits/read-audits.ts'
import { showEntries } from '../src/show-entries.ts'
import { auditCampaign, readProgress } from '../src/supervise.ts'
import { countedOf } from './counted.ts'
import {
  asTyped,
  forValue,
  freeze,
  keyAudit,
  openFrozen,
  rulePanel,
  wantedCells,
} from './open-audit.ts'
import { choose, entryOf, openTruth, questionOn, refusalOf } from './open-truth.ts'

const FORM: FormDefinition = {
  ...SMALL_FORM,
  fields: SMALL_FORM.fields.map((field) =>
    field.name === 'village' ? { ...field, dittoFrom: 'record-above' } : field,
  ),
}
const PAGE = [recordOf(), recordOf({ fullName: 'Lò Văn Hai' })]
const RIGHT = 'Trần Thị Mẩn'
const DITTO: Reading = { value: '', mark: 'ditto', origin: 'typed' }

/** Pages, one if not said otherwise, of each of which the audit reads one name otherwise. */
async function openDisputed(t: Test, pages = [PAGE]) {
  const audited = await openFrozen(t, pages, FORM)
  const typed = asTyped(audited.pages, pages)
  let auditor = ''
  for (const page of audited.pages) {
    auditor = await keyAudit(audited, page, (at) =>
      at.field === 'fullName' && at.place === 1 ? RIGHT : typed(at),
    )
  }
  return { ...audited, auditor }
}

t.test('U8, U12: what is keyed alike ends the audit, and nothing changes', async (t) => {
  const audited = await openFrozen(t, [PAGE, PAGE], FORM)
  const { db, pages, auditId, bookId, campaignId } = audited
  const before = await readProgress(db, campaignId)
  const typed = asTyped(pages, [PAGE, PAGE])
  for (const page of pages) {
    t.notOk('ended' in (await readAudit(db, auditId)))
    // A ditto mark says what was typed out, and another form of a date is the same date.
    await keyAudit(audited, page, (at) => {
      if (at.field === 'village' && at.place === 2) return DITTO
      return at.field === 'birthDate' ? '1-2-1985' : typed(at)
    })
  }
  const { ended, ...audit } = await readAudit(db, auditId)
  t.match(audit, { drawn: 12, keyed: 12, decided: 12 })
  const none = { agreed: 0, ruled: 0, single: 0 }
  const figures = { class: 'ordinary', fields: 12, checked: 12, wrong: 0 } as const
  t.same(ended?.figures, [{ ...figures, wrongBy: none, checkedBy: { ...none, agreed: 12 } }])
  const [fact] = await factsSaid(db, bookAudited)
  t.match(fact, { bookId, auditId, look: 1, secret: ended?.secret, seed: ended?.seed })
  t.same(await readProgress(db, campaignId), before)
  t.equal((await factsSaid(db, pageSettled)).length, 2)

  const [records, cells] = [
    await exportAudit(db, { auditId, part: 'records', from: 0 }),
    await exportAudit(db, { auditId, part: 'cells', from: 0 }),
  ]
  const whole = { format: 'songnhap-audit-1' as const, ...records, cells: cells.cells }
  t.same(await verifyAudit(whole), [], 'and it can be repeated')
  t.not((await verifyAudit({ ...whole, records: whole.records.slice(1) })).length, 0)
  t.not((await verifyAudit({ ...whole, cells: whole.cells.slice(1) })).length, 0)
})

t.test('U9, U13: what differs is asked of two who never had the page, each blind', async (t) => {
  const audited = await openDisputed(t)
  const { auditor, typists, auditId, db, ledger } = audited
  for (const person of [auditor, ...typists]) t.same(await audited.take(person), [])
  const [first, second] = [randomUUID(), randomUUID()]
  const one = await audited.takeOne(first)
  t.same(await audited.take(first, false, 2), [one], 'nobody has both seats')
  const two = await audited.takeOne(second)
  const [asked, mirrored] = [one.questions[0], two.questions[0]]
  t.same([one.questions.length, two.questions.length], [1, 1])
  t.match(asked, { kind: 'field', record: 1, field: 'fullName', present: [true, true] })
  t.same(asked?.readings.toReversed(), mirrored?.readings, 'in the other order')
  t.same(
    asked?.readings.map((reading) => reading?.value).toSorted(),
    ['Trần Thị Mận', RIGHT].toSorted(),
  )
  t.same(Object.keys(one).toSorted(), [
    'bookTitle',
    'escalated',
    'expiresAt',
    'form',
    'kind',
    'leaseToken',
    'pageId',
    'questions',
    'sequence',
  ])
  const entries = showEntries(ledger, { personId: first, leaseToken: one.leaseToken })
  t.equal((await refusalOf(entries)).code, 'LEASE_ENDED', 'both entries would tell which is which')
  t.match(await readAudit(db, auditId), { keyed: 6, decided: 5 })

  const ruling = choose(questionOn(one, 'fullName'), RIGHT)
  const wrong = { ...ruling, verdict: 'aligned' as const }
  t.equal((await refusalOf(audited.rule(first, one, [wrong]))).code, 'RULING_INVALID')
  const submission = randomUUID()
  t.match(await audited.rule(first, one, [ruling], submission), { open: 0 })
  t.match(await audited.rule(first, one, [ruling], submission), { open: 0 }, 'sent again')
  const late = audited.rule(second, one, [ruling])
  t.equal((await refusalOf(late)).code, 'LEASE_ENDED', 'a seat is its holder’s')
  t.match(await readAudit(db, auditId), { decided: 5 }, 'one alone decides nothing')
  const forged = sql`
    insert into panel_ruling (ruling_id, submission_id, item_id, page_id, turn, seat, arbiter_id, verdict)
    select gen_random_uuid(), gen_random_uuid(), item_id, page_id, turn, 2, ${first}, 'first'
    from panel_ruling`.execute(db)
  await t.rejects(forged, { code: 'SN002' }, 'the database refuses one person on both seats')
})

t.test('U10, U11: two who agree decide; a wrong value is put right, and judged by', async (t) => {
  const audited = await openDisputed(t)
  const { db, auditId, campaignId, page, typists } = audited
  const progress = await readProgress(db, campaignId)
  await rulePanel(audited, forValue(RIGHT))
  await rulePanel(audited, forValue(RIGHT))
  const { ended } = await readAudit(db, auditId)
  t.match(ended?.figures, [{ checked: 6, wrong: 1, wrongBy: { agreed: 1, ruled: 0, single: 0 } }])
  t.equal((await factsSaid(db, panelRuled)).length, 2)
  const settled = (await factsSaid(db, recordSettled)).slice(2)
  t.match(settled, [
    { record: 1, revision: 2, values: { fullName: { value: RIGHT, how: 'ruled', rule: 'audit' } } },
    { record: 2, revision: 2 },
  ])
  t.equal((await audited.settledValues(page.pageId)).length, 4, 'what was settled first is kept')
  t.same(await readProgress(db, campaignId), { ...progress, openArbitrations: 0 })
  const judged = await countedOf(db, campaignId)
  t.match(
    judged.map(({ wrong, audited, judged: of }) => [wrong, audited, of]),
    [
      [1, 1, 6],
      [1, 1, 6],
    ],
    'both had agreed on an error',
  )
  const counts = await readCounts(db, campaignId)
  for (const typist of typists) {
    const own = counts.filter(({ subject }) => subject === typist)
    t.same([total(own, 'audited-agreed'), total(own, 'audited-agreed-wrong')], [6, 1])
  }
  const told = await readOperators(db, { campaignId })
  const alike = { agreed: { numerator: 1, denominator: 6, method: 'binomial' } }
  t.match(told.typists, [alike, alike], 'Y9: how often each agrees on an error')
  const sound = { samePersonTwice: 0, arbiterTyped: 0, doubleSettled: 0 }
  t.same(await auditCampaign(db, campaignId), sound)
})

t.test('U10: what a panel says of the same letters, whatever its words', async (t) => {
  const value = (text: string): Reading => ({ value: text, origin: 'typed' })
  const cases = [
    { one: forValue('Trần Thị Mận'), other: () => ({ verdict: 'both' as const }), wrong: 0 },
    {
      one: forValue(RIGHT),
      other: () => ({ verdict: 'other' as const, value: value(RIGHT) }),
      wrong: 1,
    },
    {
      one: () => ({ verdict: 'illegible' as const }),
      other: () => ({ verdict: 'illegible' as const }),
      wrong: 2,
    },
  ]
  const audited = await openDisputed(t, [PAGE, PAGE, PAGE])
  for (const { one, other, wrong } of cases) {
    await rulePanel(audited, one)
    await rulePanel(audited, other)
    const { length } = (await factsSaid(audited.db, pageSettled)).filter(({ revision }) => revision)
    t.equal(length, wrong)
  }
  t.match(await readAudit(audited.db, audited.auditId), { ended: { figures: [{ wrong: 2 }] } })
})

t.test('U10: where two disagree a supervisor decides who has not had the page', async (t) => {
  const audited = await openDisputed(t)
  const { db, auditId } = audited
  const passing = () => ({ verdict: 'escalate' as const, note: 'mực nhòe' })
  const first = await rulePanel(audited, forValue(RIGHT))
  const second = await rulePanel(audited, passing)
  t.notOk('ended' in (await readAudit(db, auditId)))
  for (const person of [first, second]) t.same(await audited.take(person, true), [])
  t.same(await audited.take(randomUUID()), [], 'for supervisors')
  const { supervisor } = audited
  const last = await audited.takeOne(supervisor, true)
  t.match(last.questions, [{ field: 'fullName', note: 'mực nhòe' }])
  const { questionId = '' } = last.questions[0] ?? {}
  const again = audited.rule(supervisor, last, [{ questionId, verdict: 'escalate', note: 'x' }])
  t.equal((await refusalOf(again)).code, 'RULING_INVALID')
  await audited.rule(supervisor, last, [choose(questionOn(last, 'fullName'), 'Trần Thị Mận')])
  t.match(await readAudit(db, auditId), { ended: { figures: [{ wrong: 0, checked: 6 }] } })
})

t.test(
  'U11, U12: what an arbiter had ruled is told apart, and counted for the arbiter',
  async (t) => {
    const truth = await openTruth(t, 1, FORM)
    const { page, arbiter, db, campaignId } = truth
    const other = [recordOf({ village: 'Thôn Tây' }), recordOf({ fullName: 'Lò Văn Hai' })]
    await truth.keyTwice(page, PAGE, other)
    const assignment = await truth.takeOne(arbiter)
    await truth.rule(arbiter, assignment, [choose(questionOn(assignment, 'village'), 'Thôn Tây')])
    const { auditId } = await freeze(truth)
    t.same(
      (await wantedCells(truth, page)).notBy,
      [arbiter],
      'who saw both readings does not key it',
    )
    await keyAudit(truth, page, asTyped([page], [PAGE]))
    await rulePanel(truth, forValue('Thôn Đông'))
    await rulePanel(truth, forValue('Thôn Đông'))
    t.match(await readAudit(db, auditId), {
      ended: {
        figures: [
          { wrong: 1, wrongBy: { ruled: 1 }, checkedBy: { agreed: 5, ruled: 1, single: 0 } },
        ],
      },
    })
    const counts = (await readCounts(db, campaignId)).filter(({ subject }) => subject === arbiter)
    t.same([total(counts, 'audited-ruled'), total(counts, 'audited-ruled-wrong')], [1, 1])
  },
)

t.test('U8: a reading of anything but what was drawn is kept out', async (t) => {
  const audited = await openFrozen(t, [PAGE], FORM)
  const { page, typists, db } = audited
  const { turn, places, cells } = await wantedCells(audited, page)
  const key = (person: string, records = PAGE, more: { turn?: number; places?: number[] } = {}) =>
    audited.enter(entryOf(page, person, 1, records, [person], { turn, places, cells, ...more }))
  await t.rejects(key(randomUUID(), PAGE, { places: [1] }), /other fields/)
  await t.rejects(key(randomUUID(), PAGE.slice(1)), /other fields/)
  await t.rejects(key(randomUUID(), PAGE, { turn: 7 }), /other fields/)
  await t.rejects(key(typists[0]), { code: 'SN002' }, 'nobody audits a page that he or she typed')
  t.same(await db.selectFrom('audit_reading').selectAll().execute(), [])
})
