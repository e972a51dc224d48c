/** Rules U1–U6 of docs/spec/registry.md: drafts of forms, publishing, and the lists that go into them. */
import { readdir, readFile } from 'node:fs/promises'
import { type CodeList, campaignOpened, type FormDefinition } from '@songnhap/contracts'
import { openLedger } from '@songnhap/database'
import { factsSaid, newCampaign, SMALL_FORM, testDatabase } from '@songnhap/testkit'
import { type Test, t } from 'tap'
import { listForms, readForm, tellOfForm } from '../src/forms/list-forms.ts'
import { deleteForm, publishForm } from '../src/forms/publish-form.ts'
import { saveForm } from '../src/forms/save-form.ts'
import { importList } from '../src/lists/import-list.ts'
import { openCampaign } from '../src/open-campaign.ts'
import type { DB } from '../src/schema.gen.ts'
import { codeOf } from './open-shelf.ts'

const SHIPPED = new URL('../../../forms/', import.meta.url)
const SHIPPED_MIN = 2
const MIGRATIONS = new URL('../migrations/', import.meta.url)
const { name, version } = SMALL_FORM
const REFERENCE = { name, version }

const GROUPS: CodeList = {
  name: 'ethnic-groups',
  date: '1979-03-02',
  label: { vi: 'Dân tộc', en: 'Ethnic groups' },
  entries: [
    { value: 'Kinh', code: '01', label: { vi: 'Kinh', en: 'Kinh' }, aliases: ['Việt'] },
    { value: 'Tày', code: '02', label: { vi: 'Tày', en: 'Tày' } },
  ],
}
const WITH_LIST: FormDefinition = {
  ...SMALL_FORM,
  fields: [
    ...SMALL_FORM.fields,
    {
      name: 'danToc',
      kind: 'choice',
      label: { vi: 'Dân tộc', en: 'Ethnic group' },
      lengthMax: 40,
      list: { name: GROUPS.name, date: GROUPS.date },
    },
  ],
}

async function openRegistry(t: Test) {
  const { db } = await testDatabase<DB>(t, 'intake', MIGRATIONS)
  return { db, ledger: openLedger(db, () => {}), save: (form: object) => saveForm(db, of(form)) }
}

function of(form: object) {
  return { ...REFERENCE, form }
}

t.test('U1: a draft is kept as it came, is replaced, and is deleted', async (t) => {
  const { db, save } = await openRegistry(t)
  t.equal(await codeOf(readForm(db, { ...REFERENCE, drafts: true })), 'NOT_FOUND')
  t.equal((await save(SMALL_FORM)).state, 'draft')
  t.same(await readForm(db, { ...REFERENCE, drafts: true }), SMALL_FORM)
  t.equal(await codeOf(readForm(db, REFERENCE)), 'NOT_FOUND', 'not for who keys')
  const changed = { ...SMALL_FORM, recordsMax: 7 }
  await save(changed)
  t.same(await readForm(db, { ...REFERENCE, drafts: true }), changed)
  t.match(await listForms(db, {}), {
    forms: [{ ...REFERENCE, title: SMALL_FORM.title, state: 'draft', fields: 3, campaigns: 0 }],
    more: false,
  })
  t.same(await deleteForm(db, REFERENCE), {})
  t.equal(await codeOf(deleteForm(db, REFERENCE)), 'NOT_FOUND')
  t.same(await listForms(db, {}), { forms: [], more: false })
})

t.test('U1: a draft must be a form, under its own name and version', async (t) => {
  const { db, save } = await openRegistry(t)
  t.equal(await codeOf(save({ ...SMALL_FORM, fields: [] })), 'FORM_INVALID')
  t.equal(await codeOf(save({ ...SMALL_FORM, version: 2 })), 'MALFORMED')
  t.same(await listForms(db, {}), { forms: [], more: false })
})

t.test('U2: a check tells what is wrong with anything, and stores nothing', async (t) => {
  const { db } = await openRegistry(t)
  t.same(await tellOfForm(db, { form: SMALL_FORM }), { errors: [], warnings: [] })
  for (const form of [null, 7, 'biểu', [], {}, { ...SMALL_FORM, version: 'một' }]) {
    const { errors } = await tellOfForm(db, { form })
    t.ok(errors.length > 0, JSON.stringify(form))
    t.ok(errors.every(({ pointer }) => pointer === '' || pointer.startsWith('/')))
  }
  const broken = structuredClone(SMALL_FORM) as { fields: { kind: string }[] }
  for (const field of broken.fields) field.kind = 'tên'
  const { errors } = await tellOfForm(db, { form: broken })
  t.ok(errors.some(({ pointer }) => pointer === '/fields/0/kind'))
  t.same(await listForms(db, {}), { forms: [], more: false })
})

t.test('U3: what is published never changes and is never deleted', async (t) => {
  const { db, save } = await openRegistry(t)
  t.equal(await codeOf(publishForm(db, REFERENCE)), 'NOT_FOUND')
  await save(SMALL_FORM)
  t.same(await publishForm(db, REFERENCE), { state: 'published', listsTaken: [] })
  t.same(await publishForm(db, REFERENCE), { state: 'published', listsTaken: [] }, 'again')
  t.same(await readForm(db, REFERENCE), SMALL_FORM)
  t.equal((await save(SMALL_FORM)).state, 'published', 'the same again changes nothing')
  t.equal(await codeOf(save({ ...SMALL_FORM, recordsMax: 9 })), 'FORM_CHANGED')
  t.equal(await codeOf(deleteForm(db, REFERENCE)), 'FORM_PUBLISHED')
  t.same(await readForm(db, REFERENCE), SMALL_FORM)
  t.match(await listForms(db, {}), { forms: [{ state: 'published' }] })
})

t.test(
  'U4: publishing takes lists from the registry, and names those that are missing',
  async (t) => {
    const { db, save } = await openRegistry(t)
    const { warnings } = await save(WITH_LIST)
    t.match(warnings, [{ pointer: '/fields/3/list', message: /songnhap lists import/ }])
    t.same(await readForm(db, { ...REFERENCE, drafts: true }), WITH_LIST, 'not into a draft')
    await t.rejects(publishForm(db, REFERENCE), {
      code: 'FORM_INVALID',
      details: [/^\/fields\/3\/list .*ethnic-groups of 1979-03-02/],
    })
    await importList(db, GROUPS)
    const listsTaken = [{ name: GROUPS.name, date: GROUPS.date }]
    t.same(await publishForm(db, REFERENCE), { state: 'published', listsTaken })
    t.same(await readForm(db, REFERENCE), { ...WITH_LIST, lists: [GROUPS] })
    t.equal((await save(WITH_LIST)).state, 'published', 'the same file again is the same')
  },
)

t.test('U4: a form keeps a list of its own; where the registry differs it says so', async (t) => {
  const { db, save } = await openRegistry(t)
  await importList(db, GROUPS)
  const own = { ...GROUPS, entries: GROUPS.entries.slice(0, 1) }
  const { warnings } = await save({ ...WITH_LIST, lists: [own] })
  t.match(warnings, [{ pointer: '/lists/0', message: /other content/ }])
  t.same(await publishForm(db, REFERENCE), { state: 'published', listsTaken: [] })
  t.same(await readForm(db, REFERENCE), { ...WITH_LIST, lists: [own] })
})

t.test(
  'U5: a campaign brings its form, which that publishes, or names a published one',
  async (t) => {
    const { db, ledger, save } = await openRegistry(t)
    await save(SMALL_FORM)
    const named = { ...newCampaign(), form: REFERENCE }
    t.equal(await codeOf(openCampaign(ledger, named)), 'FORM_UNPUBLISHED', 'a draft is not enough')
    const changed = { ...SMALL_FORM, recordsMax: 9 }
    const other = { ...newCampaign(), form: changed }
    t.equal(await codeOf(openCampaign(ledger, other)), 'FORM_CHANGED', 'the draft says otherwise')
    await openCampaign(ledger, newCampaign())
    await openCampaign(ledger, named)
    await openCampaign(ledger, named)
    const said = await factsSaid(db, campaignOpened)
    t.same(
      said.map(({ form }) => form),
      [SMALL_FORM, SMALL_FORM],
      'each with the whole form',
    )
    t.match(await listForms(db, {}), { forms: [{ state: 'published', campaigns: 2 }] })
  },
)

t.test('U5: a campaign that brings a form gets its lists into it', async (t) => {
  const { db, ledger } = await openRegistry(t)
  const campaign = { ...newCampaign(), form: WITH_LIST }
  t.equal(await codeOf(openCampaign(ledger, campaign)), 'FORM_INVALID')
  await importList(db, GROUPS)
  await openCampaign(ledger, campaign)
  await openCampaign(ledger, campaign)
  const [opened] = await factsSaid(db, campaignOpened)
  t.same(opened?.form.lists, [GROUPS])
})

t.test('U6: forms are listed by name and version, going on after the last', async (t) => {
  const { db } = await openRegistry(t)
  for (const version of [10, 2, 1]) {
    await saveForm(db, { name, version, form: { ...SMALL_FORM, version } })
  }
  const versions = async (after?: string) =>
    (await listForms(db, after === undefined ? {} : { after })).forms.map((form) => form.version)
  t.same(await versions(), [1, 2, 10])
  t.same(await versions(`${name}@2`), [10])
})

t.test(
  'U1, U3: every form that is shipped goes in, comes back as it was, and is published',
  async (t) => {
    const { db } = await openRegistry(t)
    const files = (await readdir(SHIPPED)).filter((file) => /\.v\d+\.json$/.test(file))
    t.ok(files.length >= SHIPPED_MIN, `${files.length} forms`)
    for (const file of files) {
      const form: FormDefinition = JSON.parse(await readFile(new URL(file, SHIPPED), 'utf8'))
      const { name, version } = form
      t.same(await tellOfForm(db, { form }), { errors: [], warnings: [] }, file)
      t.same(await saveForm(db, { name, version, form }), { state: 'draft', warnings: [] })
      t.same(await readForm(db, { name, version, drafts: true }), form, 'a draft as it came')
      t.same(await publishForm(db, { name, version }), { state: 'published', listsTaken: [] })
      t.same(await readForm(db, { name, version }), form, 'published as it came')
    }
  },
)
