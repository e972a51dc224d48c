/** Rule N5 of docs/spec/blindness.md: an arbiter who had the page in hand, also at the same moment. */
import { randomUUID } from 'node:crypto'
import { newPeople, recordOf } from '@songnhap/testkit'
import { t } from 'tap'
import { openTruth, type Truth } from './open-truth.ts'

const RACES = 25
const REFUSED = 'SN002'

t.test('N5: of one person as typist and as arbiter the database takes one', async (t) => {
  const truth = await openTruth(t, RACES)
  for (const page of truth.pages) {
    await truth.keyTwice(page, [recordOf({ village: 'một' })], [recordOf({ village: 'hai' })])
  }
  const asked = await truth.db.selectFrom('question').select(['page_id', 'question_id']).execute()
  t.equal(asked.length, RACES)
  const races = asked.map(async ({ page_id, question_id }, index) => {
    const [person = ''] = newPeople(1)
    const see = () => truth.db.insertInto('seen').values({ page_id, person_id: person }).execute()
    const rule = () => insertRuling(truth, page_id, question_id, person)
    const both = index % 2 === 0 ? [see, rule] : [rule, see]
    return await Promise.all(both.map((insert) => stateOf(insert())))
  })
  for (const outcomes of await Promise.all(races)) t.same(outcomes.sort(), [REFUSED, 'done'])
})

t.test('N5: a ruling waits for an entry that is being taken in', async (t) => {
  const truth = await openTruth(t)
  const { pageId } = truth.page
  await truth.keyTwice(truth.page, [recordOf({ village: 'một' })], [recordOf({ village: 'hai' })])
  const { question_id } = await truth.db
    .selectFrom('question')
    .select('question_id')
    .executeTakeFirstOrThrow()
  const [person = ''] = newPeople(1)
  const ruling = await truth.db.transaction().execute(async (trx) => {
    await trx.insertInto('seen').values({ page_id: pageId, person_id: person }).execute()
    // In a transaction that sees nothing of ours yet.
    return { outcome: stateOf(insertRuling(truth, pageId, question_id, person)) }
  })
  t.equal(await ruling.outcome, REFUSED)
})

async function insertRuling({ db }: Truth, pageId: string, questionId: string, arbiterId: string) {
  await db
    .insertInto('ruling')
    .values({
      ruling_id: randomUUID(),
      submission_id: randomUUID(),
      question_id: questionId,
      page_id: pageId,
      arbiter_id: arbiterId,
      escalated: false,
      verdict: 'first',
    })
    .execute()
}

/** `done`, or the state with which the database refused. */
async function stateOf(doing: Promise<unknown>): Promise<unknown> {
  try {
    await doing
    return 'done'
  } catch (error) {
    return error instanceof Error ? Reflect.get(error, 'code') : error
  }
}
