import { randomUUID } from 'node:crypto'
import { type Api, signIn, uploadFiles } from '@songnhap/client'
import type {
  ArbitrationAssignment,
  Reading,
  SettledRecord,
  TypingAssignment,
} from '@songnhap/contracts'
import { samplePage } from '@songnhap/samples'
import { eventually } from '@songnhap/testkit'
import type { Test } from 'tap'
import { findFaults } from '../workplace/find-faults.ts'
import { PASSWORD, type World } from '../workplace/open-world.ts'
import { truthOf } from '../workplace/type-page.ts'
import type { AtTheDesk } from './at-the-desk.ts'

const SAMPLE = 1
const FIELD = 'childName'
const READ = ['Trần Đình Dương', 'Trần Đinh Dương', 'Trần Định Dương'] as const
const typed = (value: string): Reading => ({ value, origin: 'typed' })

interface People {
  readonly typists: readonly [string, string, string]
  readonly arbiter: string
}

/** A page that three people read in three ways, passed on to the supervisor who is at the desk. */
export async function chooseOfThree(
  t: Test,
  world: World,
  desk: AtTheDesk,
  people: People,
): Promise<void> {
  const { administrator } = world
  const { campaigns } = await administrator.get<{ campaigns: { campaignId: string }[] }>(
    '/api/campaigns',
  )
  const path = `/api/campaigns/${campaigns[0]?.campaignId}`
  await administrator.put(`${path}/third-entries`, { on: true, agreedShare: 0 })
  const bookId = randomUUID()
  await administrator.post(`${path}/books`, { bookId, title: 'Sổ khai sinh 04/2003' })
  const { name, image } = await samplePage(1, SAMPLE)
  const open = async () => new Blob([new Uint8Array(image)])
  await uploadFiles(administrator, bookId, [{ name: `${name}.jpg`, open }])
  const pageId = await keyThrice(world, people)
  await passOn(world, people.arbiter)

  const { page } = desk
  await desk.asked('Họ, chữ đệm, tên bản ghi 1', 1)
  const labels: (string | null)[] = []
  for (const number of [1, 2, 3] as const) {
    labels.push(await desk.reading(number).getAttribute('aria-label'))
  }
  t.same(
    labels.map((label) => READ.findIndex((value) => label?.endsWith(`: ${value}`))).toSorted(),
    [0, 1, 2],
  )
  t.equal(await page.getByRole('button', { name: 'Chấp nhận cả hai' }).count(), 0)
  t.same(await findFaults(page), [], 'three readings')
  const chosen = labels.findIndex((label) => label?.endsWith(`: ${READ[2]}`))
  await desk.press(String(chosen + 1), 'Control+Enter')
  const settled = await eventually(
    async () => {
      const { records } = await administrator.get<{ records: SettledRecord[] }>(`${path}/records`)
      return records.find((one) => one.pageId === pageId && one.record === 1)?.values[FIELD]
    },
    (value) => value !== undefined,
  )
  t.match(settled, { value: READ[2], how: 'ruled', rule: 'ruling-third' })
}

/** Whoever waits for work is given the page: any two of them first, and then the one who is left. */
async function keyThrice(world: World, { typists }: People): Promise<string> {
  const truth = truthOf(SAMPLE)
  const waiting = await Promise.all(typists.map((login) => signIn(world.url, login, PASSWORD)))
  let page = ''
  for (const value of READ) {
    const [person, { pageId, leaseToken, cells }] = await firstGiven(waiting)
    waiting.splice(waiting.indexOf(person), 1)
    const read = { [FIELD]: typed(value) }
    const records = cells === undefined ? truth.with(0, { ...truth[0], ...read }) : [read]
    await person.post('/api/entries', { entryId: randomUUID(), pageId, leaseToken, records })
    page = pageId
  }
  return page
}

async function firstGiven(people: readonly Api[]): Promise<[Api, TypingAssignment]> {
  const given = await eventually(
    async () => {
      for (const person of people) {
        const [assignment] = await take<TypingAssignment>(person, 'typing')
        if (assignment !== undefined) return [person, assignment] as [Api, TypingAssignment]
      }
      return undefined
    },
    (found) => found !== undefined,
  )
  if (given === undefined) throw new Error('nobody was given the page')
  return given
}

async function take<A>(person: Api, work: string): Promise<A[]> {
  const path = '/api/assignments/take'
  return (await person.post<{ assignments: A[] }>(path, { work, capacity: 1 })).assignments
}

async function passOn(world: World, login: string): Promise<void> {
  const arbiter = await signIn(world.url, login, PASSWORD)
  const [assignment] = await eventually(
    () => take<ArbitrationAssignment>(arbiter, 'arbitration'),
    (taken) => taken.length === 1,
  )
  const rulings = assignment?.questions.map(({ questionId }) => {
    return { questionId, verdict: 'escalate', note: 'ba cách đọc' }
  })
  const { leaseToken } = assignment ?? {}
  await arbiter.post('/api/rulings', { submissionId: randomUUID(), leaseToken, rulings })
}
