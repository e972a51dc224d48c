/** Rules G10–G12 of docs/spec/access.md and A42 of assignment.md: people at work over HTTP; services are played. */
import { Readable } from 'node:stream'
import { answer } from '@songnhap/bus'
import * as contracts from '@songnhap/contracts'
import { Problem } from '@songnhap/contracts'
import { openDecoders } from '@songnhap/images'
import { t } from 'tap'
import { uuidv7 } from 'uuidv7'
import { call, codeOf, enter, IMAGE, openGateway, openWorld, type World } from './open-gateway.ts'

const pageId = uuidv7()
const lease = {
  leaseToken: uuidv7(),
  pageId,
  form: { name: 'birth-register', version: 1 },
  bookTitle: 'Sổ khai sinh 1975',
  sequence: 1,
  expiresAt: '2026-11-25T08:00:00.000Z',
}
const typing = { kind: 'typing' as const, ...lease }
const question = { questionId: uuidv7(), record: 1, reason: 'value-differs' }
const arbitration: contracts.ArbitrationAssignment = {
  kind: 'arbitration',
  ...lease,
  escalated: false,
  questions: [
    {
      ...question,
      kind: 'field',
      field: 'ten',
      class: 'different',
      readings: [
        { value: 'Ẵm', origin: 'typed' },
        { value: '', mark: 'torn', origin: 'typed' },
      ],
      present: [true, true],
      note: 'xem lại',
    },
    {
      ...question,
      kind: 'record',
      field: null,
      class: 'row-missing',
      readings: [null, null],
      present: [true, false],
    },
  ],
}

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
    answer(contracts.takeAssignments, note({ assignments: [typing] })),
    answer(contracts.submitEntry, note({ entryId, assignments: [] })),
    answer(contracts.skipPage, note({})),
    answer(contracts.releaseAssignment, async () => {
      throw new Problem('LEASE_ENDED')
    }),
    answer(contracts.findTypistImage, holdersOnly),
  ])
  await world.bus.answer('reconcile', [
    answer(contracts.takeArbitrations, note({ assignments: [arbitration] })),
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
    t.same(await (await take(typist, 'typing')).json(), { assignments: [typing] })
    t.same(asked.pop(), { personId: typist.person.personId, capacity: 3 })
    t.same(await (await take(arbiter, 'arbitration')).json(), { assignments: [arbitration] })
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

  t.test(
    'A42: what somebody may hold no longer is taken back, and what a supervisor says',
    async (t) => {
      const { personId } = (await enter(world, gateway, ['typist', 'arbiter'])).person
      const administrator = await enter(world, gateway, ['administrator'])
      const supervisor = await enter(world, gateway, ['supervisor'])
      const put = (what: string, body: unknown) =>
        call(gateway, 'PUT', `/api/accounts/${personId}/${what}`, { as: administrator, body })
      t.equal((await put('barred', { barred: true })).status, 200, 'also where nobody answers')
      const taken: string[] = []
      const take = (what: string) => async (request: { personId: string }) => {
        if (request.personId === personId) taken.push(what)
        return { pages: 2 }
      }
      await world.bus.answer('entry', [answer(contracts.takeBackAssignments, take('pages'))])
      await world.bus.answer('reconcile', [answer(contracts.takeBackArbitrations, take('rulings'))])
      await put('barred', { barred: false })
      await put('roles', { roles: ['typist', 'supervisor'] })
      t.same(taken.splice(0), [], 'everything that it holds may be held still')
      await put('roles', { roles: ['supervisor'] })
      t.same(taken.splice(0), ['pages'])
      await put('roles', { roles: ['typist'] })
      t.same(taken.splice(0), ['rulings'])
      await put('barred', { barred: true })
      t.same(taken.splice(0).toSorted(), ['pages', 'rulings'])
      const path = `/api/people/${personId}/take-back`
      const back = await call(gateway, 'POST', path, { as: supervisor, body: {} })
      t.same(await back.json(), { pages: 4 })
      t.equal((await call(gateway, 'POST', path, { as: typist, body: {} })).status, 403)
    },
  )
})

async function keepImage({ images }: World): Promise<string> {
  const { sha256 } = await images.receive(Readable.from([IMAGE]), IMAGE.length)
  await images.keepFile(sha256)
  const decoders = openDecoders(images.incoming)
  const examined = await decoders.examine(await images.pathOfFile(sha256))
  decoders.close()
  if (examined.is === 'picture') await images.keepPage(sha256, examined.page)
  return sha256
}
