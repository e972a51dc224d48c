import type { Bus } from '@songnhap/bus'
import {
  closed,
  DecisionNote,
  findPageImage,
  Id,
  ImageSize,
  listPagesAside,
  offerPageAgain,
  PageAside,
  replacePage,
  restorePage,
  setPageAside,
  TakeUpload,
  UploadReport,
} from '@songnhap/contracts'
import type { ImageStore } from '@songnhap/images'
import type { Kysely } from 'kysely'
import Type from 'typebox'
import { readNames } from '../accounts.ts'
import { personOf, SUPERVISION } from '../admission.ts'
import type { PartedUploads } from '../parted-uploads.ts'
import type { DB } from '../schema.gen.ts'
import { sendImage } from '../send-image.ts'
import type { TypedServer } from '../typed-server.ts'
import { uploadFile } from '../upload-file.ts'

const ByPage = closed({ pageId: Id })
const ByCampaign = closed({ campaignId: Id })
const note = Type.Optional(DecisionNote)
const Noted = closed({ note })
const { reason } = setPageAside.request.properties
/** The services know no names; null when the account is gone. */
const Aside = closed({
  pages: Type.Array(
    closed({ ...PageAside.properties, name: Type.Union([Type.String(), Type.Null()]) }),
  ),
  more: Type.Boolean(),
})

interface Parts {
  readonly db: Kysely<DB>
  readonly bus: Bus
  readonly images: ImageStore
  readonly uploads: PartedUploads
}

/** What supervisors decide about pages that typists handed back: with the page before their eyes. */
export function addReturnedRoutes(server: TypedServer, parts: Parts): void {
  addLookRoutes(server, parts)
  addDecisionRoutes(server, parts)
  addReplaceRoute(server, parts)
}

function addLookRoutes(server: TypedServer, { db, bus, images }: Parts): void {
  server.get(
    '/api/pages/:pageId/image/:size',
    {
      config: {
        access: SUPERVISION,
        summary: 'Shows a page to a supervisor; looking is logged.',
        gives: 'image/*',
        refuses: ['NOT_FOUND'],
      },
      schema: { params: closed({ pageId: Id, size: ImageSize }) },
    },
    async (request, reply) => {
      const { pageId, size } = request.params
      const { sha256 } = await bus.ask(findPageImage, { pageId })
      request.log.info({ personId: personOf(request).personId, pageId }, 'a page was looked at')
      return await sendImage(reply, images, sha256, size)
    },
  )

  server.get(
    '/api/campaigns/:campaignId/set-aside',
    {
      config: {
        access: SUPERVISION,
        summary: 'Pages that were set aside or replaced, by whom and why, the latest first.',
      },
      schema: { params: ByCampaign, response: { 200: Aside } },
    },
    async ({ params }) => {
      const { pages, more } = await bus.ask(listPagesAside, params)
      const names = await readNames(db, [...new Set(pages.map(({ personId }) => personId))])
      const named = pages.map((page) => ({ ...page, name: names.get(page.personId) ?? null }))
      return { pages: named, more }
    },
  )
}

function addDecisionRoutes(server: TypedServer, { bus }: Parts): void {
  server.post(
    '/api/pages/:pageId/offer-again',
    {
      config: {
        access: SUPERVISION,
        summary: 'A page that was skipped can be keyed: who skipped it may be given it again.',
        refuses: ['NOT_FOUND', 'PAGE_REPLACED', 'PAGE_SET_ASIDE'],
      },
      schema: { params: ByPage, body: Noted, response: { 200: offerPageAgain.reply } },
    },
    async (request) => {
      const { personId } = personOf(request)
      return await bus.ask(offerPageAgain, { ...request.params, ...request.body, personId })
    },
  )

  server.post(
    '/api/pages/:pageId/set-aside',
    {
      config: {
        access: SUPERVISION,
        summary: 'Takes a page out of what is keyed of its book; what was typed of it is kept.',
        refuses: ['NOT_FOUND', 'PAGE_REPLACED', 'PAGE_SET_ASIDE'],
      },
      schema: {
        params: ByPage,
        body: closed({ reason, note }),
        response: { 200: setPageAside.reply },
      },
    },
    async (request) => {
      const { personId } = personOf(request)
      return await bus.ask(setPageAside, { ...request.params, ...request.body, personId })
    },
  )

  server.post(
    '/api/pages/:pageId/restore',
    {
      config: {
        access: SUPERVISION,
        summary: 'Puts a page that was set aside back into its book.',
        refuses: ['NOT_FOUND', 'PAGE_REPLACED'],
      },
      schema: { params: ByPage, body: closed({}), response: { 200: restorePage.reply } },
    },
    async (request) => {
      const { personId } = personOf(request)
      return await bus.ask(restorePage, { ...request.params, personId })
    },
  )
}

function addReplaceRoute(server: TypedServer, { bus, images, uploads }: Parts): void {
  server.post(
    '/api/pages/:pageId/replace-from-upload',
    {
      config: {
        access: SUPERVISION,
        summary: 'Takes a file of one page that came in parts as the better image of a page.',
        refuses: ['NOT_FOUND', 'PAGE_SET_ASIDE', 'UPLOAD_BUSY'],
      },
      schema: {
        params: ByPage,
        body: closed({ ...TakeUpload.properties, note }),
        response: { 200: UploadReport.properties.files.items },
      },
    },
    async (request) => {
      const { personId } = personOf(request)
      const { uploadId, fileName, ...why } = request.body
      const replacing = { ...request.params, ...why, personId }
      return await uploadFile(images, fileName, await uploads.open(uploadId), (stored) =>
        bus.ask(replacePage, { ...replacing, ...stored }),
      )
    },
  )
}
