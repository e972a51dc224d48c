/** Rule R28 of docs/spec/arbitration.md: pages that an earlier release compared, in its own tables. */
import { randomUUID } from 'node:crypto'
import { copyFile, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { readingWanted, type TypedRecords } from '@songnhap/contracts'
import { migrateService, openDatabase, openLedger } from '@songnhap/database'
import { factsSaid, newPeople, recordOf, SMALL_FORM, testDatabase } from '@songnhap/testkit'
import { type Kysely, sql } from 'kysely'
import { type Test, t } from 'tap'
import type { DB } from '../src/schema.gen.ts'
import { submitRulings } from '../src/submit-rulings.ts'
import { takeArbitrations } from '../src/take-arbitrations.ts'
import { choose, questionOn, TIMES } from './open-truth.ts'

const MIGRATIONS = fileURLToPath(new URL('../migrations/', import.meta.url))
const BEFORE = ['0001_truth.sql', '0002_arbiter_apart.sql', '0003_rows.sql']
/** Roles belong to the whole server, and the tests that share it know this one. */
const PASSWORD = 'for tests only'
const NOBODY = '00000000-0000-0000-0000-000000000000'

/** A database as the release before made it, and how it is brought up to date. */
async function openEarlier(t: Test) {
  const folder = await mkdtemp(join(tmpdir(), 'songnhap-earlier-'))
  t.teardown(() => rm(folder, { recursive: true, force: true }))
  for (const file of BEFORE) await copyFile(join(MIGRATIONS, file), join(folder, file))
  const { db, adminUrl } = await testDatabase<DB>(t, 'reconcile', pathToFileURL(`${folder}/`))
  const owner = openDatabase<unknown>(adminUrl, 'reconcile', undefined, 1)
  t.teardown(() => owner.destroy())
  const upgrade = async () => {
    const since = (await readdir(MIGRATIONS)).filter((file) => !BEFORE.includes(file))
    for (const file of since) await copyFile(join(MIGRATIONS, file), join(folder, file))
    await migrateService({ adminUrl, schema: 'reconcile', password: PASSWORD, folder })
  }
  return { db, owner, upgrade }
}

interface OldQuestion {
  readonly record: number
  readonly field: string | null
  /** In the order of the passes; absent: open. */
  readonly verdict?: string
}

/** A page of which the first typist has `first`, with its questions as they were asked then. */
async function plantPage(
  owner: Kysely<unknown>,
  [first, second]: readonly [TypedRecords, TypedRecords],
  rows: unknown,
  differences: unknown,
  questions: readonly OldQuestion[],
): Promise<string> {
  const [campaign, book, page, one, two] = Array.from({ length: 5 }, () => randomUUID())
  const [typist, other, arbiter] = newPeople(3)
  await sql`
    insert into campaign values (${campaign}, ${JSON.stringify(SMALL_FORM)});
    `.execute(owner)
  await sql`insert into book values (${book}, ${campaign}, 'Quyển 1')`.execute(owner)
  await sql`insert into page values (${page}, ${campaign}, ${book}, 1, ${'0'.repeat(64)})`.execute(
    owner,
  )
  await sql`
    insert into reading (entry_id, page_id, person_id, pass, records) values
      (${one}, ${page}, ${typist}, 1, ${JSON.stringify(first)}),
      (${two}, ${page}, ${other}, 2, ${JSON.stringify(second)})`.execute(owner)
  await sql`
    insert into comparison (page_id, rule_version, first_entry_id, second_entry_id, fields, records,
                            differences, rows)
    values (${page}, '2', ${one}, ${two}, 3, 3, ${JSON.stringify(differences)},
            ${rows === null ? null : JSON.stringify(rows)})`.execute(owner)
  await sql`insert into open_arbitration (page_id, campaign_id) values (${page}, ${campaign})`.execute(
    owner,
  )
  for (const { record, field, verdict } of questions) {
    const question = randomUUID()
    await sql`
      insert into question (question_id, page_id, record, field, swapped)
      values (${question}, ${page}, ${record}, ${field}, false)`.execute(owner)
    if (verdict === undefined) continue
    await sql`
      insert into ruling (ruling_id, submission_id, question_id, page_id, arbiter_id, escalated, verdict)
      values (${randomUUID()}, ${NOBODY}, ${question}, ${page}, ${arbiter}, false, ${verdict})`.execute(
      owner,
    )
  }
  return page ?? ''
}

const an = recordOf({ fullName: 'Lê Văn An', birthDate: '01/02/1985', village: 'Tây' })
const binh = recordOf({ fullName: 'Trần Thị Bình', birthDate: '15/07/1990' })
const cuong = recordOf({ fullName: 'Phạm Quốc Cường', birthDate: '30/11/1978' })
const anInDong = { ...an, village: { value: 'Đông', origin: 'typed' } } as const

const outcome = {
  class: 'different',
  rule: 'value-differs',
  ruleVersion: '2',
  reason: '',
  distance: 1,
  detail: [],
}
const villageDiffers = {
  record: 1,
  field: 'village',
  outcome,
  readings: [an['village'], anInDong.village],
  present: [true, true],
}
/** A record that the first entry alone has, and each of its fields. */
function missing(record: number) {
  const alone = { ...outcome, class: 'row-missing', rule: 'row-missing' }
  return [null, 'fullName', 'birthDate', 'village'].map((field) => {
    return { record, field, outcome: alone, readings: [null, null], present: [true, false] }
  })
}
const fieldsOf = (record: number): OldQuestion[] =>
  ['fullName', 'birthDate', 'village'].map((field) => ({ record, field }))

t.test('R28: what was ruled stays, and a record ruled to be there is keyed again', async (t) => {
  const { db, owner, upgrade } = await openEarlier(t)
  const page = await plantPage(
    owner,
    [
      [an, binh, cuong],
      [anInDong, cuong],
    ],
    [
      [0, 0],
      [1, null],
      [2, 1],
    ],
    [villageDiffers, ...missing(2)],
    [
      { record: 1, field: 'village' },
      { record: 2, field: null, verdict: 'first' },
      ...fieldsOf(2).map((one) => ({ ...one, verdict: 'first' })),
    ],
  )
  await upgrade()
  const asked = await db.selectFrom('question').selectAll().orderBy('field').execute()
  t.match(
    asked.map(({ kind, field, first_row, second_row }) => [kind, field, first_row, second_row]),
    [
      ['field', 'birthDate', 1, null],
      ['field', 'fullName', 1, null],
      ['field', 'village', 0, 0],
      ['field', 'village', 1, null],
      ['record', null, 1, null],
    ].toSorted(),
  )
  await t.rejects(db.deleteFrom('question').execute(), { code: 'SN001' }, 'guarded as before')

  const ledger = openLedger(db, () => {})
  const [personId = ''] = newPeople(1)
  const asking = { personId, capacity: 1, escalated: false }
  const [assignment] = (await takeArbitrations(ledger, TIMES, asking)).assignments
  if (assignment === undefined) throw new Error('a field is open')
  t.match(assignment.questions, [{ kind: 'field', record: 1, field: 'village' }])
  t.equal(assignment.questions.length, 1)
  const { leaseToken } = assignment
  const rulings = [choose(questionOn(assignment, 'village', 1), 'Tây')]
  const submission = { personId, submissionId: randomUUID(), leaseToken, rulings }
  t.equal((await submitRulings(ledger, () => {}, submission)).open, 0)
  t.match(await factsSaid(db, readingWanted), [{ pageId: page, pass: 2, turn: 2, places: [2] }])
})

t.test(
  'R28: a page on which nothing is asked any more is found when work is asked for',
  async (t) => {
    const { db, owner, upgrade } = await openEarlier(t)
    const page = await plantPage(owner, [[an, binh], [an]], null, missing(2), [
      { record: 2, field: null, verdict: 'first' },
      ...fieldsOf(2),
    ])
    await upgrade()
    t.match(
      (await db.selectFrom('question').selectAll().execute()).map((one) => one.second_row),
      [null, null, null, null],
      'by place, where the pairs were not kept',
    )
    const ledger = openLedger(db, () => {})
    const [personId = ''] = newPeople(1)
    const asking = { personId, capacity: 1, escalated: false }
    t.same((await takeArbitrations(ledger, TIMES, asking)).assignments, [])
    t.match(await factsSaid(db, readingWanted), [{ pageId: page, places: [2], notBy: [personId] }])
    t.same(await db.selectFrom('open_arbitration').selectAll().execute(), [])
  },
)
