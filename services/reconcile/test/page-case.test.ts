/** What rulings make of a page's case, before they are stored: rules R8 and R10 of docs/spec/arbitration.md. */
import type { Ruling, Verdict } from '@songnhap/contracts'
import { newPeople, recordOf } from '@songnhap/testkit'
import { t } from 'tap'
import { openQuestions } from '../src/arbitration-assignment.ts'
import { loadPageCase } from '../src/load-page-case.ts'
import { type PageCase, ruleOn } from '../src/page-case.ts'
import { pairEntries } from '../src/pair-entries.ts'
import { caseOf } from './case-of.ts'
import { choose, chooseExistence, entryOf, openTruth, questionOn } from './open-truth.ts'

/** The id of the question about a field. */
function idOf({ asked }: PageCase, field: string): string {
  return asked.find((question) => question.field === field)?.questionId ?? ''
}

const villageOf = ({ state }: PageCase) =>
  state.kind === 'settled' ? state.records[0]?.values['village']?.value : undefined

t.test('R6: `first` and `second` are as the readings were shown', async (t) => {
  const cases = [
    [false, 'first', 'một'],
    [false, 'second', 'hai'],
    [true, 'first', 'hai'],
    [true, 'second', 'một'],
    [true, 'both', 'một'],
  ] as const satisfies [boolean, Verdict, string][]
  for (const [swapped, verdict, village] of cases) {
    const page = caseOf([recordOf({ village: 'một' })], [recordOf({ village: 'hai' })], {
      swapped,
    })
    t.equal(villageOf(ruleOn(page, [{ questionId: idOf(page, 'village'), verdict }])), village)
  }
})

t.test('R8: rulings add up, and a page is settled by the last one', async (t) => {
  const page = caseOf([recordOf({ village: 'một', fullName: 'A' })], [recordOf()])
  const once = ruleOn(page, [{ questionId: idOf(page, 'village'), verdict: 'first' }])
  t.same(
    openQuestions(once, false).map(({ field }) => field),
    ['fullName'],
  )
  const twice = ruleOn(once, [{ questionId: idOf(page, 'fullName'), verdict: 'second' }])
  t.equal(villageOf(twice), 'một')
  t.equal(page.state.kind, 'open', 'and what it was before stays as it was')
})

t.test('R10: what is passed on is open for a supervisor, who has the last word', async (t) => {
  const page = caseOf([recordOf({ village: 'một' })], [recordOf({ village: 'hai' })])
  const questionId = idOf(page, 'village')
  const passedOn = ruleOn(page, [{ questionId, verdict: 'escalate', note: 'khó đọc' }])
  t.same(openQuestions(passedOn, false), [])
  t.match(openQuestions(passedOn, true), [{ questionId }])
  t.equal(villageOf(ruleOn(passedOn, [{ questionId, verdict: 'second' }])), 'hai')
})

t.test('R8: what rulings make of a page is what is found stored afterwards', async (t) => {
  const truth = await openTruth(t)
  const { page, arbiter, supervisor } = truth
  const load = () => truth.ledger.change(({ trx }) => loadPageCase(trx, page.pageId))
  const rule = async (personId: string, escalated: boolean, rulings: Ruling[]) => {
    const before = await load()
    const computed = ruleOn(before, rulings)
    const assignment = await truth.takeOne(personId, escalated)
    await truth.rule(personId, assignment, rulings)
    const stored = await load()
    // How often a page was settled is told by what is stored alone.
    const inOrder = ({ rulings, revision: _, ...rest }: PageCase) => ({
      ...rest,
      rulings: rulings.toSorted((a, b) => a.questionId.localeCompare(b.questionId)),
    })
    t.same(inOrder(stored), inOrder(computed))
    return stored.state.kind
  }
  const [one, other] = [
    recordOf({ fullName: 'Trần Thị Mẫn', village: 'một' }),
    recordOf({ village: 'hai' }),
  ]
  const extra = recordOf({ fullName: 'Lê Văn Thêm', birthDate: '9/9/1999' })
  await truth.keyTwice(page, [one, extra], [other])
  const assignment = await truth.takeOne(arbiter)
  const { questionId } = questionOn(assignment, 'village')
  const name = choose(questionOn(assignment, 'fullName'), 'Trần Thị Mẫn')
  const none = chooseExistence(questionOn(assignment, null, 2), false)
  t.equal(await rule(arbiter, false, [name]), 'open')
  t.equal(
    await rule(arbiter, false, [none, { questionId, verdict: 'escalate', note: 'mờ' }]),
    'open',
  )
  const value = { value: 'ba', origin: 'typed' } as const
  t.equal(await rule(supervisor, true, [{ questionId, verdict: 'other', value }]), 'settled')
})

t.test('R1: both passes make a pair, in their order; a spare reading makes none', async (t) => {
  const [one = '', other = '', late = ''] = newPeople(3)
  const page = (pageId: string) => ({ pageId }) as Parameters<typeof entryOf>[0]
  const second = entryOf(page('a'), other, 2, [])
  const first = entryOf(page('a'), one, 1, [])
  const spare = entryOf(page('b'), late, null, [])
  const alone = entryOf(page('b'), one, 1, [])
  t.same(pairEntries([second, spare, alone, first]), [{ pageId: 'a', entries: [first, second] }])
})
