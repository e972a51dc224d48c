/** Rule R30 of docs/spec/arbitration.md: arbitrations that nobody may have do not wait unseen. */
import { recordOf } from '@songnhap/testkit'
import { t } from 'tap'
import { listStuckPages } from '../src/list-stuck-pages.ts'
import { openTruth, questionOn } from './open-truth.ts'

t.test('R30: an arbitration whose arbiters all had the page in hand is stuck', async (t) => {
  const { db, campaignId, typists, arbiter, supervisor, page, ...truth } = await openTruth(t)
  await truth.keyTwice(page, [recordOf({ village: 'một' })], [recordOf({ village: 'hai' })])
  const stuckFor = async (arbiters: string[], supervisors: string[]) => {
    const { pages } = await listStuckPages(db, { campaignId, arbiters, supervisors })
    return pages.map(({ pageId }) => pageId)
  }
  t.same(await stuckFor([...typists], [supervisor]), [page.pageId])
  t.same(await stuckFor([...typists, arbiter], []), [])
  const assignment = await truth.takeOne(arbiter)
  t.same(await stuckFor([...typists], []), [], 'somebody has it')

  const { questionId } = questionOn(assignment, 'village')
  await truth.rule(arbiter, assignment, [{ questionId, verdict: 'escalate', note: 'khó đọc' }])
  t.same(await stuckFor([], [arbiter]), [page.pageId], 'who passed it on may not rule on it')
  t.same(await stuckFor([], [arbiter, supervisor]), [])
})
