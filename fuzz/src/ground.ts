/** Something to attack: people of every role, a campaign, and ids that exist and are others' own. */
import { type Api, sendFile, signIn } from '@songnhap/client'
import { type Page, ROLES, type Role, type TypingAssignment } from '@songnhap/contracts'
import type { Installation } from '@songnhap/local'
import { samplePage } from '@songnhap/samples'
import { eventually, recordOf, SMALL_FORM } from '@songnhap/testkit'

const PAGES = 2
const PAGES_WAIT_MS = 120_000
/** A gateway lets one person have five websockets. */
export const PEOPLE_OF_ROLE = 3

export interface Ground {
  readonly administrator: Api
  /** Who attacks, with the session of the moment. */
  readonly people: ReadonlyMap<Role, readonly Attacker[]>
  /** Ids in use, none of which belongs to an attacker. */
  readonly ids: readonly string[]
}

export interface Attacker {
  readonly personId: string
  headers(): Readonly<Record<string, string>>
  /** After this session was ended, for whatever reason: begins another one. */
  renew(ended: string | undefined): Promise<void>
}

export async function layGround(installation: Installation): Promise<Ground> {
  const { gatewayUrl } = installation
  const { login, password } = installation.administrator
  const administrator = await signIn(gatewayUrl, login, password)
  const people = new Map<Role, Attacker[]>()
  for (const role of ROLES) {
    const attackers = Array.from({ length: PEOPLE_OF_ROLE }, () =>
      newPerson(gatewayUrl, administrator, role),
    )
    people.set(role, await Promise.all(attackers.map(async (one) => asAttacker(await one))))
  }
  return { administrator, people, ids: await makeOthersWork(gatewayUrl, administrator) }
}

interface NewPerson {
  readonly api: Api
  again(): Promise<Api>
}

export async function newPerson(
  gatewayUrl: string,
  administrator: Api,
  role: Role,
): Promise<NewPerson> {
  const login = `p-${crypto.randomUUID().slice(0, 13)}`
  const password = crypto.randomUUID()
  const account = { login, name: 'Người thử', roles: [role], password }
  await administrator.post('/api/accounts', account)
  const again = () => signIn(gatewayUrl, login, password)
  return { api: await again(), again }
}

function asAttacker({ api, again }: NewPerson): Attacker {
  let current = api
  let renewing: Promise<void> | undefined
  const headers = () => current.headersFor(current.gateways.current)
  return {
    personId: api.person.personId,
    headers,
    async renew(ended) {
      if (headers()['cookie'] !== ended) return
      renewing ??= again().then((next) => {
        current = next
        renewing = undefined
      })
      await renewing
    },
  }
}

/** A campaign with pages, one of which is keyed by one typist and held by another. */
async function makeOthersWork(gatewayUrl: string, administrator: Api): Promise<string[]> {
  const [first, second] = await Promise.all([
    newPerson(gatewayUrl, administrator, 'typist'),
    newPerson(gatewayUrl, administrator, 'typist'),
  ])
  const pair: [string, string] = [first.api.person.personId, second.api.person.personId]
  const { campaignId, bookId, pages } = await openWork(administrator, pair, PAGES, 1)
  const [keyed] = await take(first.api)
  const [held] = await take(second.api)
  if (keyed === undefined || held === undefined) throw new Error('no page was given')
  const entryId = crypto.randomUUID()
  const { pageId, leaseToken } = keyed
  await first.api.post('/api/entries', { entryId, pageId, leaseToken, records: [recordOf()] })
  const pageIds = pages.map((page) => page.pageId)
  return [...pair, campaignId, bookId, ...pageIds, entryId, leaseToken, held.leaseToken]
}

/** Only this pair keys it, so that nobody else is offered its pages. */
export async function openWork(
  administrator: Api,
  pair: [string, string],
  count: number,
  seed: number,
): Promise<{ campaignId: string; bookId: string; pages: readonly Page[] }> {
  const campaignId = crypto.randomUUID()
  const bookId = crypto.randomUUID()
  const campaign = { campaignId, name: 'Chiến dịch thử', form: SMALL_FORM, pairs: [pair] }
  await administrator.post('/api/campaigns', campaign)
  await administrator.post(`/api/campaigns/${campaignId}/books`, { bookId, title: 'Quyển thử' })
  for (let index = 0; index < count; index++) {
    const { name, image } = await samplePage(seed, index)
    const file = new Blob([new Uint8Array(image)])
    await sendFile(administrator, bookId, { name: `${name}.jpg`, open: async () => file })
  }
  const pages = await eventually(
    async () =>
      (await administrator.get<{ pages: Page[] }>(`/api/campaigns/${campaignId}/pages`)).pages,
    (found) => found.length === count,
    PAGES_WAIT_MS,
  )
  return { campaignId, bookId, pages }
}

/** Waits until a page is there to be taken. */
export async function take(api: Api): Promise<readonly TypingAssignment[]> {
  // Whoever has enough does not wait, and is given nothing later on.
  const body = { work: 'typing', capacity: 1 }
  return await eventually(
    async () =>
      (await api.post<{ assignments: TypingAssignment[] }>('/api/assignments/take', body))
        .assignments,
    (assignments) => assignments.length > 0,
    PAGES_WAIT_MS,
  )
}
