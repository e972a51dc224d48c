import { randomUUID } from 'node:crypto'
import { type Api, sendFile, signIn } from '@songnhap/client'
import type { ArbitrationAssignment, BookStanding, TypingAssignment } from '@songnhap/contracts'
import { samplePage } from '@songnhap/samples'
import { eventually, recordOf, SMALL_FORM } from '@songnhap/testkit'
import { PASSWORD, type World } from '../workplace/open-world.ts'

const PAGES = 2
const MISREAD = 'Trần Thị Mân'

/** A book in which two typists misread one name alike, so that only its audit can tell. */
export async function openAudited({ url }: World, supervisor: Api) {
  const [campaignId, bookId, title] = [randomUUID(), randomUUID(), 'Sổ khai sinh 01/2003']
  const campaign = { campaignId, name: 'Chiến dịch thử', form: SMALL_FORM, pairs: [] }
  await supervisor.post('/api/campaigns', campaign)
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
        for (let index = 0; index < PAGES; index += 1) await key(typist, index === 0)
      }
      await until(({ lacks }) => lacks.length === 0)
    },
    async audit() {
      const third = await enter('chi')
      for (let index = 0; index < PAGES; index += 1) await keyCells(third)
      for (const login of ['duc', 'hoa']) await sitOnPanel(await enter(login))
      await until(({ state }) => state === 'audited')
    },
  }
}

async function take<A>(person: Api, work: 'typing' | 'arbitration'): Promise<A> {
  const [assignment] = await eventually(
    async () =>
      (await person.post<{ assignments: A[] }>('/api/assignments/take', { work, capacity: 1 }))
        .assignments,
    ({ length }) => length > 0,
  )
  if (assignment === undefined) throw new Error('there is nothing to do')
  return assignment
}

async function key(person: Api, isFirst: boolean): Promise<void> {
  const { pageId, leaseToken } = await take<TypingAssignment>(person, 'typing')
  const records = [isFirst ? recordOf({ fullName: MISREAD }) : recordOf()]
  await person.post('/api/entries', { entryId: randomUUID(), pageId, leaseToken, records })
}

async function keyCells(person: Api): Promise<void> {
  const { pageId, leaseToken, cells = [] } = await take<TypingAssignment>(person, 'typing')
  const records = cells.map((fields) =>
    Object.fromEntries(Object.entries(recordOf()).filter(([name]) => fields.includes(name))),
  )
  await person.post('/api/entries', { entryId: randomUUID(), pageId, leaseToken, records })
}

async function sitOnPanel(person: Api): Promise<void> {
  const { leaseToken, questions } = await take<ArbitrationAssignment>(person, 'arbitration')
  const rulings = questions.map(({ questionId, readings }) => ({
    questionId,
    verdict: readings[0]?.value === MISREAD ? 'second' : 'first',
  }))
  await person.post('/api/rulings', { submissionId: randomUUID(), leaseToken, rulings })
}
