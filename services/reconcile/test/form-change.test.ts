/** Rules R31 and R32 of docs/spec/arbitration.md: a campaign goes on with another version of its form. */
import type { FormDefinition } from '@songnhap/contracts'
import { NotYet } from '@songnhap/database'
import { newBook, newCampaign, newPages, newPeople, recordOf, SMALL_FORM } from '@songnhap/testkit'
import fc from 'fast-check'
import { t } from 'tap'
import {
  onBookOpened,
  onCampaignFormChanged,
  onCampaignOpened,
  onPageReceived,
} from '../src/hear-intake.ts'
import { onEntrySubmitted } from '../src/on-entry-submitted.ts'
import { readOverview } from '../src/read-overview.ts'
import { applyFlips, listFlips } from '../src/recompare.ts'
import { readProgress } from '../src/supervise.ts'
import {
  choose,
  chooseExistence,
  entryOf,
  openTruth,
  questionOn,
  refusalOf,
  type Truth,
} from './open-truth.ts'

const option = (value: string) => ({ value, label: { vi: value, en: value } })

/** Names are held against each other strictly, and of a sex only two may be picked. */
const FIRST: FormDefinition = {
  ...SMALL_FORM,
  fields: [
    ...SMALL_FORM.fields,
    {
      name: 'sex',
      kind: 'choice',
      label: { vi: 'Giới tính', en: 'Sex' },
      lengthMax: 10,
      options: [option('Nam'), option('Nữ')],
    },
  ],
}

/** Spellings of a name are settled without a person, and there is one sex more. */
const SECOND: FormDefinition = {
  ...FIRST,
  version: 2,
  fields: FIRST.fields.map((field) => {
    if (field.name === 'fullName') return { ...field, comparison: { accept: ['variant'] } }
    return field.options === undefined
      ? field
      : { ...field, options: [...field.options, option('Không rõ')] }
  }),
}

const SECOND_KEYED = { form: { name: SECOND.name, version: 2 } }
const AN = recordOf({ fullName: 'Lý Văn An', sex: 'Nam' })
const AN_SPELT = recordOf({ fullName: 'Lí Văn An', sex: 'Nam' })
const AN_GIRL = recordOf({ fullName: 'Lý Văn An', sex: 'Nữ' })

const list = ({ db, campaignId }: Truth, form?: FormDefinition) =>
  listFlips(db, { campaignId, ...(form === undefined ? {} : { form }) })

const apply = async (truth: Truth, formVersion?: number) => {
  const { campaignId, ledger } = truth
  const { pages } = await list(truth)
  return await applyFlips(ledger, () => {}, {
    campaignId,
    ...(formVersion === undefined ? {} : { formVersion }),
    pages: pages.map(({ pageId, digest }) => ({ pageId, digest })),
  })
}

const versionsOf = async ({ db }: Truth, pageId: string) => {
  const rows = await db
    .selectFrom('comparison')
    .select('form_version')
    .where('page_id', '=', pageId)
    .orderBy('round')
    .execute()
  return rows.map(({ form_version }) => form_version)
}

t.test(
  'R31: a page is asked and settled by the form that compared it, until it is applied',
  async (t) => {
    const truth = await openTruth(t, 2, FIRST)
    const { arbiter, page, pages } = truth
    await truth.keyTwice(page, [AN], [AN_SPELT])
    await truth.goOnWith(SECOND)
    const assignment = await truth.takeOne(arbiter)
    t.match(assignment, { form: { version: 1 }, questions: [{ field: 'fullName' }] })
    const { pages: listed } = await list(truth)
    t.match(listed, [{ moves: true, flips: [{ field: 'fullName', effect: 'dropped' }] }])
    t.same(await truth.settledValues(page.pageId), [], 'nothing by itself')

    const [, later = page] = pages
    await truth.keyTwice(later, [AN], [AN_SPELT])
    t.match(await truth.settledValues(later.pageId), [{ fullName: { class: 'variant' } }], 'new')
    t.same(await apply(truth, 2), { questions: 0, reopened: 0 }, 'R26')
    t.match(await truth.settledValues(page.pageId), [{ fullName: { how: 'agreed' } }])
    t.same(await versionsOf(truth, page.pageId), [1, 2])
    t.same(await truth.take(arbiter), [])
    t.same(await list(truth), { pages: [], compared: 0 })
  },
)

t.test(
  'R31: open pages go on by the new form though nothing flips; settled ones stay',
  async (t) => {
    const truth = await openTruth(t, 2, FIRST)
    const { arbiter, page, pages } = truth
    const [, settled = page] = pages
    await truth.keyTwice(page, [AN], [AN_GIRL])
    await truth.keyTwice(settled, [AN], [AN])
    await truth.goOnWith(SECOND)
    const assignment = await truth.takeOne(arbiter)
    const { questionId } = questionOn(assignment, 'sex')
    const value = { value: 'Không rõ', origin: 'typed' } as const
    const ruling = { questionId, verdict: 'other', value } as const
    const early = truth.rule(arbiter, assignment, [ruling])
    t.equal((await refusalOf(early)).code, 'RULING_INVALID', 'its form has no such option')
    t.match(await list(truth), { pages: [{ pageId: page.pageId, moves: true, flips: [] }] })
    t.same(await apply(truth), { questions: 0, reopened: 0 })
    t.equal((await truth.takeOne(arbiter)).form.version, 2, 'still in the same hands')
    await truth.rule(arbiter, assignment, [ruling])
    t.match(await truth.settledValues(page.pageId), [{ sex: { value: 'Không rõ', how: 'ruled' } }])
    t.same(await versionsOf(truth, settled.pageId), [1])
  },
)

t.test(
  'R31: what is compared anyway, because a reading comes, is compared by the new form',
  async (t) => {
    const truth = await openTruth(t, 1, FIRST)
    const { arbiter, page } = truth
    const binh = recordOf({ fullName: 'Trần Thị Bình', birthDate: '3/4/1986', sex: 'Nữ' })
    await truth.keyTwice(page, [AN, binh], [AN])
    const assignment = await truth.takeOne(arbiter)
    await truth.rule(arbiter, assignment, [chooseExistence(questionOn(assignment, null, 2), true)])
    await truth.goOnWith(SECOND)
    t.same(await list(truth), { pages: [], compared: 1 }, 'R25: waits for a reading')
    t.match(await readProgress(truth.db, truth.campaignId), { pagesAwaited: 1 }, 'R14')
    t.match(await readOverview(truth.db, truth.campaignId), { waiting: 0, wanted: 1 }, 'K63')
    await truth.keyWanted(page, () => [{ ...binh, sex: { value: 'Không rõ', origin: 'typed' } }])
    t.same(await versionsOf(truth, page.pageId), [1, 2])
    t.match(await readProgress(truth.db, truth.campaignId), { pagesAwaited: 0 }, 'R14')
    const again = await truth.takeOne(arbiter)
    t.match(again, { form: { version: 2 }, questions: [{ field: 'sex', record: 2 }] })
    await truth.rule(arbiter, again, [choose(questionOn(again, 'sex', 2), 'Nữ')])
    t.equal((await truth.settledValues(page.pageId)).length, 2)
  },
)

t.test('R26: nothing is applied before the form is here, or by another one', async (t) => {
  const truth = await openTruth(t, 1, FIRST)
  await truth.keyTwice(truth.page, [AN], [AN_GIRL])
  const { pages } = await list(truth, SECOND)
  const { campaignId, ledger } = truth
  const asListed = (formVersion: number) =>
    applyFlips(ledger, () => {}, {
      campaignId,
      formVersion,
      pages: pages.map(({ pageId, digest }) => ({ pageId, digest })),
    })
  t.equal((await refusalOf(asListed(2))).code, 'UNAVAILABLE', 'try again')
  await truth.goOnWith({ ...SECOND, version: 3 })
  t.equal((await refusalOf(asListed(3))).code, 'FLIPS_CHANGED', 'it was listed by version 2')
  await truth.goOnWith(SECOND)
  t.same(await asListed(2), { questions: 0, reopened: 0 })
  t.same(await versionsOf(truth, truth.page.pageId), [1, 2])
})

type News = 'form' | 'first' | 'second'

t.test(
  'R32: facts may come in any order: no entry is lost, or compared by a form before its own',
  async (t) => {
    const { db, hear } = await openTruth(t)
    const order = fc.shuffledSubarray<News>(['form', 'first', 'second'], { minLength: 3 })
    const keyedBySecond = fc.tuple(fc.boolean(), fc.boolean())
    await fc.assert(
      fc.asyncProperty(order, keyedBySecond, async (order, bySecond) => {
        const campaign = { ...newCampaign(), form: FIRST }
        const book = newBook(campaign)
        const [page] = newPages(book, 1)
        if (page === undefined) throw new Error('a page is needed')
        await hear(onCampaignOpened, campaign)
        await hear(onBookOpened, book)
        await hear(onPageReceived, page)
        const entries = newPeople(2).map((person, index) => {
          const pass = index === 0 ? 1 : 2
          const records = [index === 0 ? AN : AN_SPELT]
          return entryOf(page, person, pass, records, [person], bySecond[index] ? SECOND_KEYED : {})
        })
        const tell = async (one: News) => {
          if (one === 'form') {
            await hear(onCampaignFormChanged, { campaignId: campaign.campaignId, form: SECOND })
          } else {
            await hear(
              onEntrySubmitted(() => {}),
              entries[one === 'first' ? 0 : 1],
            )
          }
        }
        const early: News[] = []
        for (const one of order) {
          await tell(one).catch((error: unknown) => {
            if (!(error instanceof NotYet)) throw error
            early.push(one)
          })
        }
        // As whoever follows the stream does.
        for (const one of early) await tell(one)
        const compared = await db
          .selectFrom('comparison')
          .select('form_version')
          .where('page_id', '=', page.pageId)
          .execute()
        const isBefore = !bySecond.includes(true) && order.at(-1) === 'form'
        t.same(compared, [{ form_version: isBefore ? 1 : 2 }])
      }),
      { numRuns: 15 },
    )
  },
)
