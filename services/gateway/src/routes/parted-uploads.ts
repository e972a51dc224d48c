import { Readable } from 'node:stream'
import type { Bus } from '@songnhap/bus'
import {
  closed,
  Id,
  Problem,
  type ProblemCode,
  receiveFile,
  TakeUpload,
  UploadReport,
} from '@songnhap/contracts'
import type { ImageStore } from '@songnhap/images'
import type { FastifyReply, FastifyRequest } from 'fastify'
import Type from 'typebox'
import { SUPERVISION } from '../admission.ts'
import { OFFSET_STREAM } from '../let-go-of-slow.ts'
import type { PartedUploads } from '../parted-uploads.ts'
import type { TypedServer } from '../typed-server.ts'
import { uploadFile } from '../upload-file.ts'

const ById = closed({ uploadId: Id })
const Nothing = Type.Null()
/** What the protocol refuses, in our words; anything else is a request that is not of the protocol. */
const REFUSALS: Readonly<Record<number, ProblemCode>> = {
  404: 'NOT_FOUND',
  409: 'UPLOAD_BUSY',
  410: 'NOT_FOUND',
  413: 'TOO_LARGE',
  423: 'UPLOAD_BUSY',
  503: 'UPLOADS_FULL',
}

/** Files in parts, which is what a browser with a weak line needs; then taken like any other. */
export function addPartedUploadRoutes(
  server: TypedServer,
  uploads: PartedUploads,
  bus: Bus,
  images: ImageStore,
): void {
  // The protocol's server reads the body by itself, as it comes.
  server.addContentTypeParser(OFFSET_STREAM, (_request, payload, done) => done(null, payload))
  addProtocolRoutes(server, uploads)

  server.post(
    '/api/books/:bookId/files/from-upload',
    {
      config: {
        access: SUPERVISION,
        summary: 'Takes a file of a book that came in parts and is whole.',
        refuses: ['NOT_FOUND', 'UPLOAD_BUSY'],
      },
      schema: {
        params: closed({ bookId: Id }),
        body: TakeUpload,
        response: { 200: UploadReport.properties.files.items },
      },
    },
    async ({ params: { bookId }, body: { uploadId, fileName } }) =>
      uploadFile(images, fileName, await uploads.open(uploadId), (stored) =>
        bus.ask(receiveFile, { bookId, ...stored }),
      ),
  )
}

function addProtocolRoutes(server: TypedServer, uploads: PartedUploads): void {
  const speakOfOne = async (
    request: FastifyRequest<{ Params: { uploadId: string } }>,
    reply: FastifyReply,
  ) => {
    if (!(await uploads.has(request.params.uploadId))) throw new Problem('NOT_FOUND')
    return await speak(request, reply)
  }
  const speak = async (request: FastifyRequest, reply: FastifyReply) => {
    const answer = await uploads.handle(asWebRequest(request))
    if (answer.status >= 400) throw new Problem(REFUSALS[answer.status] ?? otherOf(answer.status))
    for (const [name, value] of answer.headers) {
      // Of another origin nobody may come, so nothing is said to one.
      if (!name.startsWith('access-control-')) reply.header(name, value)
    }
    return await reply.code(answer.status).send()
  }
  server.post(
    '/api/uploads',
    {
      config: {
        access: SUPERVISION,
        summary: 'Begins a file that comes in parts (tus 1.0).',
        refuses: ['UPLOADS_FULL', 'TOO_LARGE', 'MALFORMED'],
      },
      schema: { response: { 201: Nothing } },
    },
    speak,
  )
  server.head(
    '/api/uploads/:uploadId',
    {
      config: {
        access: SUPERVISION,
        summary: 'Tells how much of a file is there (tus 1.0).',
        refuses: ['NOT_FOUND', 'UPLOAD_BUSY'],
      },
      schema: { params: ById, response: { 200: Nothing } },
    },
    speakOfOne,
  )
  server.patch(
    '/api/uploads/:uploadId',
    {
      config: {
        access: SUPERVISION,
        summary: 'Takes the next part of a file (tus 1.0).',
        takes: OFFSET_STREAM,
        refuses: ['NOT_FOUND', 'UPLOAD_BUSY'],
      },
      schema: { params: ById, response: { 204: Nothing } },
    },
    speakOfOne,
  )
  server.delete(
    '/api/uploads/:uploadId',
    {
      config: {
        access: SUPERVISION,
        summary: 'Forgets a file that came in parts (tus 1.0).',
        refuses: ['NOT_FOUND', 'UPLOAD_BUSY', 'MALFORMED'],
      },
      schema: { params: ById, response: { 204: Nothing } },
    },
    speakOfOne,
  )
}

/** A line that broke in the middle, or a disk: it may be sent again. */
function otherOf(status: number): ProblemCode {
  return status < 500 ? 'MALFORMED' : 'UNAVAILABLE'
}

/** Whoever does not name a version of the protocol speaks the only one there is. */
function asWebRequest({ method, url, headers, body }: FastifyRequest): Request {
  const some = Object.entries(headers).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as [string, string]] : [],
  )
  return new Request(new URL(url, 'http://gateway'), {
    method,
    headers: { 'tus-resumable': '1.0.0', ...Object.fromEntries(some) },
    ...(body instanceof Readable
      ? { body: Readable.toWeb(body) as ReadableStream, duplex: 'half' }
      : {}),
  })
}
