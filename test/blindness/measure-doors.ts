import type { TypingAssignment } from '@songnhap/contracts'
import { recordOf, SMALL_FORM } from '@songnhap/testkit'
import { type Answer, type Asking, exchange } from './exchange.ts'
import { idOf, type World } from './two-worlds.ts'

const JSON_BODY = { 'content-type': 'application/json' }
const NOBODY = idOf('nothing has this id')

/** Milliseconds a door took, by what was asked of it. */
export type Times = Map<string, number[]>

/** One page from being given to being keyed or skipped, by the clock. */
export async function measurePage(world: World, times: Times, ends: 'keyed' | 'skipped') {
  const { typist, gatewayUrl } = world
  const ask = async (what: string, asking: Asking): Promise<Answer> => {
    const headers = { ...typist.headersFor(gatewayUrl), ...asking.headers }
    const answer = await exchange(gatewayUrl, { ...asking, headers })
    times.set(what, [...(times.get(what) ?? []), answer.tookMs])
    return answer
  }
  const post = (what: string, path: string, body?: object) =>
    ask(what, {
      ...{ method: 'POST', path },
      ...(body === undefined
        ? { headers: {} }
        : { headers: JSON_BODY, body: JSON.stringify(body) }),
    })
  const take = async (what: string) => {
    const { body } = await post(what, '/api/assignments/take', { work: 'typing', capacity: 1 })
    const [assignment] = (JSON.parse(String(body)) as { assignments: TypingAssignment[] })
      .assignments
    if (assignment === undefined) throw new Error('there was no page to measure with')
    return assignment
  }

  const first = await take('take')
  await post('renew', `/api/assignments/${first.leaseToken}/renew`)
  await post('give back', `/api/assignments/${first.leaseToken}/release`)
  const { leaseToken, pageId } = await take('take again')
  await take('take what is held')
  for (const size of ['display', 'original']) {
    const path = `/api/assignments/${leaseToken}/image/${size}`
    await ask(`image, ${size}`, { method: 'GET', path, headers: {} })
  }
  const records = [recordOf()]
  const entry = { entryId: idOf(`measured ${pageId}`), pageId, leaseToken, records }
  await post('an entry that does not fit', '/api/entries', { ...entry, records: [{}] })
  await post('an entry by no lease', '/api/entries', { ...entry, leaseToken: NOBODY })
  if (ends === 'keyed') {
    await post('key', '/api/entries', entry)
    await post('key again', '/api/entries', entry)
  } else await post('skip', `/api/assignments/${leaseToken}/skip`, { reason: 'unreadable' })
  await post('renew when ended', `/api/assignments/${leaseToken}/renew`)
  const path = `/api/assignments/${leaseToken}/image/display`
  await ask('image when ended', { method: 'GET', path, headers: {} })
  const form = `/api/forms/${SMALL_FORM.name}/${SMALL_FORM.version}`
  await ask('form', { method: 'GET', path: form, headers: {} })
}

export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}
