import type { Bus } from '@songnhap/bus'
import {
  closed,
  FILE_BYTES_MAX,
  Id,
  listFiles,
  Problem,
  receiveFile,
  UploadReport,
} from '@songnhap/contracts'
import type { ImageStore } from '@songnhap/images'
import Type from 'typebox'
import { SUPERVISION } from '../admission.ts'
import type { TypedServer } from '../typed-server.ts'
import { FormTorn, untilTorn } from '../until-torn.ts'
import { uploadFile } from '../upload-file.ts'

const FILES_MAX = 500
/** One byte more than is allowed, so that the image store sees and refuses what is too long. */
const LIMITS = { files: FILES_MAX, fileSize: FILE_BYTES_MAX + 1, fields: 10, fieldSize: 1024 }

const ByBook = closed({ bookId: Id })

/** Files of a book: sent as `multipart/form-data` in the order of the pages, then read by intake. */
export function addUploadRoutes(server: TypedServer, bus: Bus, images: ImageStore): void {
  server.post(
    '/api/books/:bookId/files',
    {
      config: {
        access: SUPERVISION,
        summary: 'Takes files of a book, in the order of the pages; intake reads them afterwards.',
        takes: 'multipart/form-data',
      },
      schema: { params: ByBook, response: { 200: UploadReport } },
    },
    async (request) => {
      const { bookId } = request.params
      const files: UploadReport['files'] = []
      try {
        const parts = request.files({ limits: LIMITS, throwFileSizeLimit: false })
        // One after the other: a file's place in its book is its place in the upload.
        for await (const { filename, file } of untilTorn(parts)) {
          const outcome = await uploadFile(images, filename, file, (stored) =>
            bus.ask(receiveFile, { bookId, ...stored }),
          )
          files.push(outcome)
        }
        // Of nothing at all the parser does not complain.
        if (!request.raw.readableDidRead) throw new FormTorn('a form is empty')
      } catch (error) {
        if (!(error instanceof FormTorn)) throw error
        throw new Problem('MALFORMED', ['not a whole form of files'], { cause: error })
      }
      return { files }
    },
  )

  server.get(
    '/api/books/:bookId/files',
    {
      config: {
        access: SUPERVISION,
        summary: 'Files of a book and what became of each, in the order sent.',
        refuses: ['NOT_FOUND'],
      },
      schema: {
        params: ByBook,
        querystring: closed({ after: Type.Optional(Id) }),
        response: { 200: listFiles.reply },
      },
    },
    async ({ params, query }) => bus.ask(listFiles, { ...params, ...query }),
  )
}
