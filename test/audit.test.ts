/**
 * Goal: a book goes from its scans to its certificate, and what that says can be recomputed by others.
 * Method: a whole installation, the public doors, the real command; figures recomputed by a script that
 * uses nothing of ours.
 */
import { execFile } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Api, openGateways, sendFile, signIn } from '@songnhap/client'
import {
  type ArbitrationAssignment,
  type BookStanding,
  type Certificate,
  Problem,
  type TypedRecord,
  type TypedRecords,
  type TypingAssignment,
} from '@songnhap/contracts'
import type { Installation } from '@songnhap/local'
import { eventually, testInstallation } from '@songnhap/testkit'
import { type Test, t } from 'tap'
import { checkDraw, recomputeClass } from './audit/recompute-certificate.ts'
import { blankPages } from './blank-pages.ts'

// Servers are not in our process group: on Ctrl-C an ordinary exit takes them along.
process.once('SIGINT', () => process.exit(130))

const COMMAND = join(import.meta.dirname, '../cli/src/main.ts')
const PASSWORD = 'một mật khẩu dài'
const MISREAD = 'Lò Thị Đọc Nhầm'
const FIELD = 'childName'

type Take = <A>(person: Api, work: string) => Promise<A>

async function openHouse(t: Test) {
  const installation = await testInstallation(t)
  const { gatewayUrls, administrator } = installation
  const gateways = openGateways(gatewayUrls)
  const admin = await signIn(gateways, administrator.login, administrator.password)
  const enter = async (login: string, role: string) => {
    await admin.post('/api/accounts', { login, name: login, roles: [role], password: PASSWORD })
    return await signIn(gateways, login, PASSWORD)
  }
  return { folder: installation.folder, enter, run: commandOf(installation) }
}

function commandOf({ gatewayUrl }: Installation) {
  return async (login: string, ...words: string[]) => {
    const who = { SONGNHAP_LOGIN: login, SONGNHAP_PASSWORD: PASSWORD, SONGNHAP_URL: gatewayUrl }
    const env = { ...process.env, ...who }
    return (await promisify(execFile)(process.execPath, [COMMAND, ...words], { env })).stdout
  }
}

const take: Take = async <A>(person: Api, work: string) => {
  const [assignment] = await eventually(
    async () => {
      const body = { work, capacity: 1 }
      return (await person.post<{ assignments: A[] }>('/api/assignments/take', body)).assignments
    },
    ({ length }) => length === 1,
  )
  if (assignment === undefined) throw new Error('nothing was given')
  return assignment
}

async function key(person: Api, records: (asked: TypingAssignment) => TypedRecords) {
  const asked = await take<TypingAssignment>(person, 'typing')
  const { pageId, leaseToken } = asked
  const entry = { entryId: crypto.randomUUID(), pageId, leaseToken, records: records(asked) }
  await person.post('/api/entries', entry)
}

/** Of the truth what is asked for. */
function asAsked(truth: TypedRecords, { places = [], cells = [] }: TypingAssignment): TypedRecords {
  return places.map((place, index): TypedRecord => {
    const here = Object.entries(truth[place - 1] ?? {})
    return Object.fromEntries(here.filter(([name]) => cells[index]?.includes(name)))
  })
}

t.test('J9, U4, U9, U16, U18: from scans to a certificate that others recompute', async (t) => {
  const { folder, enter, run } = await openHouse(t)
  const [first, second] = [await enter('giam.sat', 'supervisor'), await enter('pho', 'supervisor')]
  const typists = [await enter('mot', 'typist'), await enter('hai', 'typist')]
  const source = await blankPages(1, 5)
  const { image, truth } = await source.page(0)
  const [campaignId, bookId] = [crypto.randomUUID(), crypto.randomUUID()]
  const { form } = source
  await first.post('/api/campaigns', { campaignId, name: 'Khai sinh', form, pairs: [] })
  await first.post(`/api/campaigns/${campaignId}/books`, { bookId, title: 'Quyển số 01' })
  const open = async () => new Blob([new Uint8Array(image)])
  await sendFile(first, bookId, { name: '001.jpg', open })
  const book = `/api/books/${bookId}`
  const freeze = () => first.post(`${book}/freeze`, {})
  // Until reconcile has heard of the book, there is none.
  await eventually(
    () => freeze().catch((error: unknown) => error),
    (refusal) => refusal instanceof Problem && refusal.code === 'BOOK_NOT_SETTLED',
  )

  // Both misread the same: nothing differs, and only an audit can tell.
  const misread = truth.with(0, { ...truth[0], [FIELD]: { value: MISREAD, origin: 'typed' } })
  for (const typist of typists) await key(typist, () => misread)
  await eventually(
    () => first.get<BookStanding>(book),
    ({ lacks }) => lacks.length === 0,
  )
  await freeze()
  t.match(await first.get<BookStanding>(book), { state: 'frozen', audits: [{ keyed: 0 }] })
  await key(await enter('ba', 'typist'), (asked) => asAsked(truth, asked))
  const wanted = truth[0]?.[FIELD]?.value
  for (const login of ['trong.tai', 'hoi.dong']) {
    const arbiter = await enter(login, 'arbiter')
    const { leaseToken, questions } = await take<ArbitrationAssignment>(arbiter, 'arbitration')
    t.match(questions, [{ kind: 'field', record: 1, field: FIELD }])
    const rulings = questions.map(({ questionId, readings }) => {
      return { questionId, verdict: readings[0]?.value === wanted ? 'first' : 'second' }
    })
    await arbiter.post('/api/rulings', { submissionId: crypto.randomUUID(), leaseToken, rulings })
  }

  await t.rejects(first.post(`${book}/release`, {}), { code: 'GATE_SHUT' })
  const reason = 'Sở cần gấp'
  const { overrideId } = await first.post<{ overrideId: string }>(`${book}/overrides`, { reason })
  const confirm = (person: Api) => person.post(`${book}/overrides/${overrideId}/confirm`, {})
  await t.rejects(confirm(first), { code: 'SECOND_SUPERVISOR' })
  await confirm(second)
  t.match(await second.get<BookStanding>(book), { state: 'released' })

  const pairs = `/api/campaigns/${campaignId}/pairs`
  t.match(await first.get(pairs), {
    frame: { tested: 0 },
    pairs: [{ pages: 1, alike: 1, standing: 'unchecked', members: [{ name: /./ }, { name: /./ }] }],
  })
  t.same(await first.get('/api/reviews'), { reviews: [], more: false })
  const note = { note: 'Hai người ngồi hai phòng' }
  const review = `/api/reviews/${crypto.randomUUID()}`
  await t.rejects(first.post(`${review}/notes`, note), { code: 'NOT_FOUND' })
  await t.rejects(first.post(`${review}/close`, { ...note, outcome: 'no' }), { code: 'MALFORMED' })
  for (const typist of typists) {
    await t.rejects(typist.get(pairs), { code: 'NOT_ALLOWED' })
    await t.rejects(typist.get('/api/reviews'), { code: 'NOT_ALLOWED' })
  }
  t.match(
    await run('pho', 'pairs', campaignId),
    /^unchecked {2}(mot|hai) \/ (mot|hai) {2}1 pages$/m,
  )

  const out = join(folder, 'certificate')
  await run('pho', 'certificate', bookId, '--out', out)
  const files = await readdir(out)
  const exportFile = join(out, files.find((name) => name.startsWith('audit-')) ?? '')
  const readJson = async (file: string) => JSON.parse(await readFile(file, 'utf8'))
  const certificate: Certificate = await readJson(join(out, 'certificate.json'))
  const exported = await readJson(exportFile)
  t.match(certificate.release, { override: { reason } })
  t.same(checkDraw(exported), [])
  for (const { target: _, ...told } of certificate.classes) {
    const again = recomputeClass(exported, told.class)
    for (const bound of ['low', 'high', 'upper'] as const) {
      t.ok(Math.abs(again[bound] - told[bound]) < 1e-6, `${told.class} ${bound}`)
    }
    t.same({ ...again, low: 0, high: 0, upper: 0 }, { ...told, low: 0, high: 0, upper: 0 })
  }
  t.equal(
    certificate.classes.reduce((sum, { wrongBy }) => sum + wrongBy.agreed, 0),
    1,
  )
  t.match(await run('', 'audit', 'verify', exportFile), /drawn as committed, counted as told/)
  const pdf = await readFile(join(out, 'certificate.pdf'))
  t.equal(pdf.subarray(0, 5).toString(), '%PDF-')
})
