import type { Bus } from '@songnhap/bus'
import { closed, Id, UploadReport } from '@songnhap/contracts'
import type { ImageStore } from '@songnhap/images'
import { SUPERVISION } from '../admission.ts'
import type { TypedServer } from '../typed-server.ts'
import { FILE_BYTES_MAX, FILES_MAX, uploadPage } from '../upload-page.ts'

/** One byte more than is allowed, so that the image store sees and refuses what is too long. */
const LIMITS = { files: FILES_MAX, fileSize: FILE_BYTES_MAX + 1, fields: 10, fieldSize: 1024 }

/** Page images of a book, `multipart/form-data`, in the order of the pages. */
export function addUploadRoutes(server: TypedServer, bus: Bus, images: ImageStore): void {
  server.post(
    '/api/books/:bookId/pages',
    {
      config: {
        access: SUPERVISION,
        summary: 'Takes page images of a book, in the order of the pages.',
        takes: 'multipart/form-data',
        refuses: ['NOT_FOUND', 'TOO_LARGE'],
      },
      schema: { params: closed({ bookId: Id }), response: { 200: UploadReport } },
    },
    async (request) => {
      const files: UploadReport['files'] = []
      // One after the other: a page's place in its book is its place in the upload.
      for await (const part of request.files({ limits: LIMITS, throwFileSizeLimit: false })) {
        files.push(await uploadPage(bus, images, request.params.bookId, part.filename, part.file))
      }
      return { files }
    },
  )
}
