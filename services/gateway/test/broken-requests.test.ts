/**
 * Goal: what is wrong below or beside the routes is refused in the same form as what is wrong in
 * them, and repeats nothing. Method: raw lines to a listening gateway. What generated input found
 * is kept here by its smallest example.
 */
import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { ProblemBody } from '@songnhap/contracts'
import { checkStrictly } from '@songnhap/contracts/check'
import { t } from 'tap'
import { enter, type Gateway, ORIGIN, openGateway, openWorld } from './open-gateway.ts'

const checkProblem = checkStrictly('a problem', ProblemBody)
const SECRET = 'lô-thị-mận'
const BODY_MS = 200
const DROP_EVERY_MS = 20
const LEFT_OPEN_MS = 5_000
const UPGRADE = 'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13'

t.test('G40: a request that comes to no route is refused like any other', async (t) => {
  const gateway = await openGateway(t, await openWorld(t))
  const refused: [what: string, request: string, status: number, code: string][] = [
    ['no HTTP', `${SECRET}\r\n\r\n`, 400, 'MALFORMED'],
    ['an unknown version', 'GET / HTTP/9.9\r\nHost: a\r\n\r\n', 400, 'MALFORMED'],
    ['no host', `GET /api/health HTTP/1.1\r\nA: ${SECRET}\r\n\r\n`, 400, 'MALFORMED'],
    [
      'two lengths',
      ask('POST', '/api/session', 'Content-Length: 1\r\nContent-Length: 2'),
      400,
      'MALFORMED',
    ],
    [
      'two framings',
      ask('POST', '/', 'Transfer-Encoding: chunked\r\nContent-Length: 5'),
      400,
      'MALFORMED',
    ],
    ['huge headers', ask('GET', '/', `A: ${'x'.repeat(70_000)}`), 413, 'TOO_LARGE'],
    ['an odd expectation', ask('GET', '/api/health', `Expect: ${SECRET}`), 400, 'MALFORMED'],
    ['half an escape', ask('GET', `/api/${encodeURI(SECRET)}/%`), 400, 'MALFORMED'],
    ['half an escape in a handshake', ask('GET', '/%', UPGRADE), 400, 'MALFORMED'],
    ['escaped no UTF-8', ask('GET', '/api/forms/%ff/1'), 400, 'MALFORMED'],
    ['a long part', ask('GET', `/api/forms/${'a'.repeat(200)}/1`), 400, 'MALFORMED'],
    ['an unknown route', ask('GET', `/api/${encodeURI(SECRET)}`), 404, 'NOT_FOUND'],
  ]
  for (const [what, request, status, code] of refused) {
    const answer = await exchange(gateway, request)
    t.match(answer, new RegExp(`^HTTP/1.1 ${status} `), what)
    t.equal(checkProblem(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).code, code, what)
    t.notMatch(decodeURI(answer), SECRET, `${what}: nothing is repeated`)
    t.match(answer, /cache-control: no-store/i, `${what}: nothing is kept`)
  }
})

t.test('G40: a handshake that fails is refused with a code, also without an upgrade', async (t) => {
  const world = await openWorld(t)
  const gateway = await openGateway(t, world)
  const { cookie } = await enter(world, gateway, ['typist'])
  const who = `Origin: ${ORIGIN}\r\nCookie: ${cookie}`
  for (const headers of [`${UPGRADE}\r\nSec-WebSocket-Key: ${SECRET}`, UPGRADE]) {
    const answer = await exchange(gateway, ask('GET', '/api/stream', `${who}\r\n${headers}`))
    t.match(answer, /^HTTP\/1.1 400 /)
    t.equal(checkProblem(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).code, 'MALFORMED')
  }
  const plain = await fetch(`${gateway.url}/api/stream`, { headers: { cookie } })
  t.equal(plain.status, 404)
  t.equal(checkProblem(await plain.json()).code, 'NOT_FOUND')
})

t.test('G41: a handshake behind a request that is not answered yet ends the line', async (t) => {
  const gateway = await openGateway(t, await openWorld(t))
  const two = ask('GET', '/') + ask('GET', '/api/stream', `${UPGRADE}\r\nSec-WebSocket-Key: x`)
  const { hostname, port } = new URL(gateway.url)
  const line = connect(Number(port), hostname, () => line.write(two)).resume()
  t.teardown(() => line.destroy())
  await t.resolves(once(line, 'close', { signal: AbortSignal.timeout(LEFT_OPEN_MS) }))
})

t.test('G40: a form of files that is torn, or none, is malformed', async (t) => {
  const world = await openWorld(t)
  const gateway = await openGateway(t, world)
  const { cookie } = await enter(world, gateway, ['supervisor'])
  const url = `${gateway.url}/api/books/${crypto.randomUUID()}/files`
  const torn = `--x\r\ncontent-disposition: form-data; name="f"; filename="${SECRET}"\r\n\r\nhalf`
  for (const [type, body] of [
    ['multipart/form-data', ''],
    ['multipart/form-data; boundary=x', ''],
    ['multipart/form-data; boundary=x', '--x'],
    ['multipart/form-data; boundary=x', torn],
  ] as const) {
    const headers = { cookie, origin: ORIGIN, 'content-type': type }
    const answer = await fetch(url, { method: 'POST', headers, body })
    t.equal(answer.status, 400, type)
    t.equal(checkProblem(await answer.json()).code, 'MALFORMED', type)
  }
})

t.test('G40: a version of a form that there cannot be is malformed', async (t) => {
  const world = await openWorld(t)
  const gateway = await openGateway(t, world)
  const { cookie } = await enter(world, gateway, ['typist'])
  const answer = await fetch(`${gateway.url}/api/forms/a/1000001`, { headers: { cookie } })
  t.equal(answer.status, 400)
})

t.test('G41: who does not come to the end of a body is let go, also where refused', async (t) => {
  const world = await openWorld(t)
  const gateway = await openGateway(t, world, {}, 10_000, { bodyMs: BODY_MS })
  const { cookie } = await enter(world, gateway, ['typist'])
  const json = 'Content-Type: application/json\r\nContent-Length: 100'
  const form = 'Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 100'
  const from = `Origin: ${ORIGIN}`
  const files = `/api/books/${crypto.randomUUID()}/files`
  const slow: [what: string, request: string, answer: RegExp][] = [
    ['a taken one', ask('POST', '/api/session', `${from}\r\n${json}`), /^$/],
    ['no session', ask('POST', '/api/campaigns', `${from}\r\n${json}`), / 401 /],
    ['from elsewhere', ask('POST', '/api/session', json), / 403 /],
    ['no right', ask('POST', files, `${from}\r\nCookie: ${cookie}\r\n${form}`), / 403 /],
    ['no route', ask('POST', '/api/nowhere', `${from}\r\n${json}`), /^$/],
    ['no address', ask('POST', '/%', json), / 400 /],
    ['an upload where none is taken', ask('POST', '/api/session', `${from}\r\n${form}`), / 400 /],
    ['an upload without a session', ask('POST', files, `${from}\r\n${form}`), / 401 /],
    ['in pieces', ask('POST', '/api/campaigns', `${from}\r\nTransfer-Encoding: chunked`), / 401 /],
    ['a handshake', ask('POST', '/api/session', `${from}\r\n${UPGRADE}\r\n${json}`), / 400 /],
  ]
  for (const [what, request, answer] of slow) {
    t.match(await trickle(gateway, request), answer, `${what}: the line is cut by the gateway`)
  }
})

t.test('G41: an upload takes as long as something comes, once its sender was let in', async (t) => {
  const world = await openWorld(t)
  const gateway = await openGateway(t, world, {}, 10_000, { bodyMs: BODY_MS })
  const { cookie } = await enter(world, gateway, ['supervisor'])
  const headers = {
    cookie,
    origin: ORIGIN,
    'content-type': 'multipart/form-data; boundary=x',
  }
  const body = async function* () {
    for (const byte of Buffer.from('--x--\r\n')) {
      await wait(BODY_MS / 4)
      yield Buffer.from([byte])
    }
  }
  const url = `${gateway.url}/api/books/${crypto.randomUUID()}/files`
  const sent = {
    method: 'POST',
    headers,
    body: ReadableStream.from(body()),
    duplex: 'half' as const,
  }
  const answer = await fetch(url, sent)
  t.same([answer.status, await answer.json()], [200, { files: [] }])
})

t.test('G41: who does not come to the end of the headers is let go', async (t) => {
  const gateway = await openGateway(t, await openWorld(t), {}, 10_000, { headersMs: 200 })
  t.match(await trickle(gateway, 'GET /api/health HTTP/1.1\r\nHost: a\r\nA: '), / 400 /)
})

function ask(method: string, path: string, headers = 'A: b'): string {
  return `${method} ${path} HTTP/1.1\r\nHost: a\r\n${headers}\r\n\r\n`
}

/** Everything that comes back until the gateway, which is asked for one thing, ends the line. */
function exchange(gateway: Gateway, request: string): Promise<string> {
  const { hostname, port } = new URL(gateway.url)
  return new Promise((resolve, reject) => {
    const heard: Buffer[] = []
    const end = () => resolve(Buffer.concat(heard).toString())
    const socket = connect({ host: hostname, port: Number(port) }, () => socket.write(request))
    socket.on('data', (data) => {
      heard.push(data)
      socket.end()
    })
    socket.on('close', end)
    socket.on('error', reject)
  })
}

/** A byte now and then, for ever: comes back once the gateway has had enough. */
async function trickle(gateway: Gateway, request: string): Promise<string> {
  const { hostname, port } = new URL(gateway.url)
  const line = connect(Number(port), hostname)
  const heard: Buffer[] = []
  line.on('data', (data) => heard.push(data))
  // Cut while a byte is under way, it ends with an error.
  line.on('error', () => {})
  line.write(request)
  const drops = setInterval(() => line.write('1'), DROP_EVERY_MS)
  await new Promise((resolve) => line.once('close', resolve))
  clearInterval(drops)
  return Buffer.concat(heard).toString()
}
