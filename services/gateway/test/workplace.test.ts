/** Rule G42 of docs/spec/access.md: the files of the workplace, and each person's keeping key. */
import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fastify } from 'fastify'
import { sql } from 'kysely'
import { t } from 'tap'
import { serveFiles } from '../src/serve-files.ts'
import type { TypedServer } from '../src/typed-server.ts'
import { call, codeOf, enter, openGateway, openWorld } from './open-gateway.ts'

t.test('G42: the workplace is served, and kept for as long as it cannot change', async (t) => {
  const gateway = await openGateway(t, await openWorld(t))
  const page = await call(gateway, 'GET', '/')
  t.equal(page.status, 200)
  t.equal(page.headers.get('cache-control'), 'no-cache')
  const policy = page.headers.get('content-security-policy') ?? ''
  t.notMatch(policy, /unsafe|data:/)
  const [script = ''] = /\/assets\/[\w-]+\.js/.exec(await page.text()) ?? []
  const loaded = await call(gateway, 'GET', script)
  t.equal(loaded.status, 200)
  t.equal(loaded.headers.get('cache-control'), 'public, max-age=31536000, immutable')
  t.ok(
    ['br', 'gzip'].includes(loaded.headers.get('content-encoding') ?? ''),
    'compressed beforehand',
  )
  const worker = await call(gateway, 'GET', '/service-worker.js')
  t.equal(worker.headers.get('cache-control'), 'no-cache')
  t.equal((await call(gateway, 'GET', '/?supervision')).status, 200)
})

t.test('G42: built anew under a running gateway, what lies there now is served', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'songnhap-built-'))
  t.teardown(() => rm(folder, { recursive: true, force: true }))
  const build = async (version: string) => {
    await rm(folder, { recursive: true, force: true })
    await mkdir(join(folder, 'assets'), { recursive: true })
    await writeFile(join(folder, 'index.html'), version)
    await writeFile(join(folder, 'assets', `index-${version}.js`), version)
  }
  await build('one')
  const server: TypedServer = fastify()
  t.teardown(() => server.close())
  await serveFiles(server, folder)
  const get = async (url: string) => await server.inject({ method: 'GET', url })
  t.equal((await get('/assets/index-one.js')).body, 'one')
  await build('two')
  t.equal((await get('/')).body, 'two')
  const loaded = await get('/assets/index-two.js')
  t.equal(loaded.body, 'two')
  t.match(loaded.headers['cache-control'], /immutable/)
  for (const url of ['/assets/index-one.js', '/assets/', '/assets/..%2findex.html']) {
    const missing = await get(url)
    t.ok(missing.statusCode >= 400, url)
    t.notMatch(missing.headers['cache-control'] ?? '', /immutable/)
  }
})

t.test('G42: a keeping key is its person’s own, and the same at every sign-in', async (t) => {
  const world = await openWorld(t)
  const gateway = await openGateway(t, world)
  const [an, binh] = [
    await enter(world, gateway, ['typist']),
    await enter(world, gateway, ['typist']),
  ]
  const keyOf = async (as: typeof an) => {
    const response = await call(gateway, 'GET', '/api/session/keeping-key', { as })
    return ((await response.json()) as { keepingKey: string }).keepingKey
  }
  t.match(await keyOf(an), /^[\w-]{43}$/)
  t.equal(await keyOf(an), await keyOf(an))
  t.not(await keyOf(an), await keyOf(binh))
  t.equal(await codeOf(await call(gateway, 'GET', '/api/session/keeping-key')), 'NOT_SIGNED_IN')
})

t.test('K72: how far a typist has come in the lessons is the typist’s own', async (t) => {
  const world = await openWorld(t)
  const gateway = await openGateway(t, world)
  const path = '/api/session/lessons'
  const [an, binh] = [
    await enter(world, gateway, ['typist']),
    await enter(world, gateway, ['typist']),
  ]
  const done = async (as: typeof an) => await (await call(gateway, 'GET', path, { as })).json()
  t.same(await done(an), { lessonsDone: null }, 'nobody offered them yet')
  const kept = await call(gateway, 'POST', path, { as: an, body: { lessonsDone: 2 } })
  t.equal(kept.status, 200)
  t.same(await done(an), { lessonsDone: 2 })
  t.same(await done(binh), { lessonsDone: null })
  const wrong = await call(gateway, 'POST', path, { as: an, body: { lessonsDone: 21 } })
  t.equal(await codeOf(wrong), 'MALFORMED')
})

t.test('K75: one computer of a person types at a time', async (t) => {
  const world = await openWorld(t)
  const gateway = await openGateway(t, world)
  const [an, binh] = [
    await enter(world, gateway, ['typist']),
    await enter(world, gateway, ['typist']),
  ]
  const [here, there] = [randomUUID(), randomUUID()]
  const sit = async (as: typeof an, deskId: string, takeOver = false) => {
    const body = { deskId, takeOver }
    const response = await call(gateway, 'POST', '/api/session/desk', { as, body })
    return ((await response.json()) as { isHere: boolean }).isHere
  }
  t.equal(await sit(an, here), true)
  t.equal(await sit(an, here), true)
  t.equal(await sit(an, there), false, 'a second one is told')
  t.equal(await sit(binh, there), true, 'of somebody else it is the first')
  t.equal(await sit(an, there, true), true, 'and may take over')
  t.equal(await sit(an, here), false)
  await sql`update desk set seen_at = clock_timestamp() - interval '61 s'`.execute(world.db)
  t.equal(await sit(an, here), true, 'what was left holds up nobody')
})
