import { randomUUID } from 'node:crypto'
import {
  type BodyOf,
  type FormDefinition,
  type pageReceived,
  rulingRechecked,
} from '@songnhap/contracts'
import { readCounts, total } from '@songnhap/database'
import { factsSaid, recordOf } from '@songnhap/testkit'
import type { Test } from 'tap'
import { setShare } from '../src/rechecks/set-share.ts'
import { choose, openTruth, questionOn, type Truth } from './open-truth.ts'

type Page = BodyOf<typeof pageReceived>

export const [ONE, TWO] = ['Thôn Đông', 'Thôn Tây']

interface Rechecked {
  readonly pages?: number
  /** Every ruling is drawn, or none is. */
  readonly share?: 0 | 1
  readonly form?: FormDefinition
  /** As each typist read the name. */
  readonly names?: readonly [string, string]
  /** Whether somebody else waits for arbitrations. */
  readonly colleague?: boolean
}

/** Pages on which the typists read one village differently. */
export async function openRechecked(
  t: Test,
  {
    pages = 1,
    share = 1,
    form,
    names = ['Lò Văn Hai', 'Lò Văn Hai'],
    colleague = true,
  }: Rechecked = {},
) {
  const truth = await openTruth(t, pages, form)
  await setShare(truth.db, share)
  if (colleague) {
    const until = new Date(Date.now() + 3_600_000)
    const asking = { person_id: randomUUID(), escalated: false, capacity: 1, until }
    await truth.db.insertInto('waiting').values(asking).execute()
  }
  for (const page of truth.pages) {
    const [first, second] = [
      recordOf({ village: ONE, fullName: names[0] }),
      recordOf({ village: TWO, fullName: names[1] }),
    ]
    await truth.keyTwice(page, [first], [second])
  }
  return truth
}

/** Somebody takes the next arbitration and says that the village is this. */
export async function say(
  truth: Truth,
  value: string,
  { person = randomUUID() as string, escalated = false } = {},
): Promise<string> {
  const assignment = await truth.takeOne(person, escalated)
  await truth.rule(person, assignment, [choose(questionOn(assignment, 'village'), value)])
  return person
}

/** How the village of a page is settled, one revision after the other. */
export async function villagesOf(truth: Truth, { pageId }: Page) {
  const rows = await truth.db
    .selectFrom('settled_record')
    .select(['revision', 'values'])
    .where('page_id', '=', pageId)
    .orderBy('revision')
    .execute()
  return rows.map(({ values }) => {
    const { village } = values as Record<string, { value: string; rule: string }>
    return [village?.value, village?.rule]
  })
}

export async function countsOf({ db, campaignId }: Truth, subject: string) {
  const own = (await readCounts(db, campaignId)).filter((count) => count.subject === subject)
  return (measure: string) => total(own, measure)
}

export async function outcomes({ db }: Truth) {
  const facts = await factsSaid(db, rulingRechecked)
  return facts.map(({ reason, outcome, disagreed }) => [reason, outcome, disagreed])
}
