/** Rule P13 of docs/spec/intake.md: uploads over real sockets to a played gateway on a slow line. */
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import type { BookFile } from '@songnhap/contracts'
import { type Test, t } from 'tap'
import { signIn, uploadFiles } from '../src/index.ts'

const PERSON = { personId: crypto.randomUUID(), login: 'gs1', name: 'Lò Văn Pao', roles: [] }
const PATH = '/api/books/b/files'
/** More than the system takes in by itself, so that the line sets the pace. */
const LARGE = new Blob([Buffer.alloc(48_000_000, 7)])
const STILL_MAX_MS = 1_500

t.test('P13: an upload takes as long as its line needs', async (t) => {
  let bytes = 0
  const url = await playGateway(t, async (request, response) => {
    for await (const chunk of request) {
      const before = bytes
      bytes += chunk.length
      // A line of a fixed pace: one pause for each megabyte that came.
      if (Math.floor(bytes / 1e6) > Math.floor(before / 1e6)) await wait(100)
    }
    response.end(JSON.stringify({ files: [] }))
  })
  const api = await signIn(url, 'gs1', 'not looked at', { stillMaxMs: STILL_MAX_MS })
  const began = performance.now()
  t.same(await api.upload(PATH, [{ name: 'sổ.pdf', file: LARGE }]), { files: [] })
  t.ok(performance.now() - began > 2 * STILL_MAX_MS, 'longer than a line may stand still')
  t.ok(bytes > LARGE.size)
})

t.test('P13: an upload that stands still is cut, to be sent again', async (t) => {
  // Its body is never read.
  const url = await playGateway(t, () => {})
  const api = await signIn(url, 'gs1', 'not looked at', { stillMaxMs: 200 })
  const upload = api.upload(PATH, [{ name: 'sổ.pdf', file: LARGE }])
  await t.rejects(upload, { code: 'UNAVAILABLE' })
})

t.test('P13: what is refused as busy, or cut, is sent until it is taken in', async (t) => {
  let tries = 0
  const fileId = crypto.randomUUID()
  const of: BookFile = { fileId, bookId: 'b', name: 'a.png', state: { is: 'waiting' } }
  const problem = { code: 'UNAVAILABLE', message: { vi: '', en: '' } }
  const reports = [
    { fileName: 'a.png', outcome: 'refused', problem },
    undefined,
    { fileName: 'a.png', outcome: 'duplicate', of },
  ]
  const url = await playGateway(t, async (request, response) => {
    request.resume()
    await once(request, 'end')
    if (request.method === 'GET') {
      const received = { is: 'received', pages: 1, refusedPages: [], refused: 0 }
      response.end(JSON.stringify({ files: [{ ...of, state: received }], more: false }))
      return
    }
    const report = reports[tries]
    tries += 1
    // Taken in, and the answer is lost with the line.
    if (report === undefined) request.socket.destroy()
    else response.end(JSON.stringify({ files: [report] }))
  })
  const api = await signIn(url, 'gs1', 'not looked at')
  const file = { name: 'a.png', open: async () => new Blob(['a']) }
  const [uploaded] = await uploadFiles(api, 'b', [file])
  t.equal(tries, 3)
  t.match(uploaded, { name: 'a.png', state: { is: 'received' } }, 'ours, and no duplicate')
})

/** Signs everybody in, and leaves all other requests to `hear`. */
async function playGateway(
  t: Test,
  hear: (request: IncomingMessage, response: ServerResponse) => unknown,
): Promise<string> {
  const server = createServer((request, response) => {
    if (request.url !== '/api/session') return void hear(request, response)
    response.setHeader('set-cookie', 'session=1').end(JSON.stringify(PERSON))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(async () => {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
