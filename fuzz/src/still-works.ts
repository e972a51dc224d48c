import type { SettledRecord } from '@songnhap/contracts'
import type { Installation } from '@songnhap/local'
import { eventually, recordOf } from '@songnhap/testkit'
import { type Ground, newPerson, openWork, take } from './ground.ts'

const SETTLED_WITHIN_MS = 120_000
const SEED = 2

/** Keys one page from its scan to its settled record, as if nothing had happened. */
export async function keyOnePage(
  { gatewayUrl }: Installation,
  { administrator }: Ground,
): Promise<void> {
  const [one, other] = await Promise.all([
    newPerson(gatewayUrl, administrator, 'typist'),
    newPerson(gatewayUrl, administrator, 'typist'),
  ])
  const pair: [string, string] = [one.api.person.personId, other.api.person.personId]
  const { campaignId, pages } = await openWork(administrator, pair, 1, SEED)
  for (const { api } of [one, other]) {
    const [assignment] = await take(api)
    const { pageId, leaseToken } = assignment ?? {}
    if (pageId !== pages[0]?.pageId) throw new Error('another page was given')
    const entryId = crypto.randomUUID()
    await api.post('/api/entries', { entryId, pageId, leaseToken, records: [recordOf()] })
  }
  const path = `/api/campaigns/${campaignId}/records`
  await eventually(
    async () => (await administrator.get<{ records: SettledRecord[] }>(path)).records,
    (records) => records.length === 1,
    SETTLED_WITHIN_MS,
  )
}
