/** Rules R16, R19 of docs/spec/arbitration.md: what becomes of a page with more than fits into a message. */
import { randomUUID } from 'node:crypto'
import { readingWanted } from '@songnhap/contracts'
import { factsSaid, newPeople, recordOf } from '@songnhap/testkit'
import { t } from 'tap'
import { listRecords } from '../src/supervise.ts'
import { choose, chooseExistence, openTruth, questionOn, refusalOf } from './open-truth.ts'

const MESSAGE_BYTES_MAX = 1024 * 1024
const LONG = 'ằ'.repeat(4000)
const RECORDS = 30

t.test('R16: many long differences are handed in parts, and all get settled', async (t) => {
  const truth = await openTruth(t, 2)
  const records = (letter: string) =>
    Array.from({ length: RECORDS }, (_, index) =>
      recordOf({ village: `${letter}${LONG}`, fullName: `${letter}${index}${LONG}` }),
    )
  for (const page of truth.pages) await truth.keyTwice(page, records('a'), records('b'))

  let parts = 0
  for (;;) {
    const assignments = await truth.take(truth.arbiter, false, 20)
    const bytes = Buffer.byteLength(JSON.stringify({ assignments }))
    t.ok(bytes < MESSAGE_BYTES_MAX, `${bytes} bytes fit into a message`)
    const [assignment] = assignments
    if (assignment === undefined) break
    parts += 1
    await truth.rule(
      truth.arbiter,
      assignment,
      assignment.questions.map((question) => {
        const first = question.readings[0]?.value ?? ''
        return choose(question, first)
      }),
    )
  }
  t.ok(parts > 2, `in ${parts} parts`)

  const listed: string[] = []
  for (let more = true; more; ) {
    const after = listed.at(-1)
    const { campaignId } = truth
    const page = await listRecords(
      truth.db,
      after === undefined ? { campaignId } : { campaignId, after },
    )
    t.ok(Buffer.byteLength(JSON.stringify(page)) < MESSAGE_BYTES_MAX, 'a page of records fits, too')
    listed.push(...page.records.map(({ recordId }) => recordId))
    more = page.more
  }
  t.equal(new Set(listed).size, 2 * RECORDS)
})

t.test(
  'R19: more people than can be named as having seen a page are told, not cut off',
  async (t) => {
    const truth = await openTruth(t)
    const { db, arbiter, page } = truth
    await truth.keyTwice(page, [recordOf()], [])
    const assignment = await truth.takeOne(arbiter)
    const ruling = [chooseExistence(questionOn(assignment, null), true)]
    const leases = newPeople(1800).map((person_id) => ({
      lease_token: randomUUID(),
      page_id: page.pageId,
      person_id,
      escalated: false,
    }))
    await db.insertInto('arbitration_lease').values(leases).execute()
    const refused = await refusalOf(truth.rule(arbiter, assignment, ruling))
    t.match(refused, { code: 'TOO_LARGE', details: [/^1801 people have seen readings/] })
    t.same(await factsSaid(db, readingWanted), [])
  },
)
