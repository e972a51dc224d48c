/** Rule G13 of docs/spec/access.md: page images come in, also bad and broken ones; intake is played. */
import { readdir, stat } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { type Answer, answer } from '@songnhap/bus'
import type { RequestOf, UploadReport } from '@songnhap/contracts'
import * as contracts from '@songnhap/contracts'
import { eventually } from '@songnhap/testkit'
import { pino } from 'pino'
import { t } from 'tap'
import { uuidv7 } from 'uuidv7'
import {
  call,
  codeOf,
  enter,
  IMAGE,
  ORIGIN,
  openGateway,
  openWorld,
  type World,
} from './open-gateway.ts'

const bookId = uuidv7()

t.test('uploads', async (t) => {
  const world = await openWorld(t)
  const gateway = await openGateway(t, world)
  const supervisor = await enter(world, gateway, ['supervisor'])
  const received: RequestOf<typeof contracts.receiveFile>[] = []
  await world.bus.answer('intake', [receiver(world, received)])
  const path = `/api/books/${bookId}/files`

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
      ['accepted', 'accepted', 'FILE_TOO_LARGE', 'FILE_NAME_UNUSABLE', 'duplicate'],
    )
    t.equal(files[0]?.fileName, 'trang-1.png')
    t.equal(files[1]?.fileName, 'ghi chú.txt')
    t.equal(files[4]?.fileName, 'trang-1 again.png')
  })

  t.test('G13: a name that cannot be shown is refused alone', async (t) => {
    received.length = 0
    const names = ['1.png', 'a\tb.png', 'c\u007f.png', 'd\u0001.png', '3.png']
    const part = (name: string) =>
      Buffer.concat([
        Buffer.from(
          `--edge\r\ncontent-disposition: form-data; name="p"; filename="${name}"\r\n\r\n`,
        ),
        IMAGE,
        Buffer.from('\r\n'),
      ])
    const response = await fetch(new URL(path, gateway.url), {
      method: 'POST',
      headers: {
        origin: ORIGIN,
        cookie: supervisor.cookie,
        'content-type': 'multipart/form-data; boundary=edge',
      },
      body: Buffer.concat([...names.map(part), Buffer.from('--edge--\r\n')]),
    })
    const { files } = (await response.json()) as contracts.UploadReport
    const codes = files.map((file) => (file.outcome === 'refused' ? file.problem.code : 'taken'))
    t.same(codes, [
      'taken',
      'FILE_NAME_UNUSABLE',
      'FILE_NAME_UNUSABLE',
      'FILE_NAME_UNUSABLE',
      'taken',
    ])
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

  t.test('G13: what fails here is not called a torn form, and is logged', async (t) => {
    const lines: string[] = []
    const log = pino({ level: 'error' }, { write: (line) => void lines.push(line) })
    const failing = await openWorld(t, log)
    const receive = async () => {
      throw new Error('the store has failed')
    }
    const images = { ...failing.images, receive }
    const broken = await openGateway(t, { ...failing, images })
    const person = await enter(failing, broken, ['supervisor'])
    const form = new FormData()
    form.append('pages', new Blob([IMAGE]), 'a.png')
    const response = await call(broken, 'POST', path, { as: person, body: form })
    t.equal(await codeOf(response), 'INTERNAL')
    t.match(lines, [/the store has failed/])
  })

  t.test(
    'G43: a file in parts goes on at another gateway, and is taken once it is whole',
    async (t) => {
      received.length = 0
      const other = await openGateway(t, world)
      const tus = (
        at: typeof gateway,
        method: string,
        to: string,
        more: object,
        body?: Uint8Array<ArrayBuffer>,
      ) =>
        fetch(new URL(to, at.url), {
          method,
          headers: {
            ...{ origin: ORIGIN, cookie: supervisor.cookie, 'tus-resumable': '1.0.0' },
            ...more,
          },
          ...(body === undefined ? {} : { body }),
        })
      const begun = await tus(gateway, 'POST', '/api/uploads', {
        'upload-length': `${IMAGE.length}`,
      })
      t.equal(begun.status, 201)
      const place = begun.headers.get('location') ?? ''
      const part = (from: number, to: number, at: typeof gateway) =>
        tus(
          at,
          'PATCH',
          place,
          { 'upload-offset': `${from}`, 'content-type': 'application/offset+octet-stream' },
          IMAGE.subarray(from, to),
        )
      t.equal((await part(0, 20, gateway)).status, 204)
      t.equal((await tus(other, 'HEAD', place, {})).headers.get('upload-offset'), '20')
      t.equal(await codeOf(await part(7, 30, other)), 'UPLOAD_BUSY', 'at the wrong place')
      const take = (body: object) =>
        call(other, 'POST', `${path}/from-upload`, { as: supervisor, body })
      const uploadId = place.split('/').at(-1)
      t.equal(await codeOf(await take({ uploadId, fileName: 'a.png' })), 'UPLOAD_BUSY', 'not whole')
      t.equal((await part(20, IMAGE.length, other)).status, 204)
      t.match(await (await take({ uploadId, fileName: 'a.png' })).json(), { fileName: 'a.png' })
      t.match(received, [{ bookId, fileName: 'a.png' }])

      t.equal((await tus(other, 'DELETE', place, {})).status, 204)
      t.same(await readdir(join(world.folder, 'unfinished')), [])
      t.equal(await codeOf(await take({ uploadId, fileName: 'a.png' })), 'NOT_FOUND')
      const huge = { 'upload-length': `${contracts.FILE_BYTES_MAX + 1}` }
      t.equal(await codeOf(await tus(gateway, 'POST', '/api/uploads', huge)), 'TOO_LARGE')
      const typist = await enter(world, gateway, ['typist'])
      const asTypist = { cookie: typist.cookie, 'upload-length': '1' }
      t.equal(await codeOf(await tus(gateway, 'POST', '/api/uploads', asTypist)), 'NOT_ALLOWED')
      const foreign = { origin: 'https://elsewhere.example', 'upload-length': '1' }
      t.equal(await codeOf(await tus(gateway, 'POST', '/api/uploads', foreign)), 'FOREIGN_ORIGIN')
    },
  )

  t.test('G43: of a part that breaks off, what came is kept', async (t) => {
    const long = 1_000_000
    const { hostname, port } = new URL(gateway.url)
    const head = { origin: ORIGIN, cookie: supervisor.cookie, 'tus-resumable': '1.0.0' }
    const begun = await fetch(new URL('/api/uploads', gateway.url), {
      method: 'POST',
      headers: { ...head, 'upload-length': `${long}` },
    })
    const place = begun.headers.get('location') ?? ''
    const line = connect(Number(port), hostname)
    const headers = {
      ...{ ...head, host: hostname, 'upload-offset': '0', 'content-length': `${long}` },
      'content-type': 'application/offset+octet-stream',
    }
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
    line.write(`PATCH ${place} HTTP/1.1\r\n${lines.join('')}\r\n`)
    line.write(Buffer.alloc(long / 2))
    const path = join(world.folder, 'unfinished', place.split('/').at(-1) ?? '')
    await eventually(
      async () => (await stat(path)).size,
      (size) => size > 0,
    )
    line.destroy()
    const asked = await fetch(new URL(place, gateway.url), { method: 'HEAD', headers: head })
    t.ok(Number(asked.headers.get('upload-offset')) > 0)
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
    t.same(await readdir(join(silent.folder, 'incoming')), [], 'it is sent as a whole then')
  })
})

/** Intake as its contract says, with the image store in earnest. */
function receiver(world: World, received: RequestOf<typeof contracts.receiveFile>[]): Answer {
  const known = new Map<string, contracts.BookFile>()
  return answer(contracts.receiveFile, async (request) => {
    const { bookId, fileName: name, sha256 } = request
    const of = known.get(sha256)
    received.push(request)
    if (of !== undefined) {
      await world.images.discard(sha256)
      return { outcome: 'duplicate' as const, of }
    }
    await world.images.keepFile(sha256)
    const fileId = uuidv7()
    known.set(sha256, { fileId, bookId, name, state: { is: 'waiting' } })
    return { outcome: 'accepted' as const, fileId }
  })
}
