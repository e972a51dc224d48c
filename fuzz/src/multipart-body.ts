import fc from 'fast-check'
import { CANARY } from './canary.ts'

const BOUNDARY = 'ranhgioi'
const OPENING = `--${BOUNDARY}`
/** By which a file is known to be whole. */
const CLOSING = `\r\n${OPENING}`
const FIELDS_MANY = 40

const NAMES = [
  ...['', '.', '..', '../../etc/passwd', 'a\u0000b.jpg', '\u0001\u001f', 'con', '.jpg', 'a\\b.png'],
  ...['\u202egpj.exe', '\ud800.jpg', 'Trang một.jpg', `${CANARY}.jpg`, 'a"b.jpg', "a';b.png"],
]

/** Uploads that are torn, empty, misnamed or no uploads at all; nothing in them is an image. */
export function multipartBody() {
  return fc.oneof(
    { weight: 4, arbitrary: fc.array(part(), { maxLength: 4 }).map((parts) => asForm(parts)) },
    { weight: 1, arbitrary: manyFields() },
    { weight: 2, arbitrary: tornForm() },
    { weight: 1, arbitrary: strangeForm() },
  )
}

function part(): fc.Arbitrary<Buffer> {
  const long = fc.nat({ max: 2_000 }).map((length) => `${CANARY}${'ă'.repeat(length)}.jpg`)
  const name = fc.oneof(fc.constantFrom(...NAMES), long)
  const content = fc.oneof(
    fc.constant(new Uint8Array()),
    fc.uint8Array({ maxLength: 300 }),
    fc
      .constantFrom('\u00ff\u00d8\u00ff\u00e0', 'PK\u0003\u0004', '%PDF-1.7')
      .map((start) => Buffer.from(`${start}${CANARY}`, 'latin1')),
  )
  const encoding = fc.constantFrom<BufferEncoding>('utf8', 'latin1')
  return fc
    .tuple(name, content, encoding)
    .map(([fileName, bytes, bytesOfName]) =>
      Buffer.concat([
        Buffer.from('content-disposition: form-data; name="files"; filename="'),
        Buffer.from(fileName, bytesOfName),
        Buffer.from('"\r\ncontent-type: image/jpeg\r\n\r\n'),
        bytes,
      ]),
    )
}

function manyFields() {
  const field = Buffer.from(`content-disposition: form-data; name="${CANARY}"\r\n\r\n${CANARY}`)
  return fc
    .nat({ max: FIELDS_MANY })
    .map((count) => asForm(Array.from({ length: count }, () => field)))
}

/** A file that came whole is kept, so only what is torn within its first one must change nothing. */
function tornForm() {
  const parts = fc.array(part(), { minLength: 1, maxLength: 2 })
  return fc.tuple(parts, fc.nat()).map(([[first = Buffer.of(), ...others], at]) => {
    const form = asForm([first, ...others])
    const bytes = form.bytes.subarray(0, at % form.bytes.length)
    const firstIsWhole = bytes.length >= `${OPENING}\r\n`.length + first.length + CLOSING.length
    return { ...form, bytes, broken: !firstIsWhole }
  })
}

function strangeForm() {
  const type = fc.constantFrom(
    ...[
      'multipart/form-data',
      'multipart/form-data; boundary=',
      'multipart/form-data; boundary=""',
    ],
    ...[
      'multipart/mixed; boundary=x',
      'application/json',
      `multipart/form-data; boundary=${CANARY}`,
    ],
  )
  return fc.tuple(type, fc.uint8Array({ maxLength: 200 })).map(([contentType, array]) => ({
    bytes: Buffer.from(array),
    headers: { 'content-type': contentType },
    broken: true,
  }))
}

function asForm(parts: readonly Buffer[]) {
  const lines = parts.flatMap((one) => [Buffer.from(`${OPENING}\r\n`), one, Buffer.from('\r\n')])
  return {
    bytes: Buffer.concat([...lines, Buffer.from(`${OPENING}--\r\n`)]),
    headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` },
    broken: false,
  }
}
