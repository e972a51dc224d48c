/**
 * Goal: the image of a page is for nobody but the holder of its lease, and not after its end (rule N4 of
 * docs/spec/blindness.md).
 * Method: one installation; while a lease lives and after each way in which it can end, everybody tries
 * every address and every way of asking.
 */
import { createHash } from 'node:crypto'
import type { Api } from '@songnhap/client'
import { IMAGE_SIZES, type TypingAssignment } from '@songnhap/contracts'
import { recordOf } from '@songnhap/testkit'
import { t } from 'tap'
import { takeAll } from './blindness/colleague.ts'
import { closeConnections, exchange } from './blindness/exchange.ts'
import {
  idOf,
  letRunOut,
  openBook,
  openWorld,
  scanOf,
  uploadScans,
  type World,
} from './blindness/two-worlds.ts'

// Servers are not in our process group: on Ctrl-C an ordinary exit takes them along.
process.once('SIGINT', () => process.exit(130))

const SCANS = [1000, 1001, 1002, 1003]
/** A refusal is shorter than any image. */
const REFUSAL_BYTES_MAX = 600

type End = (world: World, assignment: TypingAssignment) => Promise<unknown>

/** How the lease on an image can end. */
const ENDS: readonly (readonly [string, End])[] = [
  [
    'keyed',
    ({ typist }, { leaseToken, pageId }) =>
      typist.post('/api/entries', {
        ...{ entryId: idOf(`with an image ${pageId}`), pageId, leaseToken, records: [recordOf()] },
      }),
  ],
  ['skipped', ({ typist }, lease) => typist.post(pathOf(lease, 'skip'), { reason: 'unreadable' })],
  ['run out', (world, { leaseToken }) => letRunOut(world, leaseToken)],
  ['given back', ({ typist }, lease) => typist.post(pathOf(lease, 'release'), {})],
]

t.test('N4: an image is for the holder of its lease, while it lasts', async (t) => {
  t.teardown(closeConnections)
  const world = await openWorld(t)
  const { bookId } = await openBook(world, 'Quyển có ảnh')
  await uploadScans(world, bookId, SCANS)
  const scans = await Promise.all(SCANS.map(scanOf))
  const held = [...(await takeAll({ ...world, colleague: world.typist }, SCANS.length)).values()]
  const theirs = await takeAll(world, SCANS.length)
  const { typist, colleague, supervisor, administrator, arbiter } = world
  for (const [index, [how, end]] of ENDS.entries()) {
    const [mine, other] = [held[index], theirs.get(index + 1)]
    if (mine === undefined || other === undefined) throw new Error('a page was not given')
    const scan = Buffer.from(scans[index] ?? [])
    const original = await typist.fetchBytes(pathOf(mine, 'image/original'))
    t.ok(scan.equals(original), 'the holder gets the scan')
    const others = index === 0 ? [colleague, supervisor, administrator, arbiter, undefined] : []
    for (const person of others) {
      const open = await findOpened(world, person, addressesOf(mine, scan))
      t.same(open, [], `but not ${person?.person.name ?? 'who is not signed in'}`)
    }
    const byTheirs = await findOpened(world, typist, addressesOf(other, scan))
    t.same(byTheirs, [], 'nor the holder by the lease of a colleague')
    await end(world, mine)
    const ended = await findOpened(world, typist, addressesOf(mine, scan))
    t.same(ended, [], `nor who held it, once it is ${how}`)
    const size = (await colleague.fetchBytes(pathOf(other, 'image/original'))).length
    t.equal(size, scan.length, 'the colleague keeps a lease of the same page')
  }
})

/** Every address by which somebody could try to come to the image. */
function addressesOf({ leaseToken, pageId }: TypingAssignment, scan: Buffer): string[] {
  const sha256 = createHash('sha256').update(scan).digest('hex')
  const place = `originals/${sha256.slice(0, 2)}/${sha256}`
  const next = leaseToken.replace(/.$/, (digit) =>
    ((Number.parseInt(digit, 16) + 1) % 16).toString(16),
  )
  const tokens = [leaseToken, next, leaseToken.toUpperCase(), pageId, sha256, idOf('a guess')]
  return [
    ...tokens.flatMap((token) =>
      IMAGE_SIZES.map((size) => `/api/assignments/${token}/image/${size}`),
    ),
    `/api/assignments/${leaseToken}/image/..%2foriginal`,
    `/api/assignments/${leaseToken}/image/original/`,
    `/api/images/${sha256}`,
    `/images/${place}`,
    `/${place}`,
    `/../images/${place}`,
    `/..%2f..%2fimages%2f${place.replaceAll('/', '%2f')}`,
    `/%2e%2e/%2e%2e/images/${place}`,
    `/..%5cimages%5c${place.replaceAll('/', '%5c')}`,
  ]
}

/** Ways to ask that get around a refusal where a server knows only one of them. */
const WAYS: readonly (readonly [method: string, headers: Readonly<Record<string, string>>])[] = [
  ['GET', {}],
  ['HEAD', {}],
  ['GET', { range: 'bytes=0-9' }],
  ['GET', { 'if-none-match': '*' }],
  ['GET', { 'if-modified-since': new Date(Date.now() + 60_000).toUTCString() }],
]

/** Those of the addresses at which somebody is not refused. */
async function findOpened(
  world: World,
  person: Api | undefined,
  addresses: readonly string[],
): Promise<string[]> {
  const { gatewayUrl } = world
  const open: string[] = []
  // The first is the address itself; how a guess is asked with makes it no better.
  for (const [index, path] of addresses.entries()) {
    for (const [method, more] of index === 0 ? WAYS : WAYS.slice(0, 1)) {
      const headers = { ...person?.headersFor(gatewayUrl), ...more }
      const { status, body } = await exchange(gatewayUrl, { method, path, headers })
      if (status >= 400 && body.length <= REFUSAL_BYTES_MAX) continue
      const who = person?.person.roles.join() ?? 'nobody'
      open.push(`${who}: ${method} ${path} ${JSON.stringify(more)} gave ${status}`)
    }
  }
  return open
}

function pathOf({ leaseToken }: TypingAssignment, rest: string): string {
  return `/api/assignments/${leaseToken}/${rest}`
}
