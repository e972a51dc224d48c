/** Rules U14–U19 of docs/spec/audit.md: the gate, releasing, overriding, working over, the certificate. */
import { randomUUID } from 'node:crypto'
import {
  type AuditTarget,
  bookReleased,
  bookThawed,
  type FormDefinition,
} from '@songnhap/contracts'
import { factsSaid, newBook, newPages, recordOf, SMALL_FORM } from '@songnhap/testkit'
import { type Test, t } from 'tap'
import { freezeBook } from '../src/audits/freeze-book.ts'
import { readBook } from '../src/audits/read-book.ts'
import { askOverride, confirmOverride, releaseBook } from '../src/audits/release-book.ts'
import { reworkBook } from '../src/audits/rework-book.ts'
import { readTargets, setTargets } from '../src/audits/targets.ts'
import { readCertificate } from '../src/audits/write-certificate.ts'
import { onBookOpened, onPageReceived } from '../src/hear-intake.ts'
import { asTyped, forValue, keyAudit, openFrozen, rulePanel, wantedCells } from './open-audit.ts'
import { openTruth, refusalOf } from './open-truth.ts'

const PAGE = [recordOf(), recordOf({ fullName: 'Lò Văn Hai' })]
const FORM: FormDefinition = {
  ...SMALL_FORM,
  fields: SMALL_FORM.fields.map((field) =>
    field.name === 'fullName' ? { ...field, class: 'identity-critical' } : field,
  ),
}
const LENIENT: AuditTarget[] = [
  { class: 'identity-critical', target: 9000 },
  { class: 'ordinary', target: 9000 },
]

/** A book of one page, frozen under these targets, of which the audit reads a field otherwise, or none. */
async function openAudited(t: Test, targets: AuditTarget[], misread?: string) {
  const truth = await openTruth(t, 1, FORM)
  const { ledger, campaignId, supervisor: personId } = truth
  if (targets.length > 0) await setTargets(ledger, { campaignId, personId, targets })
  await truth.keyTwice(truth.page, PAGE, PAGE)
  const { bookId } = truth.page
  await freezeBook(ledger, { bookId, personId, pages: 1 })
  const typed = asTyped([truth.page], [PAGE])
  await keyAudit(truth, truth.page, (at) =>
    at.field === misread && at.place === 1 ? 'Khác hẳn' : typed(at),
  )
  if (misread !== undefined) {
    for (let seat = 0; seat < 2; seat += 1) await rulePanel(truth, forValue('Khác hẳn'))
  }
  return { ...truth, bookId, by: { bookId, personId } }
}

t.test('U14, U18: the gate says what is missing, in every number; so does a draft', async (t) => {
  const audited = await openAudited(t, [], 'village')
  const { db, ledger, by, bookId, campaignId, hear, supervisor } = audited
  const { state, gate } = await readBook(db, { bookId })
  t.equal(state, 'audited')
  t.match(gate, { open: false, stops: [] })
  t.match(gate?.classes, [
    {
      class: 'identity-critical',
      target: 2,
      process: { wrong: 0, checked: 2, confidence: 0.95, moreNeeded: 14_976 },
      book: { wrong: 0, checked: 2, needed: 2, moreNeeded: 0, acceptable: 0, passed: true },
    },
    { class: 'ordinary', target: 10, process: { wrong: 1, checked: 4, moreNeeded: 4738 } },
  ])
  const { code, details } = await refusalOf(releaseBook(ledger, by))
  t.equal(code, 'GATE_SHUT')
  t.same(details, [
    'identity-critical: 0 wrong in 2; at most 7763.9 in 10,000 with 95 %; target 2; 14976 more needed',
    'ordinary: 1 wrong in 4; at most 7514.0 in 10,000 with 95 %; target 10; 4738 more needed; ' +
      'in this book 1 wrong in 4; at most 0 acceptable',
  ])

  const certificate = await readCertificate(db, { bookId })
  t.notOk('release' in certificate, 'a draft')
  t.match(certificate, {
    title: 'Quyển số 01/1985',
    form: { name: 'small-births', version: 1 },
    pages: 1,
    records: 2,
    settled: { agreed: 5, ruled: 0, audited: 1, single: 0 },
    people: { typists: 2, arbiters: 0, auditors: 1, panel: 2 },
    audits: [{ look: 1, ended: { finished: true } }],
  })
  const [identity, ordinary] = certificate.classes
  t.match(identity, { fields: 2, checked: 2, wrong: 0, rate: 0, remaining: 0 })
  const found = { wrong: 1, wrongBy: { agreed: 1 }, rate: 2500, remaining: 0 }
  t.match(ordinary, { class: 'ordinary', fields: 4, checked: 4, ...found })
  // The exact interval of 1 in 4, as tables have it.
  t.equal(ordinary?.low.toFixed(1), '63.1')
  t.equal(ordinary?.high.toFixed(1), '8058.8')

  const book = newBook({ campaignId })
  const [page] = newPages(book, 1)
  if (page === undefined) throw new Error('one page')
  await hear(onBookOpened, book)
  await hear(onPageReceived, page)
  await audited.keyTwice(page, PAGE, PAGE)
  await freezeBook(ledger, { bookId: book.bookId, personId: supervisor, pages: 1 })
  await keyAudit(audited, page, asTyped([page], [PAGE]))
  const next = await readBook(db, { bookId: book.bookId })
  const pooled = { process: { wrong: 1, checked: 8 }, book: { wrong: 0, checked: 4 } }
  t.match(next.gate?.classes[1], pooled, 'books of one form together, also those that failed')
})

t.test('U15: a book is released where its gate is open, once', async (t) => {
  const { db, ledger, by, bookId, campaignId, hear } = await openAudited(t, LENIENT)
  t.match(await readBook(db, { bookId }), { gate: { open: true } })
  const reason = 'không có lý do'
  t.equal((await refusalOf(askOverride(ledger, { ...by, reason }))).code, 'GATE_OPEN')
  t.equal((await refusalOf(reworkBook(ledger, by))).code, 'REWORK_NOTHING')
  t.match(await releaseBook(ledger, by), { state: 'released' })
  t.match(await factsSaid(db, bookReleased), [{ bookId, releasedBy: by.personId }])
  for (const again of [releaseBook(ledger, by), reworkBook(ledger, by)]) {
    t.equal((await refusalOf(again)).code, 'BOOK_RELEASED')
  }
  t.equal((await refusalOf(freezeBook(ledger, { ...by, pages: 1 }))).code, 'BOOK_FROZEN')

  const [, late] = newPages({ bookId, campaignId }, 2)
  await hear(onPageReceived, late)
  t.match(await readBook(db, { bookId }), { state: 'open', releasedAt: /^\d{4}-/ })
  const kept = await readCertificate(db, { bookId })
  t.match(kept, { pages: 1, release: { releasedBy: by.personId } }, 'what was signed stays signed')
})

t.test('U15, U19: nothing is released that is not frozen and audited', async (t) => {
  const frozen = await openFrozen(t, [PAGE], FORM)
  const by = { bookId: frozen.bookId, personId: frozen.supervisor }
  t.equal((await refusalOf(releaseBook(frozen.ledger, by))).code, 'AUDIT_OPEN')
  const [, late] = newPages({ bookId: frozen.bookId, campaignId: frozen.campaignId }, 2)
  if (late === undefined) throw new Error('a second page')
  await frozen.hear(onPageReceived, late)
  t.equal((await refusalOf(releaseBook(frozen.ledger, by))).code, 'BOOK_NOT_FROZEN')
  const unknown = { ...by, bookId: randomUUID() }
  t.equal((await refusalOf(releaseBook(frozen.ledger, unknown))).code, 'NOT_FOUND')

  const { db, ledger, campaignId, supervisor: personId } = frozen
  const defaults = [
    { class: 'identity-critical', target: 2 },
    { class: 'critical', target: 10 },
    { class: 'ordinary', target: 10 },
  ]
  t.same(await readTargets(db, { campaignId }), { targets: defaults })
  // As JSON may bring it: what is not asked for is not looked at.
  const more = JSON.parse('{"__proto__": "more"}')
  const targets: AuditTarget[] = [{ class: 'critical', target: 5, ...more }]
  const set = await setTargets(ledger, { campaignId, personId, targets })
  t.same(set.targets[1], { class: 'critical', target: 5 })
  t.same(await readTargets(db, { campaignId }), set)
  const nowhere = setTargets(ledger, { campaignId: randomUUID(), personId, targets: [] })
  t.equal((await refusalOf(nowhere)).code, 'NOT_FOUND')
})

t.test(
  'U16: an override takes a reason and a second supervisor, and stands for ever',
  async (t) => {
    const { db, ledger, by, bookId, supervisor } = await openAudited(t, [])
    const second = randomUUID()
    const reason = 'Sở cần gấp, sẽ kiểm tra lại'
    const asked = await askOverride(ledger, { ...by, reason })
    t.match(await readBook(db, { bookId }), { state: 'audited', overrides: [asked] })
    const { overrideId } = asked
    const own = confirmOverride(ledger, { ...by, overrideId })
    t.equal((await refusalOf(own)).code, 'SECOND_SUPERVISOR')
    const forged = db
      .insertInto('release')
      .values({
        audit_id: (await db.selectFrom('audit').select('audit_id').executeTakeFirstOrThrow())
          .audit_id,
        book_id: bookId,
        released_by: supervisor,
        override_id: overrideId,
        certificate: '{}',
      })
      .execute()
    await t.rejects(forged, { code: 'SN002' }, 'the database refuses it too')
    const other = confirmOverride(ledger, { bookId, personId: second, overrideId: randomUUID() })
    t.equal((await refusalOf(other)).code, 'NOT_FOUND')
    t.match(await confirmOverride(ledger, { bookId, personId: second, overrideId }), {
      state: 'released',
      overrides: [],
    })
    const told = { override: { reason, askedBy: supervisor }, releasedBy: second }
    t.match(await factsSaid(db, bookReleased), [told])
    t.match(await readCertificate(db, { bookId }), { release: told, gate: { open: false } })
  },
)

t.test('U17: an error in an identity field has it keyed again throughout the book', async (t) => {
  const audited = await openAudited(t, LENIENT, 'fullName')
  const { db, ledger, by, bookId, page } = audited
  t.match((await readBook(db, { bookId })).gate, {
    open: false,
    stops: [{ what: 'identity-errors', count: 1 }],
  })
  const nothing = reworkBook(ledger, { ...by, fields: ['khong'] })
  t.equal((await refusalOf(nothing)).code, 'NOT_FOUND')
  const rework = await reworkBook(ledger, by)
  t.match(rework, { kind: 'rework', drawn: 2, strata: [{ class: 'identity-critical', drawn: 2 }] })
  t.match(await wantedCells(audited, page), { turn: 3, cells: [['fullName'], ['fullName']] })
  t.equal((await refusalOf(releaseBook(ledger, by))).code, 'AUDIT_OPEN')
  const right: Record<number, string> = { 1: 'Khác hẳn', 2: 'Lò Văn Hải' }
  await keyAudit(audited, page, ({ place }) => right[place] ?? '')
  for (let seat = 0; seat < 2; seat += 1) await rulePanel(audited, forValue('Lò Văn Hải'))
  t.match(await readBook(db, { bookId }), { state: 'open', lacks: [] })
  t.match((await factsSaid(db, bookThawed)).at(-1), { reason: 'rework' })

  await freezeBook(ledger, { ...by, pages: 1 })
  const typed = asTyped([page], [PAGE])
  await keyAudit(audited, page, (at) =>
    at.field === 'fullName' ? (right[at.place] ?? '') : typed(at),
  )
  const { gate } = await readBook(db, { bookId })
  t.match(gate, { stops: [] }, 'a fresh sample, after the field was keyed again')
  t.match(gate?.classes[0], {
    process: { wrong: 1, checked: 4, confidence: 0.975 },
    book: { wrong: 0, checked: 2 },
  })
})

t.test('U17: frozen anew without that, the stop stands', async (t) => {
  const audited = await openAudited(t, LENIENT, 'fullName')
  const { db, ledger, by, bookId, page, campaignId, hear } = audited
  const [, late] = newPages({ bookId, campaignId }, 2)
  if (late === undefined) throw new Error('a second page')
  await hear(onPageReceived, late)
  await audited.keyTwice(late, [], [])
  await freezeBook(ledger, { ...by, pages: 2 })
  const typed = asTyped([page], [PAGE])
  await keyAudit(audited, page, (at) =>
    at.field === 'fullName' && at.place === 1 ? 'Khác hẳn' : typed(at),
  )
  t.match((await readBook(db, { bookId })).gate, {
    open: false,
    stops: [{ what: 'identity-errors', count: 1 }],
  })
})
