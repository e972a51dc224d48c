/**
 * Goal: what one typist left out, or two read otherwise, is keyed by a third person through all services, and
 * settled. Method: generated pages of a birth register with three records, through the public doors alone.
 */
import { readFile } from 'node:fs/promises'
import { type Api, signIn, uploadFiles } from '@songnhap/client'
import type {
  ArbitrationAssignment,
  Question,
  Ruling,
  SettledRecord,
  TypedRecord,
  TypedRecords,
  TypingAssignment,
} from '@songnhap/contracts'
import { samplePage } from '@songnhap/samples'
import { eventually, testInstallation } from '@songnhap/testkit'
import { type Test, t } from 'tap'
import { uuidv7 } from 'uuidv7'

const FORM = new URL('../forms/birth-register.v1.json', import.meta.url)
const PASSWORD = 'một mật khẩu dài'

async function openBook(t: Test) {
  const installation = await testInstallation(t)
  const { gatewayUrl, administrator } = installation
  const admin = await signIn(gatewayUrl, administrator.login, administrator.password)
  const enter = async (login: string, role: string) => {
    const account = { login, name: login, roles: [role], password: PASSWORD }
    await admin.post('/api/accounts', account)
    return await signIn(gatewayUrl, login, PASSWORD)
  }
  const typists = [await enter('mot', 'typist'), await enter('hai', 'typist')]
  const [campaignId, bookId] = [uuidv7(), uuidv7()]
  const form: unknown = JSON.parse(await readFile(FORM, 'utf8'))
  await admin.post('/api/campaigns', { campaignId, name: 'Khai sinh', form, pairs: [] })
  await admin.post(`/api/campaigns/${campaignId}/books`, { bookId, title: 'Quyển số 01' })
  return { admin, enter, typists, campaignId, bookId, arbiter: await enter('trong.tai', 'arbiter') }
}

/** The first assignment of a kind that this person gets. */
async function take<A>(person: Api, work: string): Promise<A> {
  const [assignment] = await eventually(
    async () => {
      const body = { work, capacity: 1 }
      return (await person.post<{ assignments: A[] }>('/api/assignments/take', body)).assignments
    },
    (assignments) => assignments.length === 1,
  )
  if (assignment === undefined) throw new Error('nothing was given')
  return assignment
}

async function key(person: Api, records: TypedRecords): Promise<TypingAssignment> {
  const assignment = await take<TypingAssignment>(person, 'typing')
  const { pageId, leaseToken } = assignment
  await person.post('/api/entries', { entryId: uuidv7(), pageId, leaseToken, records })
  return assignment
}

function misspelt(record: TypedRecord | undefined, field: string): TypedRecord {
  return { ...record, [field]: { value: 'Lò Thị Khác Hẳn', origin: 'typed' } }
}

/** For the reading of whoever did not misspell. */
function rightReading({ questionId, readings }: Question): Ruling {
  const verdict = readings[0]?.value === 'Lò Thị Khác Hẳn' ? 'second' : 'first'
  return { questionId, verdict }
}

t.test(
  'R7, R19: a row left out is one question, keyed by a third person, and settled',
  async (t) => {
    const { admin, enter, typists, campaignId, bookId, arbiter } = await openBook(t)
    const { image, truth, name } = await samplePage(1, 0)
    t.equal(truth.length, 3, 'three records')
    const open = async () => new Blob([new Uint8Array(image)])
    await uploadFiles(admin, bookId, [{ name: `${name}.jpg`, open }])
    const [one, two] = typists
    const [first, second] = truth
    if (one === undefined || two === undefined || second === undefined) throw new Error('as set up')
    await key(one, truth.with(0, misspelt(first, 'childName')))
    await key(two, truth.toSpliced(1, 1))

    const asked = await take<ArbitrationAssignment>(arbiter, 'arbitration')
    t.same(
      asked.questions.map(({ kind, record, field }) => `${kind} ${record} ${field}`),
      ['record 2 null', 'field 1 childName'],
      'one question about the row, and only the true difference',
    )
    const [row, field] = asked.questions
    if (row === undefined || field === undefined) throw new Error('two were asked')
    const there: Ruling = {
      questionId: row.questionId,
      verdict: row.present[0] ? 'first' : 'second',
    }
    const { leaseToken } = asked
    await arbiter.post('/api/rulings', {
      submissionId: uuidv7(),
      leaseToken,
      rulings: [there, rightReading(field)],
    })

    const somebodyNew = await enter('ba', 'typist')
    const again = await key(somebodyNew, [misspelt(second, 'fatherName')])
    t.match(again, { pageId: asked.pageId, places: [2] }, 'that record, and nothing more')
    const last = await take<ArbitrationAssignment>(arbiter, 'arbitration')
    t.match(last.questions, [{ kind: 'field', record: 2, field: 'fatherName' }])
    await arbiter.post('/api/rulings', {
      submissionId: uuidv7(),
      leaseToken: last.leaseToken,
      rulings: last.questions.map(rightReading),
    })

    const path = `/api/campaigns/${campaignId}`
    const { records } = await admin.get<{ records: SettledRecord[] }>(`${path}/records`)
    const settled = records.toSorted((a, b) => a.record - b.record)
    t.match(
      settled.map(({ values }) => [values['childName']?.value, values['fatherName']?.value]),
      truth.map((record) => [record['childName']?.value, record['fatherName']?.value]),
    )
    await t.test('H4, H5: a differing field is keyed by a third person, and two settle it', (t) =>
      keyThird(t, { admin, enter, typists: [one, two], campaignId, bookId, arbiter, somebodyNew }),
    )
    const violations = { samePersonTwice: 0, arbiterTyped: 0, doubleSettled: 0 }
    t.same(await admin.get(`${path}/audit`), violations)
  },
)

interface Third {
  readonly admin: Api
  readonly enter: (login: string, role: string) => Promise<Api>
  readonly typists: readonly [Api, Api]
  readonly campaignId: string
  readonly bookId: string
  readonly arbiter: Api
  readonly somebodyNew: Api
}

async function keyThird(
  t: Test,
  { admin, enter, typists, campaignId, bookId, arbiter, somebodyNew }: Third,
): Promise<void> {
  const supervisor = await enter('giam.sat', 'supervisor')
  const path = `/api/campaigns/${campaignId}/third-entries`
  t.match(await supervisor.put(path, { on: true, agreedShare: 0 }), { on: true, waiting: 0 })
  const { image, truth, name } = await samplePage(1, 1)
  const open = async () => new Blob([new Uint8Array(image)])
  await uploadFiles(admin, bookId, [{ name: `${name}.jpg`, open }])
  const [first] = truth
  await key(typists[0], truth.with(0, misspelt(first, 'childName')))
  const { pageId } = await key(typists[1], truth)

  const given = await take<TypingAssignment>(somebodyNew, 'typing')
  t.match(given, { pageId, places: [1], cells: [['childName']] })
  const { leaseToken, places, cells, ...rest } = given
  const asked = JSON.stringify(rest)
  t.notOk(/Khác Hẳn|third|differ|turn|pass/.test(asked), 'nothing tells what others read, or why')
  const records = [{ childName: first?.['childName'] }]
  await somebodyNew.post('/api/entries', { entryId: uuidv7(), pageId, leaseToken, records })
  const settled = await eventually(
    async () => {
      const { records } = await admin.get<{ records: SettledRecord[] }>(
        `/api/campaigns/${campaignId}/records`,
      )
      return records.filter((one) => one.pageId === pageId)
    },
    (found) => found.length === truth.length,
  )
  const value = first?.['childName']?.value
  const values = settled.find(({ record }) => record === 1)?.values
  t.match(values, { childName: { value, how: 'majority', rule: 'majority' } })
  const held = await arbiter.post('/api/assignments/take', { work: 'arbitration', capacity: 1 })
  t.match(held, { assignments: [] }, 'no arbiter was needed')
  t.match(await admin.get(path), { waiting: 0, keyed: 1, majority: 1 })
}
