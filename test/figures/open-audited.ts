import { randomUUID } from 'node:crypto'
import { type Api, sendFile, signIn } from '@songnhap/client'
import type {
  ArbitrationAssignment,
  BookStanding,
  TypedRecord,
  TypingAssignment,
  WorkKind,
} from '@songnhap/contracts'
import { samplePage } from '@songnhap/samples'
import { eventually, recordOf, SMALL_FORM } from '@songnhap/testkit'
import { PASSWORD, type World } from '../workplace/open-world.ts'

/** Enough fields a typist that something may be said of him or her: 2 × 60 × 3. */
const PAGES = 2
const RECORDS = 60
const SURNAMES = ['Lò', 'Vi', 'Hà', 'Quang', 'Lương', 'Cầm']
const NAMES = ['Mận', 'Thắm', 'Đào', 'Xoan', 'Bún', 'Pản', 'Hiền', 'Tài', 'Lan', 'Sâm']
/** What both misread alike, so that only an audit can tell. */
const VILLAGE = { written: 'Thôn Đông', misread: 'Thôn Đống' }
/** In every so many records; and where one typist misreads a name that the other reads well. */
const ALIKE_EVERY = 3
const ALONE_EVERY = 20
/** The tone that this typist gets wrong. */
const misreadName = (name: string) => name.replace('Thị', 'Thì')

/** A book in which some is misread by both, and some by one of its two typists. */
export async function openAudited({ url }: World, supervisor: Api) {
  const [campaignId, bookId, title] = [randomUUID(), randomUUID(), 'Sổ khai sinh 01/2003']
  const form = { ...SMALL_FORM, name: 'long-births', recordsMax: RECORDS }
  await supervisor.post('/api/campaigns', { campaignId, name: 'Chiến dịch thử', form, pairs: [] })
  await supervisor.post(`/api/campaigns/${campaignId}/books`, { bookId, title })
  for (let index = 0; index < PAGES; index += 1) {
    const { name, image } = await samplePage(1, index)
    const open = async () => new Blob([new Uint8Array(image)])
    await sendFile(supervisor, bookId, { name: `${name}.jpg`, open })
  }
  const enter = (login: string) => signIn(url, login, PASSWORD)
  const until = (isSo: (book: BookStanding) => boolean) =>
    eventually(() => supervisor.get<BookStanding>(`/api/books/${bookId}`), isSo)
  // Until reconcile has heard of the book, there is none.
  await eventually(
    () => supervisor.get<BookStanding>(`/api/books/${bookId}`).catch(() => undefined),
    (book) => book !== undefined,
  )
  return {
    campaignId,
    bookId,
    title,
    async settle() {
      for (const login of ['an', 'binh']) {
        const typist = await enter(login)
        for (let index = 0; index < PAGES; index += 1) await key(typist, login === 'binh')
      }
      // The arbiter sides with the one who misread: it takes an appeal to find out.
      const misread = (values: readonly string[]) => values.findIndex((value) => !isWritten(value))
      const arbiter = await enter('duc')
      for (let index = 0; index < PAGES; index += 1) {
        await rule(arbiter, 'arbitration', misread)
      }
      await until(({ lacks }) => lacks.length === 0)
    },
    /** A second arbiter and, as the two differ, a supervisor: both say what stands there. */
    async ruleOnAppeal() {
      await rule(await enter('hoa'), 'arbitration', well)
      await rule(await enter('mai'), 'escalation', well)
      await until(({ lacks }) => lacks.length === 0)
    },
    async audit() {
      const third = await enter('chi')
      for (let index = 0; index < PAGES; index += 1) await keyCells(third)
      for (const login of ['bao', 'kim']) {
        const arbiter = await enter(login)
        for (let index = 0; index < PAGES; index += 1) {
          await rule(arbiter, 'arbitration', well)
        }
      }
      await until(({ state }) => state === 'audited')
    },
  }
}

const isWritten = (value: string) => value !== VILLAGE.misread && !value.includes('Thì')
const well = (values: readonly string[]) => values.findIndex(isWritten)

function written(index: number): TypedRecord {
  const surname = SURNAMES[index % SURNAMES.length] ?? ''
  const name = NAMES[Math.floor(index / SURNAMES.length)] ?? ''
  return recordOf({ fullName: `${surname} Thị ${name}`, village: VILLAGE.written })
}

function typed(index: number, errs: boolean): TypedRecord {
  const { fullName, ...rest } = written(index)
  const village = index % ALIKE_EVERY === 0 ? VILLAGE.misread : VILLAGE.written
  const name = fullName?.value ?? ''
  const isWrong = errs && index % ALONE_EVERY === 0
  return { ...rest, ...recordOf({ fullName: isWrong ? misreadName(name) : name, village }) }
}

async function take<A>(person: Api, work: WorkKind): Promise<A> {
  const [assignment] = await eventually(
    async () =>
      (await person.post<{ assignments: A[] }>('/api/assignments/take', { work, capacity: 1 }))
        .assignments,
    ({ length }) => length > 0,
  )
  if (assignment === undefined) throw new Error('there is nothing to do')
  return assignment
}

async function key(person: Api, errs: boolean): Promise<void> {
  const { pageId, leaseToken } = await take<TypingAssignment>(person, 'typing')
  const records = Array.from({ length: RECORDS }, (_, index) => typed(index, errs))
  await person.post('/api/entries', { entryId: randomUUID(), pageId, leaseToken, records })
}

/** As asked, and well. */
async function keyCells(person: Api): Promise<void> {
  const asked = await take<TypingAssignment>(person, 'typing')
  const { pageId, leaseToken, places = [], cells = [] } = asked
  const records = places.map((place, index) =>
    Object.fromEntries(
      Object.entries(written(place - 1)).filter(([name]) => cells[index]?.includes(name)),
    ),
  )
  await person.post('/api/entries', { entryId: randomUUID(), pageId, leaseToken, records })
}

async function rule(
  person: Api,
  work: WorkKind,
  choose: (values: readonly string[]) => number,
): Promise<void> {
  const { leaseToken, questions } = await take<ArbitrationAssignment>(person, work)
  const rulings = questions.map(({ questionId, readings }) => ({
    questionId,
    verdict: choose(readings.map((reading) => reading?.value ?? '')) === 1 ? 'second' : 'first',
  }))
  await person.post('/api/rulings', { submissionId: randomUUID(), leaseToken, rulings })
}
