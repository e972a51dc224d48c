/** Rules G1–G9, G16 and G17 of docs/spec/access.md, over HTTP against a listening gateway. */
import { answer } from '@songnhap/bus'
import { ledgerRequests, listBooks, Problem } from '@songnhap/contracts'
import { sql } from 'kysely'
import { pino } from 'pino'
import { t } from 'tap'
import { createFirstAdministrator } from '../src/accounts.ts'
import {
  call,
  codeOf,
  cookieOf,
  enter,
  openGateway,
  openWorld,
  PASSWORD,
  signIn,
} from './open-gateway.ts'

const campaignId = '0196e4a0-0000-7000-8000-000000000001'

t.test('signing in', async (t) => {
  const world = await openWorld(t)
  const gateway = await openGateway(t, world)
  const { db } = world

  t.test('G1: the first administrator is created once, and only when there is none', async (t) => {
    t.equal(await createFirstAdministrator(db, 'quantri', PASSWORD), 'created')
    t.equal(await createFirstAdministrator(db, 'quantri', PASSWORD), 'not needed')
    t.equal(await createFirstAdministrator(db, 'another', PASSWORD), 'not needed')
    t.equal((await signIn(gateway, 'another', PASSWORD)).status, 401)
  })

  t.test(
    'G2: the right password opens a session, in a cookie that scripts cannot read',
    async (t) => {
      const response = await signIn(gateway, 'quantri', PASSWORD)
      t.equal(response.status, 200)
      t.equal(response.headers.get('cache-control'), 'no-store')
      t.match(await response.json(), { login: 'quantri', roles: ['administrator'] })
      const [cookie = ''] = response.headers.getSetCookie()
      t.match(cookie, /^__Host-songnhap=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/)

      const token = cookieOf(response).split('=')[1] ?? ''
      const { rows } = await sql<{ found: boolean }>`
      select bool_or(s::text like ${`%${token}%`}) as found from session s`.execute(db)
      t.notOk(rows[0]?.found, 'the token is not stored')
    },
  )

  t.test('G2: a password typed with composed and with combining marks is the same', async (t) => {
    t.equal((await signIn(gateway, 'quantri', PASSWORD.normalize('NFD'))).status, 200)
  })

  t.test('G3: a wrong password and an unknown name get the same answer', async (t) => {
    const wrong = await signIn(gateway, 'quantri', 'not the password')
    const unknown = await signIn(gateway, 'nobody-here', 'not the password')
    t.equal(wrong.status, 401)
    t.equal(unknown.status, 401)
    t.same(await wrong.json(), await unknown.json())
    t.same(wrong.headers.getSetCookie(), [])
  })

  t.test(
    'G4: after wrong passwords even the right one must wait; also for made-up names',
    async (t) => {
      await enter(world, gateway, ['typist'])
      for (const login of ['quantri', 'nobody-here']) {
        let response = await signIn(gateway, login, 'not the password')
        for (let attempt = 0; attempt < 8 && response.status === 401; attempt += 1) {
          response = await signIn(gateway, login, 'not the password')
        }
        t.equal(response.status, 429)
        t.equal(await codeOf(response), 'TOO_MANY_ATTEMPTS')
        t.match(response.headers.get('retry-after'), /^\d+$/)
      }
      t.equal((await signIn(gateway, 'quantri', PASSWORD)).status, 429)
      await sql`update sign_in_failure set blocked_until = now()`.execute(db)
      t.equal((await signIn(gateway, 'quantri', PASSWORD)).status, 200)
      t.same(
        await db.selectFrom('sign_in_failure').select('login').where('failures', '>', 1).execute(),
        [{ login: 'nobody-here' }],
        'success clears the count',
      )
    },
  )

  t.test('G4: attempts at once, at two gateways, do not slip by the count', async (t) => {
    await sql`delete from sign_in_failure`.execute(db)
    const gateways = [gateway, await openGateway(t, world)]
    const attempts = Array.from({ length: 20 }, (_, index) =>
      signIn(gateways[index % 2] ?? gateway, 'crowd', 'not the password'),
    )
    const statuses = (await Promise.all(attempts)).map(({ status }) => status)
    t.ok(statuses.filter((status) => status === 401).length <= 6, statuses.join(' '))
  })

  t.test('G4: one address has so many attempts a minute, whatever the names', async (t) => {
    const strict = await openGateway(t, world, {}, 3)
    const attempts = ['one', 'two', 'three', 'four'].map((login) => signIn(strict, login, 'wrong'))
    const answers = await Promise.all(attempts)
    t.same(answers.map(({ status }) => status).sort(), [401, 401, 401, 429])
    const refused = answers.find(({ status }) => status === 429)
    t.match(refused?.headers.get('retry-after'), /^\d+$/)
    t.equal(refused && (await codeOf(refused)), 'TOO_MANY_ATTEMPTS')
  })

  t.test('G5: a session ends by signing out, by time, and with its account', async (t) => {
    const person = await enter(world, gateway, ['typist'])
    const look = async () => (await call(gateway, 'GET', '/api/session', { as: person })).status
    t.equal(await look(), 200)

    await sql`update session set expires_at = now() + interval '1 hour'`.execute(db)
    t.equal(await look(), 200)
    const { rows } = await sql<{ slid: boolean }>`
      select bool_or(expires_at > now() + interval '11 hours') as slid from session`.execute(db)
    t.ok(rows[0]?.slid, 'using it moves its end')

    await sql`update account set disabled_at = now() where person_id = ${person.person.personId}`.execute(
      db,
    )
    t.equal(await look(), 401)
    await sql`update account set disabled_at = null`.execute(db)
    await sql`update session set expires_at = now()`.execute(db)
    t.equal(await look(), 401)

    const again = await enter(world, gateway, ['typist'])
    const out = await call(gateway, 'DELETE', '/api/session', { as: again })
    t.equal(out.status, 204)
    t.match(out.headers.getSetCookie()[0], /^__Host-songnhap=;.*Expires=Thu, 01 Jan 1970/)
    t.equal((await call(gateway, 'GET', '/api/session', { as: again })).status, 401)
  })
})

t.test('who may call what', async (t) => {
  const lines: string[] = []
  const serializers = { err: () => 'described without its text' }
  const log = pino({ level: 'info', serializers }, { write: (line) => void lines.push(line) })
  const world = await openWorld(t, log)
  const gateway = await openGateway(t, world)
  await world.bus.answer('intake', [
    answer(listBooks, async () => {
      throw new Problem('INTERNAL', ['Bí Mật'])
    }),
    answer(ledgerRequests('intake').head, async () => ({ position: 0 })),
  ])
  const administrator = await enter(world, gateway, ['administrator'])
  const typist = await enter(world, gateway, ['typist'])

  t.test('G6: what changes something must come from a page of ours', async (t) => {
    const body = { login: typist.person.login, password: PASSWORD }
    for (const origin of [null, 'https://elsewhere.example', 'null']) {
      const response = await call(gateway, 'POST', '/api/session', { body, origin })
      t.equal(response.status, 403)
      t.equal(await codeOf(response), 'FOREIGN_ORIGIN')
    }
    const reading = await call(gateway, 'GET', '/api/session', { as: typist, origin: null })
    t.equal(reading.status, 200)
  })

  t.test('G7: each road is open to its roles only', async (t) => {
    const campaign = `/api/campaigns/${campaignId}`
    const closedToTypists = [
      ['GET', '/api/accounts'],
      ['PUT', `/api/accounts/${typist.person.personId}/password`],
      ['GET', '/api/campaigns'],
      ['GET', `${campaign}/books`],
      ['GET', `${campaign}/pages`],
      ['GET', `${campaign}/records`],
      ['GET', `${campaign}/progress`],
      ['GET', `${campaign}/operators`],
      ['GET', `${campaign}/audit`],
      ['GET', '/api/dead-letters'],
      ['POST', '/api/campaigns'],
      ['POST', `${campaign}/books`],
      ['POST', '/api/rulings'],
    ] as const
    for (const [method, path] of closedToTypists) {
      const stranger = await call(gateway, method, path)
      t.equal(await codeOf(stranger), 'NOT_SIGNED_IN', `${method} ${path}`)
      const response = await call(gateway, method, path, { as: typist })
      t.equal(await codeOf(response), 'NOT_ALLOWED', `${method} ${path}`)
    }
    t.equal((await call(gateway, 'POST', '/api/entries', { as: administrator })).status, 403)
  })

  t.test('G8: administrators make accounts, each login name once', async (t) => {
    const body = { login: 'tran.van.b', name: 'Trần Văn B', roles: ['arbiter'], password: PASSWORD }
    const made = await call(gateway, 'POST', '/api/accounts', { as: administrator, body })
    t.equal(made.status, 201)
    t.match(await made.json(), { login: 'tran.van.b', roles: ['arbiter'], password: undefined })
    const again = await call(gateway, 'POST', '/api/accounts', { as: administrator, body })
    t.equal(await codeOf(again), 'LOGIN_TAKEN')
    const weak = await call(gateway, 'POST', '/api/accounts', {
      as: administrator,
      body: { ...body, login: 'other', password: 'short' },
    })
    t.equal(await codeOf(weak), 'MALFORMED')
    const list = await call(gateway, 'GET', '/api/accounts', { as: administrator })
    t.equal(((await list.json()) as { accounts: unknown[] }).accounts.length, 3)
  })

  t.test('G8: an account is barred and let in again, and given a new password', async (t) => {
    const person = await enter(world, gateway, ['typist'])
    const { personId, login } = person.person
    const put = async (id: string, what: string, body: unknown) =>
      call(gateway, 'PUT', `/api/accounts/${id}/${what}`, { as: administrator, body })
    const look = async () => (await call(gateway, 'GET', '/api/session', { as: person })).status

    t.equal((await put(personId, 'barred', { barred: true })).status, 200)
    t.equal(await look(), 401)
    t.equal(await codeOf(await signIn(gateway, login, PASSWORD)), 'SIGN_IN_FAILED')
    await put(personId, 'barred', { barred: false })
    t.equal(await look(), 200)
    t.equal((await put(personId, 'password', { password: 'một mật khẩu khác' })).status, 200)
    t.equal(await look(), 401, 'the old sessions are over')
    t.equal((await signIn(gateway, login, PASSWORD)).status, 401)
    t.equal((await signIn(gateway, login, 'một mật khẩu khác')).status, 200)

    const self = await put(administrator.person.personId, 'barred', { barred: true })
    t.equal(await codeOf(self), 'NOT_ALLOWED')
    t.equal(await codeOf(await put(campaignId, 'barred', { barred: true })), 'NOT_FOUND')
  })

  t.test('G9: every refusal has a code and words, and quotes nothing', async (t) => {
    t.equal(await codeOf(await call(gateway, 'GET', '/api/nowhere')), 'NOT_FOUND')
    t.equal(await codeOf(await call(gateway, 'GET', '/nowhere.html')), 'NOT_FOUND')
    const malformed = await call(gateway, 'POST', '/api/session', { body: { login: 'Bí Mật' } })
    t.equal(malformed.status, 400)
    t.notMatch(await malformed.text(), 'Bí Mật')
    const broken = await fetch(`${gateway.url}/api/session`, {
      method: 'POST',
      headers: { origin: 'https://songnhap.example', 'content-type': 'application/json' },
      body: '{"login": Bí Mật',
    })
    t.equal(await codeOf(broken), 'MALFORMED')
    const large = await call(gateway, 'POST', '/api/session', {
      body: { login: 'x'.repeat(600_000) },
    })
    t.equal(await codeOf(large), 'TOO_LARGE')
    const silent = await call(gateway, 'GET', '/api/forms/birth/1', { as: typist })
    t.equal(silent.status, 503)
    t.equal(await codeOf(silent), 'UNAVAILABLE')
  })

  t.test('G16: the page and the state of the services are there for everybody', async (t) => {
    const health = await call(gateway, 'GET', '/api/health')
    const { services } = (await health.json()) as {
      services: { service: string; answers: boolean }[]
    }
    t.same(
      services.filter(({ answers }) => answers).map(({ service }) => service),
      ['intake'],
    )
    const page = await call(gateway, 'GET', '/')
    t.equal(page.status, 200)
    t.match(page.headers.get('content-security-policy'), /default-src 'none'/)
    t.notMatch(page.headers.get('content-security-policy'), /unsafe/)
  })

  t.test('G17: the log has routes and codes, and nothing that people typed', async (t) => {
    await call(gateway, 'GET', '/api/session?x=B%C3%AD+M%E1%BA%ADt', { as: typist })
    await call(gateway, 'GET', `/api/campaigns/${campaignId}/books`, { as: administrator })
    const text = lines.join('')
    t.match(text, '"route":"/api/session"')
    t.match(text, '"err":"described without its text"')
    for (const secret of ['Bí Mật', 'B%C3%AD', PASSWORD, typist.person.login, typist.cookie]) {
      t.notMatch(text, secret)
    }
  })
})
