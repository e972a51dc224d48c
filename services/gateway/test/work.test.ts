/** Rules G10–G15 of docs/spec/access.md: what goes in and out by HTTP; the other services are played. */
import { createHash } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { type Answer, answer } from '@songnhap/bus'
import * as contracts from '@songnhap/contracts'
import { Problem, type RequestOf, type UploadReport } from '@songnhap/contracts'
import { eventually } from '@songnhap/testkit'
import { t } from 'tap'
import { uuidv7 } from 'uuidv7'
import { call, codeOf, enter, ORIGIN, openGateway, openWorld, type World } from './open-gateway.ts'

const [campaignId, bookId, pageId] = [uuidv7(), uuidv7(), uuidv7()]
const IMAGE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=',
  'base64',
)

t.test('who works sends and gets as the session says, not as the body does', async (t) => {
  const world = await openWorld(t)
  const gateway = await openGateway(t, world)
  const typist = await enter(world, gateway, ['typist'])
  const other = await enter(world, gateway, ['typist'])
  const arbiter = await enter(world, gateway, ['arbiter'])
  const both = await enter(world, gateway, ['typist', 'arbiter'])
  const sha256 = await keepImage(world)
  const leases = { [typist.person.personId]: uuidv7(), [arbiter.person.personId]: uuidv7() }
  const asked: unknown[] = []
  const holdersOnly = async ({
    personId,
    leaseToken,
  }: {
    personId: string
    leaseToken: string
  }) => {
    if (leases[personId] !== leaseToken) throw new Problem('LEASE_ENDED')
    return { sha256 }
  }
  const note =
    <T>(reply: T) =>
    async (request: unknown) => {
      asked.push(request)
      return reply
    }
  const entryId = uuidv7()
  await world.bus.answer('entry', [
    answer(contracts.takeAssignments, note({ assignments: [] })),
    answer(contracts.submitEntry, note({ entryId, assignments: [] })),
    answer(contracts.skipPage, note({})),
    answer(contracts.releaseAssignment, async () => {
      throw new Problem('LEASE_ENDED')
    }),
    answer(contracts.findTypistImage, holdersOnly),
  ])
  await world.bus.answer('reconcile', [
    answer(contracts.takeArbitrations, note({ assignments: [] })),
    answer(contracts.releaseArbitration, note({})),
    answer(contracts.findArbiterImage, holdersOnly),
  ])
  const post = (as: typeof typist, path: string, body: unknown) =>
    call(gateway, 'POST', path, { as, body })

  t.test('G10: the person of an order is the one who is signed in', async (t) => {
    const leaseToken = uuidv7()
    const entry = {
      entryId,
      pageId,
      leaseToken,
      records: [{ ten: { value: 'Ẵ', origin: 'typed' } }],
    }
    const sent = await post(typist, '/api/entries', entry)
    t.same(await sent.json(), { entryId })
    t.same(asked.pop(), { ...entry, personId: typist.person.personId, capacity: 0 })

    const forged = { ...entry, personId: other.person.personId }
    t.equal(await codeOf(await post(typist, '/api/entries', forged)), 'MALFORMED')
    const skip = await post(typist, `/api/assignments/${leaseToken}/skip`, { reason: 'unreadable' })
    t.equal(skip.status, 200)
    t.same(asked.pop(), { leaseToken, reason: 'unreadable', personId: typist.person.personId })
  })

  t.test('G11: work goes to those who have its role', async (t) => {
    const take = (as: typeof typist, work: string) =>
      post(as, '/api/assignments/take', { work, capacity: 3 })
    t.same(await (await take(typist, 'typing')).json(), { assignments: [] })
    t.same(asked.pop(), { personId: typist.person.personId, capacity: 3 })
    t.equal((await take(arbiter, 'arbitration')).status, 200)
    t.same(asked.pop(), { personId: arbiter.person.personId, capacity: 3, escalated: false })
    t.equal(await codeOf(await take(typist, 'arbitration')), 'NOT_ALLOWED')
    t.equal(await codeOf(await take(arbiter, 'typing')), 'NOT_ALLOWED')
    t.equal(await codeOf(await take(both, 'escalation')), 'NOT_ALLOWED')
  })

  t.test('G11: a lease of unknown work is looked for where the person can hold one', async (t) => {
    const release = (as: typeof typist) => post(as, `/api/assignments/${uuidv7()}/release`, {})
    t.equal(await codeOf(await release(typist)), 'LEASE_ENDED')
    t.equal((await release(both)).status, 200)
    t.equal((await release(arbiter)).status, 200)
  })

  t.test('G12: a page image is for the holder of its lease, and is kept nowhere', async (t) => {
    const look = (as: typeof typist, holder: typeof typist, size: string) =>
      call(gateway, 'GET', `/api/assignments/${leases[holder.person.personId]}/image/${size}`, {
        as,
      })
    for (const holder of [typist, arbiter]) {
      for (const size of ['original', 'display', 'thumbnail']) {
        const response = await look(holder, holder, size)
        t.equal(response.status, 200)
        t.equal(response.headers.get('cache-control'), 'private, no-store')
        t.match(response.headers.get('content-type'), /^image\//)
        const bytes = Buffer.from(await response.arrayBuffer())
        if (size === 'original') t.ok(bytes.equals(IMAGE))
      }
    }
    t.equal(await codeOf(await look(other, typist, 'display')), 'LEASE_ENDED')
    t.equal(await codeOf(await look(both, arbiter, 'display')), 'LEASE_ENDED')
    t.equal(await codeOf(await look(typist, typist, 'negative')), 'MALFORMED')
  })
})

t.test('uploads', async (t) => {
  const world = await openWorld(t)
  const gateway = await openGateway(t, world)
  const supervisor = await enter(world, gateway, ['supervisor'])
  const received: RequestOf<typeof contracts.receivePage>[] = []
  await world.bus.answer('intake', [receiver(world, received)])
  const path = `/api/books/${bookId}/pages`

  t.test('G13: each file is reported; a bad one does not stop those behind it', async (t) => {
    const form = new FormData()
    form.append('pages', new Blob([IMAGE]), 'trang-1.png')
    form.append('pages', new Blob(['not an image']), 'ghi chú.txt')
    form.append('pages', new Blob([new Uint8Array(101 * 1024 * 1024)]), 'huge.png')
    form.append('pages', new Blob([IMAGE]), `${'x'.repeat(300)}.png`)
    form.append('pages', new Blob([IMAGE]), '../../trang-1 again.png')
    const response = await call(gateway, 'POST', path, { as: supervisor, body: form })
    t.equal(response.status, 200)
    const { files } = (await response.json()) as UploadReport
    t.same(
      files.map((file) => (file.outcome === 'refused' ? file.problem.code : file.outcome)),
      ['received', 'IMAGE_KIND_UNKNOWN', 'IMAGE_TOO_LARGE', 'MALFORMED', 'duplicate'],
    )
    t.match(files[0], { fileName: 'trang-1.png', page: { sequence: 1 } })
    t.equal(files[1]?.fileName, 'ghi chú.txt')
    t.equal(files[4]?.fileName, 'trang-1 again.png')
  })

  t.test('G13: a torn upload keeps what was whole, and leaves nothing of the rest', async (t) => {
    received.length = 0
    const head = (name: string) =>
      `--edge\r\ncontent-disposition: form-data; name="p"; filename="${name}"\r\n\r\n`
    const body = Buffer.concat([
      Buffer.from(head('a.png')),
      IMAGE,
      Buffer.from(`\r\n${head('b.png')}`),
      IMAGE,
    ])
    const { hostname, port } = new URL(gateway.url)
    const line = connect(Number(port), hostname)
    line.write(
      `POST ${path} HTTP/1.1\r\nhost: ${hostname}\r\norigin: ${ORIGIN}\r\ncookie: ${supervisor.cookie}\r\n` +
        `content-type: multipart/form-data; boundary=edge\r\ncontent-length: ${body.length + 1000}\r\n\r\n`,
    )
    line.write(body)
    await eventually(
      () => received.length,
      (count) => count === 1,
    )
    line.destroy()
    const incoming = () => readdir(join(world.folder, 'incoming'))
    t.same(await eventually(incoming, (files) => files.length === 0), [])
    t.same(
      received.map(({ fileName }) => fileName),
      ['a.png'],
    )
  })

  t.test('G13: without intake each file is refused, with the reason to try again', async (t) => {
    const silent = await openWorld(t)
    const quiet = await openGateway(t, silent)
    const person = await enter(silent, quiet, ['supervisor'])
    const form = new FormData()
    form.append('pages', new Blob([IMAGE]), 'a.png')
    const response = await call(quiet, 'POST', path, { as: person, body: form })
    const { files } = (await response.json()) as UploadReport
    t.match(files, [{ outcome: 'refused', problem: { code: 'UNAVAILABLE' } }])
  })
})

t.test('supervision', async (t) => {
  const world = await openWorld(t)
  const gateway = await openGateway(t, world)
  const supervisor = await enter(world, gateway, ['supervisor'])
  const accuracy = {
    judged: 10,
    wrong: 1,
    rate: 0.1,
    low: 0.02,
    high: 0.4,
    rowErrors: 0,
    fields: [],
  }
  const stranger = uuidv7()
  const letter = {
    deadLetterId: uuidv7(),
    service: 'reconcile' as const,
    producer: 'entry' as const,
    position: 7,
    kind: 'entry.submitted.v1',
    reason: 'NotYet',
    failedAt: new Date().toISOString(),
  }
  const afters: unknown[] = []
  await world.bus.answer('intake', [
    answer(contracts.ledgerRequests('intake').deadLetters, async () => ({ deadLetters: [] })),
    answer(contracts.openBook, async (request) => ({ bookId: request.bookId })),
    answer(contracts.listPages, async ({ after }) => {
      afters.push(after)
      return { pages: [], more: false }
    }),
  ])
  await world.bus.answer('reconcile', [
    answer(contracts.ledgerRequests('reconcile').deadLetters, async () => ({
      deadLetters: [letter],
    })),
    answer(contracts.ledgerRequests('reconcile').replay, async () => ({ applied: true })),
    answer(contracts.readAccuracy, async () => ({
      typists: [
        { operatorId: supervisor.person.personId, ...accuracy },
        { operatorId: stranger, ...accuracy },
      ],
      arbiters: [{ arbiterId: supervisor.person.personId, rulings: 3, escalated: 1 }],
    })),
  ])
  const get = (path: string) => call(gateway, 'GET', path, { as: supervisor })

  t.test('G14: accuracy has the names that only the gateway knows', async (t) => {
    const { typists, arbiters } = (await (
      await get(`/api/campaigns/${campaignId}/accuracy`)
    ).json()) as { typists: { name: string | null }[]; arbiters: { name: string | null }[] }
    const { name } = supervisor.person
    t.same(
      typists.map((typist) => typist.name),
      [name, null],
    )
    t.match(arbiters, [{ name, rulings: 3 }])
  })

  t.test('G14: dead letters of all services, those that do not answer named', async (t) => {
    const list = await (await get('/api/dead-letters')).json()
    t.same(list, { deadLetters: [letter], silent: ['entry'] })
    const replay = await call(
      gateway,
      'POST',
      `/api/dead-letters/reconcile/${letter.deadLetterId}/replay`,
      { as: supervisor, body: {} },
    )
    t.same(await replay.json(), { applied: true })
  })

  t.test('G15: books are opened in their campaign; lists go on after the last id', async (t) => {
    const opened = await call(gateway, 'POST', `/api/campaigns/${campaignId}/books`, {
      as: supervisor,
      body: { bookId, title: 'Sổ khai sinh 1975' },
    })
    t.same(await opened.json(), { bookId })
    await get(`/api/campaigns/${campaignId}/pages`)
    await get(`/api/campaigns/${campaignId}/pages?after=${pageId}`)
    t.same(afters, [undefined, pageId])
    const wrong = await get(`/api/campaigns/${campaignId}/pages?after=1`)
    t.equal(await codeOf(wrong), 'MALFORMED')
  })
})

/** Intake as its contract says, with the image store in earnest. */
function receiver(world: World, received: RequestOf<typeof contracts.receivePage>[]): Answer {
  const known = new Map<string, contracts.Page>()
  return answer(contracts.receivePage, async (request) => {
    const { sha256, fileName } = request
    const twin = known.get(sha256)
    received.push(request)
    if (twin !== undefined) {
      await world.images.discard(sha256)
      return { outcome: 'duplicate' as const, page: twin }
    }
    await world.images.keep(sha256)
    const page = { pageId: uuidv7(), bookId: request.bookId, sequence: known.size + 1, fileName }
    known.set(sha256, page)
    return { outcome: 'received' as const, page }
  })
}

async function keepImage({ images }: World): Promise<string> {
  await images.receive(
    (async function* () {
      yield IMAGE
    })(),
    1000,
  )
  const sha256 = createHash('sha256').update(IMAGE).digest('hex')
  await images.keep(sha256)
  return sha256
}
