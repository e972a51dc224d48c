/** Rules G44–G46 of docs/spec/access.md: who sets a password, and who must change it. */
import type { Account, SignedIn as Entered } from '@songnhap/contracts'
import { sql } from 'kysely'
import { pino } from 'pino'
import { t } from 'tap'
import {
  call,
  codeOf,
  cookieOf,
  enter,
  openGateway,
  openWorld,
  PASSWORD,
  type SignedIn,
  signIn,
} from './open-gateway.ts'

t.test('passwords', async (t) => {
  const lines: string[] = []
  const log = pino({ level: 'info' }, { write: (line) => void lines.push(line) })
  const world = await openWorld(t, log)
  const gateway = await openGateway(t, world)
  const administrator = await enter(world, gateway, ['administrator'])

  t.test(
    'G44: who signs in with a password that somebody else chose, chooses another first',
    async (t) => {
      const body = { login: 'lo.thi.e', name: 'Lò Thị E', roles: ['typist'], password: PASSWORD }
      const made = { ...body, mustChange: true }
      await call(gateway, 'POST', '/api/accounts', { as: administrator, body: made })
      const response = await signIn(gateway, 'lo.thi.e', PASSWORD)
      const cookie = cookieOf(response)
      const person = (await response.json()) as Entered
      t.equal(person.mustChangePassword, true)
      const as = { person, cookie }
      t.match(await (await call(gateway, 'GET', '/api/session', { as })).json(), {
        mustChangePassword: true,
      })
      for (const path of ['/api/session/lessons', '/api/campaigns', '/api/stream']) {
        const refused = await call(gateway, 'GET', path, { as })
        t.match(await codeOf(refused), /PASSWORD_TO_CHANGE|NOT_ALLOWED/, path)
      }
      const take = { as, body: { work: 'typing', capacity: 1 } }
      t.equal(
        await codeOf(await call(gateway, 'POST', '/api/assignments/take', take)),
        'PASSWORD_TO_CHANGE',
      )
      t.equal((await call(gateway, 'GET', '/api/session/keeping-key', { as })).status, 200)
      const change = (oldPassword: string, newPassword: string) =>
        call(gateway, 'POST', '/api/me/password', { as, body: { oldPassword, newPassword } })
      t.equal(await codeOf(await change(PASSWORD, PASSWORD.normalize('NFD'))), 'PASSWORD_UNCHANGED')
      t.equal((await change(PASSWORD, 'mật khẩu của tôi')).status, 200)
      t.equal((await call(gateway, 'GET', '/api/session/lessons', { as })).status, 200)
      t.equal((await signIn(gateway, 'lo.thi.e', PASSWORD)).status, 401)
      const again = await signIn(gateway, 'lo.thi.e', 'mật khẩu của tôi')
      t.notHas(await again.json(), { mustChangePassword: true })
    },
  )

  t.test('G45: anybody changes the own password, which ends the other sessions', async (t) => {
    const here = await enter(world, gateway, ['arbiter'])
    const { login } = here.person
    const there = { ...here, cookie: cookieOf(await signIn(gateway, login, PASSWORD)) }
    const change = (oldPassword: string, newPassword: string) =>
      call(gateway, 'POST', '/api/me/password', { as: here, body: { oldPassword, newPassword } })
    t.equal(await codeOf(await change('not the password', 'mật khẩu của tôi')), 'PASSWORD_WRONG')
    t.equal(await codeOf(await change(PASSWORD, 'short')), 'MALFORMED')
    const look = async (as: SignedIn) => (await call(gateway, 'GET', '/api/session', { as })).status
    t.equal(await look(there), 200)
    t.equal((await change(PASSWORD, 'mật khẩu của tôi')).status, 200)
    t.same([await look(here), await look(there)], [200, 401])
    await change('not the password', 'another long one')
    await sql`update sign_in_failure set blocked_until = now() + interval '30 seconds'`.execute(
      world.db,
    )
    const early = await change('mật khẩu của tôi', 'another long one')
    t.equal(await codeOf(early), 'TOO_MANY_ATTEMPTS')
    t.match(early.headers.get('retry-after'), /^(30|2\d)$/)
  })

  t.test(
    'G46: supervisors give new passwords to typists and arbiters, and to nobody else',
    async (t) => {
      const supervisor = await enter(world, gateway, ['supervisor'])
      const both = await enter(world, gateway, ['typist', 'arbiter'])
      const colleague = await enter(world, gateway, ['typist', 'supervisor'])
      const reset = ({ person }: SignedIn) =>
        call(gateway, 'PUT', `/api/accounts/${person.personId}/password`, {
          as: supervisor,
          body: { password: 'do giám sát đặt', mustChange: false },
        })
      t.equal((await reset(both)).status, 200)
      t.equal((await call(gateway, 'GET', '/api/session', { as: both })).status, 401)
      const entered = await signIn(gateway, both.person.login, 'do giám sát đặt')
      t.match(await entered.json(), { mustChangePassword: true }, 'whatever was asked for')
      for (const other of [colleague, supervisor, administrator]) {
        t.equal(await codeOf(await reset(other)), 'NOT_FOUND')
        t.equal((await signIn(gateway, other.person.login, PASSWORD)).status, 200)
      }
      const list = await call(gateway, 'GET', '/api/accounts', { as: supervisor })
      const { accounts } = (await list.json()) as { accounts: Account[] }
      const seen = accounts.map(({ login }) => login)
      t.ok(seen.includes(both.person.login))
      t.notOk(seen.includes(colleague.person.login) || seen.includes(administrator.person.login))
      t.match(lines.join(''), `"of":"${both.person.personId}"`)
      for (const [method, path] of [
        ['POST', '/api/accounts'],
        ['PUT', `/api/accounts/${both.person.personId}/roles`],
        ['PUT', `/api/accounts/${both.person.personId}/barred`],
      ] as const) {
        const response = await call(gateway, method, path, { as: supervisor })
        t.equal(await codeOf(response), 'NOT_ALLOWED', path)
      }
    },
  )
})
